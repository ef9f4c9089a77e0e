import { markOf } from './marks.tsx';
import type { Mark } from './theme.ts';
import type { TileSpec } from './types.ts';

/** The groups of a cockpit, in the order they are read. */
export const MARK_ORDER: readonly Mark[] = ['red', 'amber', 'stale', 'silent', 'green', 'unverified'];

/** More tiles of a mark than this fold into a strip: all of the green ones, the others from here on. */
export const MAX_TILES_OF_A_MARK = 12;

export type Group = { mark: Mark; tiles: readonly TileSpec[]; folded: readonly TileSpec[] };

/**
 * Gives the tiles by mark, red first, the worst and unanswered first in each, or in the list's own order; what is too many is
 * folded. What the reader starred follows the red ones and is never folded, as far as there is room.
 */
export function groupTiles(tiles: readonly TileSpec[], locale: string): Group[] {
  const byName = new Intl.Collator(locale, { numeric: true });
  const sort = (members: readonly TileSpec[]): TileSpec[] =>
    members.toSorted((a, b) => compareOrder(a, b) || comparePressing(a, b) || byName.compare(a.name, b.name));
  const starred = findStarred(tiles, sort);
  const groups = Map.groupBy(
    tiles.filter((tile) => !starred.includes(tile)),
    markOf,
  );
  return MARK_ORDER.flatMap((mark) => {
    const sorted = sort(groups.get(mark) ?? []);
    const shown = mark === 'green' && sorted.length > MAX_TILES_OF_A_MARK ? 0 : MAX_TILES_OF_A_MARK;
    const group = { mark, tiles: sorted.slice(0, shown), folded: sorted.slice(shown) };
    // a group of its own that folds nothing: its tiles have marks of every kind
    const after = mark === 'red' ? [{ mark: 'green' as const, tiles: starred, folded: [] }] : [];
    return [group, ...after].filter(({ tiles: some, folded }) => some.length + folded.length > 0);
  });
}

/** Starred tiles that are not red, the worst marks first. */
function findStarred(
  tiles: readonly TileSpec[],
  sort: (members: readonly TileSpec[]) => TileSpec[],
): TileSpec[] {
  const rank = (tile: TileSpec): number => MARK_ORDER.indexOf(markOf(tile));
  const starred = tiles.filter((tile) => tile.starred === true && markOf(tile) !== 'red');
  return sort(starred)
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, MAX_TILES_OF_A_MARK);
}

function compareOrder(a: TileSpec, b: TileSpec): number {
  return (a.order ?? 0) - (b.order ?? 0);
}

const STATE_RANK = { firing: 0, unanswered: 1, acked: 2, snoozed: 3 } as const;

/** Nobody has it yet before somebody does; then the one that is further beyond its alert line. */
function comparePressing(a: TileSpec, b: TileSpec): number {
  const rank = STATE_RANK[a.alertState ?? 'unanswered'] - STATE_RANK[b.alertState ?? 'unanswered'];
  return rank === 0 ? excess(b) - excess(a) : rank;
}

/** How far a red value is beyond its alert line, as a share of the line; 0 for others. */
function excess(tile: TileSpec): number {
  if (tile.level !== 'red' || tile.value === null || tile.alert === null) return 0;
  return Math.abs(tile.value - tile.alert) / (Math.abs(tile.alert) || 1);
}

/** Gives how many metrics have each mark. */
export function countMarks(tiles: readonly TileSpec[]): ReadonlyMap<Mark, number> {
  const counts = new Map<Mark, number>();
  for (const tile of tiles) counts.set(markOf(tile), (counts.get(markOf(tile)) ?? 0) + 1);
  return counts;
}
