import { InputError } from '../../errors.ts';

/** Packs where a list goes on; what it holds is nobody else's business. */
export function encodeCursor(position: string): string {
  return Buffer.from(position).toString('base64url');
}

/** Reads a cursor. Throws InputError `cursor_unreadable` when it does not hold what the list's cursors hold. */
export function decodeCursor(cursor: string, holds: RegExp): string {
  const position = Buffer.from(cursor, 'base64url').toString();
  if (!holds.test(position)) {
    throw new InputError(
      'cursor_unreadable',
      'This cursor is not one of this list. Send "next" as it came, or leave it out to begin again.',
    );
  }
  return position;
}

/** Cuts a page out of items that are in memory, by id. */
export function pageOf<Item extends { id: string }>(
  items: readonly Item[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): { items: Item[]; next: string | null } {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, /^[a-z][a-z0-9_]*$/);
  const start = after === undefined ? 0 : items.findIndex(({ id }) => id > after);
  const page = start === -1 ? [] : items.slice(start, start + limit);
  const last = page.at(-1);
  const isMore = start !== -1 && items.length > start + page.length;
  return { items: page, next: isMore && last ? encodeCursor(last.id) : null };
}
