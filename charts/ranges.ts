import { DAY, HOUR, MINUTE } from '../src/lib/time.ts';
import type { CardRange } from './types.ts';

export const RANGE_DAYS: Record<CardRange, number> = { '1d': 1, '7d': 7, '28d': 28, '90d': 90 };

/** How finely a span of time is ticked and summed up: in hours as it is, as the range it is nearest to, or as a year. */
export type Grain = 'hours' | CardRange | 'year';

/** A metric that is young shows less than its range: its grain is that of what is shown. */
const LONGEST_OF_GRAIN_MS = {
  hours: 12 * HOUR,
  '1d': 2 * DAY,
  '7d': 10 * DAY,
  '28d': 45 * DAY,
  '90d': 200 * DAY,
} as const;

/** Gives the grain of a span. */
export function grainOf(spanMs: number): Grain {
  const grains = Object.entries(LONGEST_OF_GRAIN_MS) as [keyof typeof LONGEST_OF_GRAIN_MS, number][];
  return grains.find(([, longestMs]) => spanMs <= longestMs)?.[0] ?? 'year';
}

/** Stretches that readings are summed up by where there are too many; `picture-summed-up` names them. */
export const STRETCH_MS: Record<Grain, number> = {
  hours: MINUTE,
  '1d': 10 * MINUTE,
  '7d': HOUR,
  '28d': 6 * HOUR,
  '90d': DAY,
  year: DAY,
};
