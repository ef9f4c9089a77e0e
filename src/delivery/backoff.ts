const FIRST_MS = 500;
const FACTOR = 1.5;
const CEILING_MS = 60_000;
const JITTER = 0.2;

/** Wait before attempt `attempts + 1`, in ms: 0.5 s × 1.5ⁿ with ±20 % jitter, at most 60 s. `random` is in [0, 1). */
export function backoffMs(attempts: number, random: number): number {
  const base = Math.min(CEILING_MS, FIRST_MS * FACTOR ** Math.max(0, attempts - 1));
  return Math.min(CEILING_MS, Math.round(base * (1 + JITTER * (2 * random - 1))));
}
