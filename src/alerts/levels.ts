import type { Direction } from '../registry/index.ts';
import type { Level } from './types.ts';

/** The two lines of a metric and which way is better. A null line: that level does not exist. */
export type Lines = { direction: Direction; norm: number | null; alert: number | null };

/** Lines with their recovery lines; a null band is the line itself. */
export type RecoveryLines = Lines & { bandNorm: number | null; bandAlert: number | null };

const SEVERITY: Record<Level, number> = { green: 0, amber: 1, red: 2 };

/** Tells whether a value is on the bad side of another; equal is not worse. */
export function isWorse(value: number, than: number, direction: Direction): boolean {
  return direction === 'up' ? value < than : value > than;
}

/** Gives the worse of two values. */
export function worseValue(a: number, b: number, direction: Direction): number {
  return isWorse(a, b, direction) ? a : b;
}

/** Gives the worse of two levels. */
export function worseLevel<L extends Level>(a: L, b: L): L {
  return SEVERITY[a] > SEVERITY[b] ? a : b;
}

/** Gives the level of a finite value by the lines alone, without hysteresis. */
export function levelOf(value: number, lines: Lines): Level {
  if (lines.alert !== null && isWorse(value, lines.alert, lines.direction)) return 'red';
  if (lines.norm !== null && isWorse(value, lines.norm, lines.direction)) return 'amber';
  return 'green';
}

/**
 * Tells whether a value counts towards leaving a level: strictly better than the band where one is given, and never
 * worse than the line itself. Without a norm, leaving amber is leaving red.
 */
export function hasLeft(level: 'amber' | 'red', value: number, lines: RecoveryLines): boolean {
  const now = levelOf(value, lines);
  if (now === 'red') return false;
  if (level === 'red' || lines.norm === null) {
    return lines.alert === null || isBeyond(value, lines.bandAlert, lines.direction);
  }
  return now === 'green' && isBeyond(value, lines.bandNorm, lines.direction);
}

function isBeyond(value: number, band: number | null, direction: Direction): boolean {
  return band === null || isWorse(band, value, direction);
}
