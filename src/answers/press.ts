import type { Trial } from '../alerts/index.ts';
import type { CardRange } from '../pictures/index.ts';
import { SECOND } from '../lib/time.ts';
import { isMetric, readCount } from './press-fields.ts';
import { isListPress, LIST_CODES, LIST_PARSERS, listFields, type ListPress } from './press-lists.ts';
import { logFields, readLogPage, type LogPage } from './press-log.ts';
import {
  isPeoplePress,
  PEOPLE_CODES,
  PEOPLE_PARSERS,
  peopleFields,
  type PeoplePress,
} from './press-people.ts';
import { shortMetric } from './pressed-metric.ts';
import { readTrial, trialFields } from './pressed-trial.ts';

/** Platforms carry at most 64 bytes in a button (Telegram's callback_data). */
export const PRESS_MAX_BYTES = 64;

/** An alert as a button knows it: its number, and the version it was drawn with. */
export type PressedAlert = { alert: number; version: number };

/** A metric as a button knows it: its id, or a short form of a long one; `findPressedMetric` tells which. */
type PressedMetric = { metric: string };

/** What a button is about: an alert's message or a metric's card. */
export type PressSubject = PressedAlert | PressedMetric;

type Each<Kind extends string, Fields> = Kind extends string ? { kind: Kind } & Fields : never;

/** Presses that say no more than which alert. `snooze_ask` asks until when; `real` and `noise` say whether it was worth it. */
type AlertPressKind =
  | 'ack'
  | 'unack'
  | 'snooze_menu'
  | 'snooze_workday'
  | 'snooze_ask'
  | 'back'
  | 'alert'
  | 'real'
  | 'noise';

/** What a press asks for. `page` counts from 0. */
export type Press =
  | Each<AlertPressKind, PressedAlert>
  | Each<'snooze', PressedAlert & { forMs: number }>
  | Each<'why' | 'howto', { of: PressSubject }>
  | Each<'card', { of: PressSubject; range: CardRange }>
  | Each<'metric' | 'refresh', PressedMetric>
  /** all alerts of a storm */
  | Each<'ack_all', { storm: number }>
  | Each<'snooze_all', { storm: number; forMs: number }>
  | Each<'storm', { storm: number; page: number }>
  /** `before`: the page begins below this sequence; null for the newest */
  | Each<'log', LogPage>
  | Each<'retry', { delivery: string }>
  | Each<'end_window', { window: number }>
  /** what a trial changes in the metric's file */
  | Each<'preview_change', PressedMetric & { trial: Trial }>
  | Each<'help', unknown>
  | PeoplePress
  | ListPress;

/** First field of every press: buttons live for years, so the format has a number. */
const FORMAT = '1';

const CODES = {
  ack: 'a',
  unack: 'u',
  snooze: 's',
  snooze_menu: 'z',
  snooze_workday: 'sw',
  snooze_ask: 'sq',
  back: 'b',
  alert: 'o',
  real: 'fr',
  noise: 'fn',
  why: 'w',
  howto: 'h',
  card: 'c',
  metric: 'm',
  refresh: 'r',
  ack_all: 'ta',
  snooze_all: 'ts',
  storm: 'tl',
  help: 'i',
  log: 'lg',
  retry: 'rt',
  end_window: 'me',
  preview_change: 'pc',
  ...LIST_CODES,
  ...PEOPLE_CODES,
} as const satisfies Record<Press['kind'], string>;

const RANGES: readonly CardRange[] = ['1d', '7d', '28d', '90d'];

/** Gives the callback data of a button: `1:a:1042:3`, at most 64 bytes. */
export function encodePress(press: Press): string {
  return [FORMAT, CODES[press.kind], ...pressFields(press)].join(':');
}

function pressFields(press: Press): (string | number)[] {
  if (isListPress(press)) return listFields(press);
  if (isPeoplePress(press)) return peopleFields(press);
  switch (press.kind) {
    case 'snooze':
      return [press.alert, press.version, Math.round(press.forMs / SECOND)];
    case 'card':
      return [...subjectFields(press.of), press.range];
    case 'why':
    case 'howto':
      return subjectFields(press.of);
    case 'ack_all':
      return [press.storm];
    case 'snooze_all':
      return [press.storm, Math.round(press.forMs / SECOND)];
    case 'storm':
      return [press.storm, press.page];
    case 'log':
      return logFields(press);
    case 'retry':
      return [press.delivery];
    case 'end_window':
      return [press.window];
    case 'preview_change':
      return [...subjectFields(press), ...trialFields(press.trial)];
    case 'help':
      return [];
    default:
      return subjectFields(press);
  }
}

