import type { Direction, Unit } from '../registry/index.ts';
import type { MetricStatus } from '../pulse/index.ts';
import { inZone } from '../lib/time.ts';
import { calendarDays } from './instants.ts';
import { joinFacts, lineText } from './lines.ts';
import type { Words } from './words-types.ts';

/** A value beside one of its metric's lines. */
export type Crossing = {
  value: number;
  line: { kind: 'norm' | 'alert'; value: number };
  direction: Direction;
  unit: Unit;
};

/** Tells whether a value is strictly worse than a line: equal is not worse. */
function isWorse(value: number, line: number, direction: Direction): boolean {
  return direction === 'up' ? value < line : value > line;
}

/** Gives `below alert 3.4 %`, or `no longer below alert 3.4 %` when the value is not worse than the line. */
export function describeCrossing({ value, line, direction, unit }: Crossing, words: Words): string {
  const args = {
    side: direction === 'up' ? 'below' : 'above',
    kind: line.kind,
    line: words.value(line.value, unit),
  };
  return isWorse(value, line.value, direction)
    ? words.t('crossed', args)
    : words.t('no-longer-crossed', args);
}

/** Gives `−18 % vs last Fri`: a relative change and what it is compared with. */
export function describeChange(change: { ratio: number; at: Date }, now: Date, words: Words): string {
  const text = words.change(change.ratio);
  const days = calendarDays(change.at, now, words.timezone);
  if (days === 1) return words.t('change-yesterday', { change: text });
  if (days > 1 && days < 14) {
    return words.t('change-weekday', { change: text, day: inZone(change.at, words.timezone).weekday });
  }
  const since = days === 0 ? words.time(change.at, now) : words.day(change.at);
  return words.t('change-since', { change: text, since });
}

/** Gives the change of a status against its comparable reading, or null where there is none. */
export function findChange(status: MetricStatus): { ratio: number; at: Date } | null {
  const comparable = status.comparable;
  return comparable?.ratio === null || !comparable ? null : { ratio: comparable.ratio, at: comparable.at };
}

/** Gives one sentence about a metric's newest value: where it stands, and how it changed. */
export function describeStanding(status: MetricStatus, now: Date, words: Words): string {
  const change = findChange(status);
  const facts = [describeLevel(status, words), change && describeChange(change, now, words)];
  return lineText(joinFacts(facts));
}

/** Gives where a metric's newest value stands against its lines. */
export function describeLevel(status: MetricStatus, words: Words): string {
  const { metric, observation } = status;
  if (!observation) return words.t('no-reading');
  const { norm, alert, direction, unit } = metric;
  const value = observation.value;
  for (const [kind, line] of [
    ['alert', alert],
    ['norm', norm],
  ] as const) {
    if (line !== null && isWorse(value, line, direction)) {
      return describeCrossing({ value, line: { kind, value: line }, direction, unit }, words);
    }
  }
  if (norm !== null) return words.t('within', { kind: 'norm', line: words.value(norm, unit) });
  if (alert !== null) return words.t('within', { kind: 'alert', line: words.value(alert, unit) });
  return words.t('no-lines');
}

const PERIOD = /^(\d+)(s|m|h|d|w)$/;

/** Gives how often a value is due, in words: `every 15 min`, `every day`. Other texts stay as they are. */
export function describePeriod(period: { text: string; ms?: number }, words: Words): string {
  const [, count, unit] = PERIOD.exec(period.text) ?? [];
  if (!count || !unit) return period.text;
  return words.t('every', { unit, count: Number(count) });
}
