import type { CockpitSpec, MetricCardSpec, TileSpec } from '../../charts/types.ts';
import { cockpit, metricCard, NOW, reader, wave } from '../../test/pictures/fixtures.ts';
import { DAY, MINUTE } from '../../src/lib/time.ts';

/** The tile that changes where one does. */
export const CHANGED_TILE = 7;

/** A cockpit whose 31 metrics are all drawn as tiles; every number of it changes with the index. */
export function scene(index: number): CockpitSpec {
  return vary(cockpit({ red: 3, amber: 6, stale: 3, green: 12, unverified: 7 }), index);
}

/** A cockpit of 31 metrics on a good day: 20 green ones are folded. */
export function goodDay(index: number): CockpitSpec {
  return vary(cockpit({ red: 1, amber: 3, stale: 2, green: 20, unverified: 5 }), index);
}

function vary(spec: CockpitSpec, index: number): CockpitSpec {
  return { ...spec, tiles: spec.tiles.map((tile) => withValue(tile, index)) };
}

/** The same cockpit with another value on one of its tiles. */
export function withOneChanged(spec: CockpitSpec, index: number): CockpitSpec {
  return {
    ...spec,
    tiles: spec.tiles.map((tile, at) => (at === CHANGED_TILE ? withValue(tile, index) : tile)),
  };
}

function withValue(tile: TileSpec, index: number): TileSpec {
  const value = tile.value === null ? null : tile.value * (1 + (index % 1000) / 10_000);
  const spark = tile.spark.map((point, at) => ({
    ...point,
    value: point.value * (1 + ((index + at) % 7) / 200),
  }));
  return { ...tile, value, spark };
}

/** A card of 365 readings over 90 days. */
export function card(index: number): MetricCardSpec {
  const points = wave({ count: 365, stepMs: (90 * DAY) / 366, mean: 4.3, spread: 0.6, seed: index });
  return metricCard({ range: '90d', points, reader: reader({ nowMs: NOW + index * MINUTE }) });
}
