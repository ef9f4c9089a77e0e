import { Cron } from 'croner';
import { InputError } from '../errors.ts';
import { DAY, HOUR, SECOND } from '../lib/time.ts';
import type { Metric } from '../registry/index.ts';
import { nextPeriodStart, periodStart } from './periods.ts';

/** What of a metric says when it is due. */
export type Schedule = Pick<Metric, 'period' | 'schedule'>;

/** Where the gaps of a schedule are measured from: a fixed Monday, so that the answer does not depend on today. */
const GAPS_FROM = new Date('2026-01-05T00:00:00Z');
const GAP_RUNS = 60;
/** A week and a day: business hours leave their longest gap over a weekend. */
const GAP_SPAN_MS = 8 * DAY;
const REMEMBERED = 20_000;

const crons = new Map<string, Cron>();
/** The last `[from, due)` of each schedule and zone: metrics that share a schedule share one computation. */
const spans = new Map<string, { from: number; due: number }>();

/** Gives the next instant, strictly after `after`, at which a metric is due: by its cron, else at its period's boundary. */
export function nextDue(metric: Schedule, after: Date, zone: string): Date {
  const key = `${metric.schedule ?? metric.period.ms}|${zone}`;
  const t = after.getTime();
  const known = spans.get(key);
  if (known && known.from <= t && t < known.due) return new Date(known.due);
  const due = metric.schedule
    ? nextRun(metric.schedule, after, zone)
    : nextPeriodStart(metric.period, after, zone);
  remember(spans, key, { from: t, due: due.getTime() });
  return due;
}

/** Gives the last instant, at or before `at`, at which a metric was due. */
export function lastDue(metric: Schedule, at: Date, zone: string): Date {
  return metric.schedule ? lastRun(metric.schedule, at, zone) : periodStart(metric.period, at, zone);
}

/** Says what is wrong with a cron expression, in a few words, or null when nothing is. */
export function checkCron(cron: string, zone: string): string | null {
  try {
    nextRun(cron, GAPS_FROM, zone);
    return null;
  } catch (error) {
    return error instanceof InputError ? String(error.details.reason) : String(error);
  }
}

/**
 * Gives the longest time between two runs of a cron expression, in milliseconds: over its next 60 runs, and over the gaps of a
 * whole week, so that nights and weekends count for schedules of business hours. Throws InputError `schedule_invalid`.
 */
export function cronGapMs(cron: string, zone: string): number {
  let longest = 0;
  let run = nextRun(cron, GAPS_FROM, zone);
  const end = run.getTime() + GAP_SPAN_MS;
  for (let count = 0; count < GAP_RUNS; count += 1) {
    const next = nextRun(cron, run, zone);
    longest = Math.max(longest, next.getTime() - run.getTime());
    run = next;
  }
  for (let t = run.getTime(); t < end;) {
    const next = nextRun(cron, new Date(t), zone).getTime();
    longest = Math.max(longest, next - lastRun(cron, new Date(t), zone).getTime());
    t = Math.max(t + HOUR, next);
  }
  return longest;
}

/** Gives the first run of a cron expression after an instant. Throws InputError `schedule_invalid`. */
export function nextRun(cron: string, after: Date, zone: string): Date {
  const next = cronOf(cron, zone).nextRun(after);
  if (!next) throw invalid(cron, 'it never runs');
  return next;
}

/** Gives the last run of a cron expression at or before an instant. Throws InputError `schedule_invalid` when it never ran. */
export function lastRun(cron: string, at: Date, zone: string): Date {
  // croner looks at whole seconds, and strictly before
  const reference = new Date(Math.floor(at.getTime() / SECOND) * SECOND + SECOND);
  const last = cronOf(cron, zone).previousRuns(1, reference)[0];
  if (!last) throw invalid(cron, 'it never ran');
  return last;
}

function cronOf(cron: string, zone: string): Cron {
  const key = `${cron}|${zone}`;
  const known = crons.get(key);
  if (known) return known;
  const made = parseCron(cron, zone);
  remember(crons, key, made);
  return made;
}

function parseCron(cron: string, zone: string): Cron {
  const fields = cron.trim().split(/\s+/).length;
  if (fields !== 5 && fields !== 6) throw invalid(cron, `it has ${fields} fields, cron has 5 or 6`);
  try {
    return new Cron(cron.trim(), { mode: '5-or-6-parts', timezone: zone, paused: true });
  } catch (error) {
    throw invalid(cron, error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error));
  }
}

function invalid(cron: string, reason: string): InputError {
  return new InputError('schedule_invalid', `The schedule "${cron}" cannot be used: ${reason}.`, {
    details: { reason },
  });
}

function remember<V>(map: Map<string, V>, key: string, value: V): void {
  if (map.size >= REMEMBERED) map.clear();
  map.set(key, value);
}
