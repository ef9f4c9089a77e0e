import { markOf } from './marks.tsx';
import type { Mark } from './theme.ts';
import type { TileSpec } from './types.ts';

/** The groups of a cockpit, in the order they are read. */
export const MARK_ORDER: readonly Mark[] = ['red', 'amber', 'stale', 'silent', 'green', 'unverified'];

/** More tiles of a mark than this fold into a strip: all of the green ones, the others from here on. */
export const MAX_TILES_OF_A_MARK = 12;

export type Group = { mark: Mark; tiles: readonly TileSpec[]; folded: readonly TileSpec[] };

/** Gives the tiles by mark, red first, the worst and unanswered first in each; what is too many is folded. */
export function groupTiles(tiles: readonly TileSpec[], locale: string): Group[] {
  const byName = new Intl.Collator(locale, { numeric: true });
  const groups = Map.groupBy(tiles, markOf);
  return MARK_ORDER.flatMap((mark) => {
    const members = groups.get(mark) ?? [];
    const sorted = members.toSorted((a, b) => comparePressing(a, b) || byName.compare(a.name, b.name));
    if (sorted.length === 0) return [];
    const shown = mark === 'green' && sorted.length > MAX_TILES_OF_A_MARK ? 0 : MAX_TILES_OF_A_MARK;
    return [{ mark, tiles: sorted.slice(0, shown), folded: sorted.slice(shown) }];
  });
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
