import type { Trial } from '../alerts/index.ts';

/** A letter for each value, so that several fit beside a metric's name. */
const LETTERS = {
  norm: 'n',
  alert: 'a',
  bandNorm: 'b',
  bandAlert: 'c',
  enter: 'e',
  leave: 'l',
} as const satisfies Record<keyof Trial, string>;

const NONE = 'x';
const FIELD = /^([nabc](?:x|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)|[el]\d{1,3})$/;

/** Gives a trial as a button carries it: `e2`, `a3.4`; `ax` for no alert line. */
export function trialFields(trial: Trial): string[] {
  return (Object.keys(LETTERS) as (keyof Trial)[]).flatMap((key) => {
    const value = trial[key];
    return value === undefined ? [] : [LETTERS[key] + (value === null ? NONE : String(value))];
  });
}

/** Reads what a button carries; undefined when it is no trial. */
export function readTrial(fields: readonly string[]): Trial | undefined {
  const trial: Record<string, number | null> = {};
  for (const field of fields) {
    const key = Object.entries(LETTERS).find(([, letter]) => field.startsWith(letter))?.[0];
    // adding 0 leaves no negative zero
    const value = field.slice(1) === NONE ? null : Number(field.slice(1)) + 0;
    if (!key || !FIELD.test(field) || (value !== null && !Number.isFinite(value))) return undefined;
    trial[key] = value;
  }
  return fields.length === 0 ? undefined : trial;
}