function subjectFields(subject: PressSubject): (string | number)[] {
  return 'metric' in subject ? [shortMetric(subject.metric)] : [subject.alert, subject.version];
}

/** Reads callback data; undefined when it is none of ours, or of a format that is no longer known. Never throws. */
export function parsePress(data: string): Press | undefined {
  if (data.length > PRESS_MAX_BYTES) return undefined;
  const [format, code, ...fields] = data.split(':');
  if (format !== FORMAT) return undefined;
  const kind = KINDS.get(code ?? '');
  return kind && PARSERS[kind](fields);
}

const KINDS = new Map(Object.entries(CODES).map(([kind, code]) => [code as string, kind as Press['kind']]));

type Parser = (fields: readonly string[]) => Press | undefined;

const PARSERS: Record<Press['kind'], Parser> = {
  ack: alertPress('ack'),
  unack: alertPress('unack'),
  snooze_menu: alertPress('snooze_menu'),
  snooze_workday: alertPress('snooze_workday'),
  snooze_ask: alertPress('snooze_ask'),
  real: alertPress('real'),
  noise: alertPress('noise'),
  back: alertPress('back'),
  alert: alertPress('alert'),
  snooze: ([alert, version, seconds]) => {
    const of = readAlert([alert, version]);
    const count = readCount(seconds);
    return of && count ? { kind: 'snooze', ...of, forMs: count * SECOND } : undefined;
  },
  why: subjectPress('why'),
  howto: subjectPress('howto'),
  card: (fields) => {
    const range = RANGES.find((known) => known === fields.at(-1));
    const of = readSubject(fields.slice(0, -1));
    return of && range && { kind: 'card', of, range };
  },
  metric: metricPress('metric'),
  refresh: metricPress('refresh'),
  log: (fields) => {
    const page = readLogPage(fields);
    return page && { kind: 'log', ...page };
  },
  end_window: ([window]) => {
    const number = readCount(window);
    return number === undefined ? undefined : { kind: 'end_window', window: number };
  },
  retry: ([delivery]) =>
    delivery !== undefined && UUID.test(delivery) ? { kind: 'retry', delivery } : undefined,
  ack_all: ([storm]) => {
    const number = readCount(storm);
    return number === undefined ? undefined : { kind: 'ack_all', storm: number };
  },
  snooze_all: ([storm, seconds]) => {
    const number = readCount(storm);
    const count = readCount(seconds);
    return number !== undefined && count
      ? { kind: 'snooze_all', storm: number, forMs: count * SECOND }
      : undefined;
  },
  storm: (fields) => {
    const [storm, page] = fields.map(readCount);
    return storm === undefined || page === undefined ? undefined : { kind: 'storm', storm, page };
  },
  preview_change: ([metric, ...fields]) => {
    const trial = readTrial(fields);
    return isMetric(metric) && trial ? { kind: 'preview_change', metric, trial } : undefined;
  },
  help: () => ({ kind: 'help' }),
  ...LIST_PARSERS,
  ...PEOPLE_PARSERS,
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function alertPress(kind: AlertPressKind): Parser {
  return (fields) => {
    const of = readAlert(fields);
    return of && { kind, ...of };
  };
}

function subjectPress(kind: 'why' | 'howto'): Parser {
  return (fields) => {
    const of = readSubject(fields);
    return of && { kind, of };
  };
}

function metricPress(kind: 'metric' | 'refresh'): Parser {
  return ([metric]) => (isMetric(metric) ? { kind, metric } : undefined);
}

function readSubject(fields: readonly (string | undefined)[]): PressSubject | undefined {
  const [first] = fields;
  return isMetric(first) ? { metric: first } : readAlert(fields);
}

function readAlert([number, version]: readonly (string | undefined)[]): PressedAlert | undefined {
  const alert = readCount(number);
  const seen = readCount(version);
  return alert === undefined || seen === undefined ? undefined : { alert, version: seen };
}
