import type { Direction } from '../registry/index.ts';
import type { History } from './preview-types.ts';

/** Fewer readings tell nothing of what is usual; typical exists from as many on. */
export const PREVIEW_MIN_READINGS = 30;

/** Values looked at for quantiles: sorting a whole year of minutes would hold others up. */
const SAMPLE_MAX = 50_000;
/** Lines for a metric that has none: 1 reading in 20 is worse than norm, 1 in 100 worse than alert. */
const NORM_SHARE = 0.05;
const ALERT_SHARE = 0.01;

/** Gives the value that a share (0 to 1) of the readings is worse than. */
export type WorseThan = (share: number) => number;

/** Gives the quantiles of a history, rounded to a hundredth of the usual spread, away from what is usual. */
export function quantilesOf({ values }: History, direction: Direction): WorseThan {
  const step = Math.ceil(values.length / SAMPLE_MAX) || 1;
  const sorted = step === 1 ? values.slice() : values.filter((_, index) => index % step === 0);
  sorted.sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  const spread = at(0.95) - at(0.05);
  return (share) => roundToWorse(at(direction === 'up' ? share : 1 - share), { spread, direction });
}

/** Rounds a line so that no more readings are worse than it: down where higher is better. */
export function roundToWorse(
  value: number,
  { spread, direction }: { spread: number; direction: Direction },
): number {
  if (!(spread > 0) || !Number.isFinite(value)) return value;
  // in whole numbers of a power of ten: 34 × 0.1 has digits that nobody wrote
  const digits = 1 - Math.floor(Math.log10(spread));
  const scale = 10 ** Math.abs(digits);
  const scaled = digits > 0 ? value * scale : value / scale;
  const whole = direction === 'up' ? Math.floor(scaled) : Math.ceil(scaled);
  return digits > 0 ? whole / scale : whole * scale;
}

/** Gives lines to try for a metric that has none; null where the history is too short or never varied. */
export function proposeLines(
  history: History,
  direction: Direction,
): { norm: number; alert: number | null } | null {
  if (history.values.length < PREVIEW_MIN_READINGS) return null;
  const worseThan = quantilesOf(history, direction);
  if (worseThan(0) === worseThan(1)) return null;
  const [norm, alert] = [worseThan(NORM_SHARE), worseThan(ALERT_SHARE)];
  return { norm, alert: alert === norm ? null : alert };
}
