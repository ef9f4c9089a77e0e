import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { instant, joinFacts, sayLine } from './lines.ts';
import { nameText } from './name-text.ts';
import type { ScheduleChange, ScheduleWhat } from './parse-schedule.ts';
import { encodePress } from './press.ts';
import type { Answer, Button, Line } from './types.ts';
import type { Words } from './words-types.ts';

/** A schedule as people see it. */
export type ScheduleFact = {
  number: number;
  what: ScheduleWhat;
  /** name of the metric, list or scope; null for the whole cockpit */
  name: string | null;
  cron: string;
  timezone: string;
  nextAt: Date;
  isPaused: boolean;
  by: string;
};

/** Gives the schedules of a chat, each with a button that pauses and one that removes it. */
export function answerSchedules(
  { schedules, now }: { schedules: readonly ScheduleFact[]; now: Date },
  words: Words,
): Answer {
  if (schedules.length === 0) return { lines: [[words.t('schedules-none')], [words.t('schedule-how')]] };
  return {
    lines: [
      firstLine({ glyph: GLYPH.schedule, name: words.t('schedules-here', { count: schedules.length }) }),
      ...schedules.map((schedule) => scheduleLine(schedule, now, words)),
      [words.t('schedule-how')],
      [words.t('schedule-how-change', { number: String(schedules[0]?.number ?? 1) })],
    ],
    buttons: scheduleButtons(schedules, words),
  };
}

/** Gives what was done to one of a chat's schedules by words, and those it has then. */
export function answerScheduleChanged(
  {
    number,
    change,
    ...left
  }: { number: number; change: ScheduleChange } & Parameters<typeof answerSchedules>[0],
  words: Words,
): Answer {
  const name = words.t('schedule-changed-number', { change, number: String(number) });
  const { lines, ...rest } = answerSchedules(left, words);
  return { ...rest, lines: [firstLine({ glyph: GLYPH.done, name }), ...lines] };
}

/** Gives the buttons of a list of schedules. */
export function scheduleButtons(
  schedules: readonly Pick<ScheduleFact, 'number' | 'isPaused'>[],
  words: Words,
): Button[][] {
  return schedules.map(({ number, isPaused }) => [
    {
      label: words.t(isPaused ? 'button-schedule-resume' : 'button-schedule-pause', {
        number: String(number),
      }),
      press: encodePress({ kind: isPaused ? 'schedule_resume' : 'schedule_pause', schedule: number }),
    },
    {
      label: `${GLYPH.remove} ${words.t('button-schedule-remove', { number: String(number) })}`,
      press: encodePress({ kind: 'schedule_remove', schedule: number }),
    },
  ]);
}

/** Gives what was just planned. */
export function answerScheduled(schedule: ScheduleFact, now: Date, words: Words): Answer {
  return {
    lines: [
      firstLine({ glyph: GLYPH.done, name: words.t('schedule-done', { number: String(schedule.number) }) }),
      scheduleLine(schedule, now, words),
      [words.t('schedule-zone', { zone: schedule.timezone })],
    ],
    buttons: scheduleButtons([schedule], words),
  };
}

function scheduleLine(schedule: ScheduleFact, now: Date, words: Words): Line {
  const { number, what, name, cron, nextAt, isPaused, by } = schedule;
  return joinFacts([
    `${number}. ${words.t('schedule-what', { what })}${name === null ? '' : ` ${nameText(name)}`}`,
    whenText(cron, words),
    isPaused
      ? words.t('schedule-paused')
      : sayLine(words, 'schedule-next', { at: instant(nextAt, now, words) }),
    nameText(by),
  ]);
}

/** A Sunday, so that adding a weekday of cron gives a day of that name. */
const SUNDAY_MS = Date.UTC(2026, 0, 4);
const DAY_MS = 86_400_000;

/** Gives `<minute> <hour> * * <weekdays>` in words. */
export function whenText(cron: string, words: Words): string {
  const [minute = '0', hour = '0', , , days = '*'] = cron.split(' ');
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  const kind = { '*': 'daily', '1-5': 'weekdays', '0,6': 'weekends' }[days] ?? 'named';
  const name = new Intl.DateTimeFormat(words.locale, { weekday: 'short', timeZone: 'UTC' });
  const names =
    kind === 'named' ? days.split(',').map((day) => name.format(SUNDAY_MS + Number(day) * DAY_MS)) : [];
  return words.t('schedule-when', { kind, time, names: names.join(', ') });
}

/** Gives a post with the word that it comes late; the first line stays what it is. */
export function markLate(answer: Answer, { due, now }: { due: Date; now: Date }, words: Words): Answer {
  const [first = [], ...rest] = answer.lines;
  const late = sayLine(words, 'schedule-late', { at: instant(due, now, words) });
  return { ...answer, lines: [first, late, ...rest] };
}

/** Gives what a schedule posts when it cannot post what it should, with the button that ends it. */
export function answerScheduleBroken(
  { answer, number }: { answer: Answer; number: number },
  words: Words,
): Answer {
  const label = `${GLYPH.remove} ${words.t('button-schedule-remove', { number: String(number) })}`;
  return {
    lines: [...answer.lines, [words.t('schedule-broken', { number: String(number) })]],
    buttons: [[{ label, press: encodePress({ kind: 'schedule_remove', schedule: number }) }]],
  };
}

/** Gives the line under a cockpit that is kept up to date; its instant is when it was drawn. */
export function markLive(answer: Answer, now: Date, words: Words): Answer {
  return {
    ...answer,
    lines: [...answer.lines, sayLine(words, 'pin-live', { at: instant(now, now, words) })],
  };
}

/** Gives what pinning or ending it did. */
export function answerPinned(done: 'pinned' | 'unpinned' | 'none', words: Words): Answer {
  const glyph = done === 'none' ? '' : `${GLYPH.pin} `;
  return { lines: [[`${glyph}${words.t('pin-done', { done })}`], [words.t('pin-next', { done })]] };
}
