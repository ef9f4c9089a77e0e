import { DateTime } from 'luxon';
import { inZone, SECOND } from '../lib/time.ts';
import { parseInstant } from './parse-instant.ts';
import { parseSpan } from './parse-span.ts';
import { nextWorkingDay } from './resolve-instant.ts';

/** A snooze lasts from a second to thirty days. */
const SNOOZE_MIN_MS = SECOND;
const SNOOZE_MAX_DAYS = 30;
/** Longer than any way to say when. */
const TEXT_MAX = 80;

/** Until when somebody wants silence, or why the text does not say. */
export type SnoozeText =
  | { kind: 'until'; until: Date; forMs: number }
  | { kind: 'unreadable' }
  /** in the past, or more than thirty days ahead */
  | { kind: 'out_of_range' };

const FOR = /^(?:for|in|на|через)\s+/u;
const UNTIL = /^(?:until|till|til|at|до|в|к)\s+/u;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:z|[+-]\d{2}:\d{2})$/u;

/**
 * Reads until when to be silent: a span (`90s`, `3h 30m`, a bare number is minutes) or an instant (`tomorrow 8:30`, `monday`,
 * `18:00`, `2026-12-01 09:00`), in English or Russian, `until` or `до` before it or not. Days are calendar days of the person's
 * zone: `1d` ends at the same time tomorrow, also when the clocks change.
 */
export function parseSnooze(text: string, now: Date, zone: string): SnoozeText {
  const said = normalise(text);
  if (said.length > TEXT_MAX) return { kind: 'unreadable' };
  const start = inZone(now, zone);
  const until = resolve(said, start);
  return until ? inRange(until, start) : { kind: 'unreadable' };
}

function normalise(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/\s+/gu, ' ')
    .replace(/[\s.!,;]+$/u, '')
    .trimStart();
}

function resolve(said: string, start: DateTime): DateTime | undefined {
  if (RFC_3339.test(said)) return DateTime.fromISO(said.toUpperCase(), { zone: start.zone });
  const wish = said.replace(UNTIL, '').replace(FOR, '');
  // "until 9" is an hour of the day; "9" and "for 9" are minutes
  const span = UNTIL.test(said) && /^\d+$/u.test(wish) ? undefined : parseSpan(wish);
  return span ? start.plus(span) : parseInstant(wish, start);
}

function inRange(until: DateTime, start: DateTime): SnoozeText {
  const forMs = until.toMillis() - start.toMillis();
  if (!until.isValid || forMs < SNOOZE_MIN_MS || until > start.plus({ days: SNOOZE_MAX_DAYS })) {
    return { kind: 'out_of_range' };
  }
  return { kind: 'until', until: until.toJSDate(), forMs };
}

/** Gives the next 09:00 of a working day (Monday to Friday) in a zone: later today when it is still ahead. */
export function nextWorkingMorning(now: Date, zone: string): Date {
  return nextWorkingDay(inZone(now, zone)).toJSDate();
}

/** A command's words: what is to be silent, and until when. `until` is null when no time was said. */
export type SnoozeWords = { query: string | undefined; until: (SnoozeText & { text: string }) | null };

/** Splits `A-1042 until tomorrow 8:30`, `cr 3h`, `monday`: the longest ending that says when is the time, the rest the alert. */
export function splitSnooze(text: string, now: Date, zone: string): SnoozeWords {
  const words = text.trim().split(/\s+/u).filter(Boolean);
  for (let at = 0; at < words.length; at += 1) {
    const ending = words.slice(at).join(' ');
    // a bare number is an alert's
    const until = /^\d+$/u.test(ending) ? null : parseSnooze(ending, now, zone);
    if (until && until.kind !== 'unreadable')
      return { query: queryOf(words.slice(0, at)), until: { ...until, text: ending } };
  }
  return splitUnread(words);
}

/** `cr until whenever`, `cr 5x`: somebody meant a time. */
function splitUnread(words: readonly string[]): SnoozeWords {
  const marked = words.findIndex((word) => /^(?:until|till|til|до)$/iu.test(word));
  const at = marked === -1 && /^\d+\p{L}+$/u.test(words.at(-1) ?? '') ? words.length - 1 : marked;
  if (at === -1) return { query: queryOf(words), until: null };
  return {
    query: queryOf(words.slice(0, at)),
    until: { kind: 'unreadable', text: words.slice(at).join(' ') },
  };
}

function queryOf(words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : words.join(' ');
}
