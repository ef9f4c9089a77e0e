import { InputError } from '../errors.ts';
import { isWorse } from './levels.ts';
import type { Trial } from './preview-types.ts';
import type { JudgePolicy } from './types.ts';

/** What a metric file may say. */
const TICKS_MAX = 100;
const DAYS_MAX = 365;

/**
 * Gives a trial that a metric file could say: recovery lines that a new line has passed are left out. Throws InputError
 * `preview_ticks`, `preview_number` or `preview_lines`.
 */
export function completeTrial(present: JudgePolicy, trial: Trial): Trial {
  for (const name of ['enter', 'leave'] as const) {
    const ticks = trial[name];
    if (ticks !== undefined && !isWhole(ticks, TICKS_MAX)) throw badTicks(name, String(ticks));
  }
  for (const name of ['norm', 'alert', 'bandNorm', 'bandAlert'] as const) {
    const line = trial[name] ?? null;
    if (line !== null && !Number.isFinite(line)) throw badNumber(name, String(line));
  }
  const tried = { ...present, ...trial };
  checkOrder(tried);
  return {
    ...trial,
    ...(isPassed(tried.norm, tried.bandNorm, tried) && { bandNorm: null }),
    ...(isPassed(tried.alert, tried.bandAlert, tried) && { bandAlert: null }),
  };
}

function checkOrder({ norm, alert, direction }: JudgePolicy): void {
  if (norm === null || alert === null || !isWorse(norm, alert, direction)) return;
  throw new InputError(
    'preview_lines',
    `alert ${alert} is better than norm ${norm}, but ${direction === 'up' ? 'higher' : 'lower'} is better here. Swap them.`,
    { details: { norm, alert, direction } },
  );
}

function isPassed(line: number | null, band: number | null, { direction }: JudgePolicy): boolean {
  return band !== null && (line === null || isWorse(band, line, direction));
}

/** Gives how many days to replay. Throws InputError `preview_days`. */
export function checkDays(days: number | undefined): number {
  if (days === undefined) return DAYS_MAX;
  if (isWhole(days, DAYS_MAX)) return days;
  throw new InputError('preview_days', `days is a whole number from 1 to ${DAYS_MAX}.`, {
    details: { most: DAYS_MAX },
  });
}

function isWhole(count: number, most: number): boolean {
  return Number.isInteger(count) && count >= 1 && count <= most;
}

function badTicks(name: string, text: string): InputError {
  return new InputError(
    'preview_ticks',
    `${name} is a whole number of ticks from 1 to ${TICKS_MAX}, not ${text}.`,
    {
      details: { name, text, most: TICKS_MAX },
    },
  );
}

function badNumber(name: string, text: string): InputError {
  return new InputError('preview_number', `${name} is a number or "none", not "${text}".`, {
    details: { name, text },
  });
}
