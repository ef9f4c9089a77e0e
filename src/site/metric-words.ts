import { findStanding, type NameOf, type Words } from '../answers/index.ts';
import { MINUTE } from '../lib/time.ts';
import type { MetricStatus } from '../pulse/index.ts';
import type { Metric, Unit } from '../registry/index.ts';

/** Gives a value in its metric's unit; a dash where there is none. */
export function valueText(value: number | null, unit: Unit, words: Words): string {
  return value === null ? '–' : words.value(value, unit);
}

/** Gives how old the newest value is; a dash where there is none. */
export function ageText({ ageMs }: MetricStatus, words: Words): string {
  if (ageMs === null) return '–';
  return ageMs < MINUTE ? words.t('site-fresh') : words.duration(wholeMinutes(ageMs));
}

/** Gives how old the newest value is and when it was computed, as one sentence. */
export function freshnessText(status: MetricStatus, now: Date, words: Words): string {
  const { observation, stale, ageMs } = status;
  if (!observation) return words.t('no-reading');
  if (stale && ageMs !== null) return words.t('site-old', { age: words.duration(wholeMinutes(ageMs)) });
  return words.t('computed', { ago: words.ago(observation.computedAt, now) });
}

/** Gives the change against the comparable earlier reading; undefined where there is none. */
export function changeText({ comparable }: MetricStatus, now: Date, words: Words): string | undefined {
  if (!comparable || comparable.ratio === null) return undefined;
  const change = words.change(comparable.ratio);
  return words.t('change-since', { change, since: words.time(comparable.at, now) });
}

/** Gives who said that the definition is right, and whether that still holds. */
export function verificationText(status: MetricStatus, nameOf: NameOf, words: Words): string {
  const { verification, metric } = status;
  if (verification === 'changed') return words.t('verification-changed');
  if (verification === 'unverified' || !metric.verified) return words.t('verification-none');
  return words.t('verified-by', {
    name: nameOf(metric.verified.by),
    day: words.day(noonOf(metric.verified.at)),
  });
}

/** Gives the verification as one word, for tables. */
export function verificationWord({ verification }: MetricStatus, words: Words): string {
  return words.t('site-verification', { state: verification });
}

/** Gives who answers for a metric. */
export function ownerText({ owner }: Pick<Metric, 'owner'>, nameOf: NameOf, words: Words): string {
  return owner === null ? words.t('unowned') : nameOf(owner);
}

/** Gives a unit in words. */
export function unitText(unit: Unit, words: Words): string {
  if (unit.kind === 'currency') return words.t('site-unit', { kind: 'currency', of: unit.code });
  if (unit.kind === 'duration')
    return words.t('site-unit', { kind: 'duration', of: words.t(`unit-${unit.of}`, { count: 1 }) });
  return words.t('site-unit', { kind: unit.kind, of: '' });
}

/** Gives how often a value is due. */
export function periodText(metric: Metric, words: Words): string {
  const { period, schedule } = metric;
  const every = words.t('every', { unit: period.unit, count: period.count });
  if (schedule === null) return every;
  return metric.scheduleOnly === true
    ? words.t('site-schedule', { cron: schedule })
    : `${every}, ${words.t('site-schedule', { cron: schedule })}`;
}

/** Gives the lines in words, the worse level first. */
export function lineTexts(metric: Metric, words: Words): string[] {
  const { unit, direction } = metric;
  const levels = [
    { kind: 'alert', line: metric.alert, band: metric.band.alert },
    { kind: 'norm', line: metric.norm, band: metric.band.norm },
  ] as const;
  return levels.flatMap(({ kind, line, band }) => {
    if (line === null) return [];
    const text = words.t('site-line', { kind, direction, line: words.value(line, unit) });
    if (band === null) return [text];
    return [`${text} ${words.t('site-band', { direction, line: words.value(band, unit) })}`];
  });
}

/** Gives how many ticks in a row make and end a level. */
export function hysteresisText({ hysteresis }: Metric, words: Words): string {
  const { enter, leave } = hysteresis;
  if (enter === 1 && leave === 1) return words.t('why-one-tick');
  return words.t('why-hysteresis', { enter, leave });
}

/** The level that an unverified metric's value has, which never alerts; undefined for the others. */
export function silentLevel(status: MetricStatus, words: Words): string | undefined {
  if (findStanding(status) !== 'unverified' || status.level === null) return undefined;
  return words.t('level', { level: status.level });
}

/** A day of a file has no zone: noon falls on the same day nearly everywhere. */
function noonOf(day: string): Date {
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(day) ? `${day}T12:00:00Z` : day);
}

function wholeMinutes(ms: number): number {
  return Math.floor(ms / MINUTE) * MINUTE;
}
