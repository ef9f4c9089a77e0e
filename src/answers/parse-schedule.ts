/** What can be posted by the clock. */
export type ScheduleWhat = 'cockpit' | 'watchlist' | 'metric';

/** What is done to a schedule that there is. */
export type ScheduleChange = 'pause' | 'resume' | 'remove';

/** What somebody wants posted and when; `cron` is `<minute> <hour> * * <weekdays>`. */
export type ScheduleText =
  | { kind: 'schedule'; what: ScheduleWhat; argument: string; cron: string }
  | { kind: 'list' }
  | { kind: 'change'; change: ScheduleChange; number: number }
  /** the first word says nothing that can be posted or done, no time ends the words, no number says which */
  | { kind: 'no_what' | 'no_when' | 'no_number' };

const WHAT: Readonly<Record<string, ScheduleWhat>> = {
  cockpit: 'cockpit',
  кокпит: 'cockpit',
  сводка: 'cockpit',
  сводку: 'cockpit',
  watchlist: 'watchlist',
  list: 'watchlist',
  список: 'watchlist',
  metric: 'metric',
  показатель: 'metric',
  метрика: 'metric',
  метрику: 'metric',
};

const CHANGES: Readonly<Record<string, ScheduleChange>> = {
  pause: 'pause',
  stop: 'pause',
  пауза: 'pause',
  приостановить: 'pause',
  resume: 'resume',
  continue: 'resume',
  продолжить: 'resume',
  возобновить: 'resume',
  remove: 'remove',
  delete: 'remove',
  убрать: 'remove',
  удалить: 'remove',
};

const LISTING: ReadonlySet<string> = new Set(['list', 'список']);
/** As the list and the buttons show it; larger ones are no number of a schedule. */
const NUMBER = /^[#№]?(\d{1,9})$/u;

/** Words before a bare time that meant days: a misspelt day must not become a name. */
const MISREAD = /(?:^|\s)(?:every|each|кажд\p{L}{2,3})(?:\s|$)/iu;

/** Longer than any way to say when. */
const WORDS_MAX = 60;

/**
 * Reads `cockpit every weekday 08:30`, `watchlist compliance monday 9:00`, `metric cr daily 18:00`, also in Russian: what, which
 * one, and the longest end of the words that says when. `list`, `pause 2`, `resume 2` and `remove 2` are about those there are.
 */
export function parseSchedule(text: string): ScheduleText {
  const words = text.trim().split(/\s+/u).filter(Boolean).slice(0, WORDS_MAX);
  const [first, ...rest] = words;
  if (first === undefined) return { kind: 'list' };
  const verb = first.toLowerCase();
  if (rest.length === 0 && LISTING.has(verb)) return { kind: 'list' };
  const change = CHANGES[verb];
  if (change) return parseChange(change, rest);
  const what = WHAT[verb];
  if (!what) return { kind: 'no_what' };
  for (let at = 0; at < rest.length; at += 1) {
    const cron = parseWhen(rest.slice(at).join(' '));
    const argument = rest.slice(0, at).join(' ');
    if (cron !== undefined && !MISREAD.test(argument)) return { kind: 'schedule', what, argument, cron };
  }
  return { kind: 'no_when' };
}

function parseChange(change: ScheduleChange, rest: readonly string[]): ScheduleText {
  const [, number] = NUMBER.exec(rest.join(' ')) ?? [];
  return number === undefined ? { kind: 'no_number' } : { kind: 'change', change, number: Number(number) };
}

const TIME = /^(.*?)\s*(?:(?<=^|\s)(?:at|в)\s+)?(?<=^|\s)(\d{1,2})(?:[:.](\d{2}))?\s?(am|pm)?$/u;
const FILLER = /^(?:every|each|on|at|кажд\p{L}{2,3}|по|в|во)\s+/u;
const DAILY = /^(?:day|days|daily|everyday|день|ежедневно|дням)$/u;
const WORKDAYS =
  /^(?:weekdays?|work(?:ing)?\s*days?|business\s*days?|буд(?:ни|ням|ний\s+день|ням)|рабоч\p{L}{2}\s+(?:дни|дням|день))$/u;
const WEEKEND = /^(?:weekends?|выходн(?:ые|ым))$/u;
/** From Sunday, as cron counts. */
const DAYS = [
  /^(?:sun(?:days?)?|вс|воскресень(?:е|ю|я|ям))$/u,
  /^(?:mon(?:days?)?|пн|понедельник(?:у|а|ам)?)$/u,
  /^(?:tue(?:s|sdays?)?|вт|вторник(?:у|а|ам)?)$/u,
  /^(?:wed(?:s|nesdays?)?|ср|сред(?:а|у|ы|ам))$/u,
  /^(?:thu(?:rs?|rsdays?)?|чт|четверг(?:у|а|ам)?)$/u,
  /^(?:fri(?:days?)?|пт|пятниц(?:а|у|ы|ам))$/u,
  /^(?:sat(?:urdays?)?|сб|суббот(?:а|у|ы|ам))$/u,
];

/** Reads `every weekday 08:30`, `mon, thu at 9am`, `18:00`; gives it as cron, undefined for other words. */
function parseWhen(text: string): string | undefined {
  const said = text.toLowerCase().replaceAll('ё', 'е');
  const [, before = '', hourText, minuteText = '0', half] = TIME.exec(said) ?? [];
  const hour = readHour(hourText, half);
  const minute = Number(minuteText);
  if (hour === undefined || minute > 59) return undefined;
  const days = readDays(before.replace(/[\s,]+$/u, ''));
  return days && `${minute} ${hour} * * ${days}`;
}

function readHour(text: string | undefined, half: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const hour = Number(text);
  if (half === undefined) return hour <= 23 ? hour : undefined;
  return hour >= 1 && hour <= 12 ? (hour % 12) + (half === 'pm' ? 12 : 0) : undefined;
}

/** Weekdays as cron has them; all days where none is named. */
function readDays(text: string): string | undefined {
  let rest = text;
  for (let next = rest.replace(FILLER, ''); next !== rest; next = rest.replace(FILLER, '')) rest = next;
  rest = rest.replace(/^(?:every|each|on|at|кажд\p{L}{2,3}|по|в|во)$/u, '');
  if (rest === '' || DAILY.test(rest)) return '*';
  if (WORKDAYS.test(rest)) return '1-5';
  if (WEEKEND.test(rest)) return '0,6';
  const named = rest.split(/\s*,\s*|\s+(?:and|и)\s+|\s+/u).filter((word) => word !== '');
  const days = named.flatMap(readRange);
  if (days.includes(-1)) return undefined;
  return days.length === 0 ? undefined : cronDays(new Set(days));
}

/** `mon` or `mon-fri`; -1 for a word that is no day. */
function readRange(word: string): number[] {
  const [from = -1, to = from, ...more] = word
    .split(/[-–]/u)
    .map((day) => DAYS.findIndex((known) => known.test(day)));
  if (more.length > 0 || from < 0 || to < 0) return [-1];
  const count = ((to - from + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => (from + index) % 7);
}

function cronDays(days: ReadonlySet<number>): string {
  if (days.size === 7) return '*';
  const sorted = [...days].toSorted((a, b) => a - b).join(',');
  return sorted === '1,2,3,4,5' ? '1-5' : sorted;
}
