import type { Level } from '../alerts/index.ts';
import type { TileSpec } from '../pictures/index.ts';
import type { MetricStatus } from '../pulse/index.ts';
import type { Words } from './words-types.ts';

/** Where a metric stands in the cockpit; `silent` has no reading yet. */
export type Standing = Level | 'stale' | 'silent' | 'unverified';

/** Tells where a metric stands: an unverified one never counts as red. */
export function findStanding({ verification, level, stale }: MetricStatus): Standing {
  return toStanding({ verified: verification === 'verified', level, stale });
}

/** Tells where a tile's metric stands. */
export function findTileStanding(tile: TileSpec): Standing {
  return toStanding(tile);
}

function toStanding({ verified, level, stale }: Pick<TileSpec, 'verified' | 'level' | 'stale'>): Standing {
  if (!verified) return 'unverified';
  if (level === null) return 'silent';
  return stale ? 'stale' : level;
}

/** Gives `2 red`, `1 amber` … of the standings that occur. */
export function countStandings(
  countOf: (standing: Standing) => number,
  standings: readonly Standing[],
  words: Words,
): string[] {
  return standings
    .map((standing) => ({ standing, count: countOf(standing) }))
    .filter(({ count }) => count > 0)
    .map(({ standing, count }) => words.t('count', { standing, count }));
}
