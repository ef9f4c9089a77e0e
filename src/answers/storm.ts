import type { Unit } from '../registry/index.ts';
import { GLYPH, levelGlyph } from './glyphs.ts';
import { HOUR } from '../lib/time.ts';
import { instant, joinFacts, sayLine } from './lines.ts';
import { nameText } from './name-text.ts';
import { encodePress } from './press.ts';
import type { Answer, Button, Line } from './types.ts';
import type { Words } from './words-types.ts';

const NAMED_MAX = 10;
const SNOOZE_MS = HOUR;

/** One alert of a storm. */
export type StormAlert = {
  number: number;
  name: string;
  level: 'amber' | 'red';
  state: 'firing' | 'acked' | 'snoozed' | 'resolved';
  value: number | null;
  unit: Unit;
};

/** Everything a storm's message says. `alerts`: open ones first, worst first. */
export type StormView = {
  number: number;
  openedAt: Date;
  now: Date;
  alerts: readonly StormAlert[];
  /** a source that most of the metrics read, and how many do */
  source: { name: string; count: number } | null;
};

/** Gives a storm's message: how many alerts, the worst by name, their likely common source, and what to do with all at once. */
export function describeStorm(view: StormView, words: Words): Answer {
  const open = view.alerts.filter(({ state }) => state !== 'resolved');
  const shown = open.slice(0, NAMED_MAX);
  const more = open.length - shown.length;
  return {
    lines: [
      stormFirstLine(view, words),
      joinFacts([
        sayLine(words, 'storm-since', { at: instant(view.openedAt, view.now, words) }),
        view.source &&
          words.t('storm-source', { source: nameText(view.source.name), count: view.source.count }),
      ]),
      ...shown.map((alert) => alertLine(alert, words)),
      ...(more > 0 ? [[words.t('and-more', { count: more })]] : []),
      joinFacts(handledFacts(view, words)),
    ].filter((line) => line.length > 0),
    buttons: stormButtons(view, words),
  };
}

/** Gives `🌩 300 alerts · 280 red, 20 amber`. */
function stormFirstLine({ alerts }: StormView, words: Words): Line {
  const count = alerts.length;
  const open = alerts.filter(({ state }) => state !== 'resolved');
  if (open.length === 0) return [`${GLYPH.green} ${words.t('storm-all-over', { count })}`];
  const red = open.filter(({ level }) => level === 'red').length;
  const levels = [
    red > 0 ? words.t('storm-red', { count: red }) : null,
    open.length > red ? words.t('storm-amber', { count: open.length - red }) : null,
  ].filter((text) => text !== null);
  return [`${GLYPH.storm} ${words.t('storm-title', { count })} · ${levels.join(', ')}`];
}

function alertLine({ name, level, state, value, unit, number }: StormAlert, words: Words): Line {
  const glyph = state === 'acked' || state === 'snoozed' ? GLYPH[state] : levelGlyph(level);
  const text = value === null ? nameText(name) : `${nameText(name)} ${words.value(value, unit)}`;
  return joinFacts([`${glyph} ${text}`, `A-${number}`]);
}

function handledFacts({ alerts }: StormView, words: Words): (string | null)[] {
  const count = (state: StormAlert['state']): number => alerts.filter((one) => one.state === state).length;
  const facts = { acked: count('acked'), snoozed: count('snoozed'), resolved: count('resolved') };
  return Object.entries(facts).map(([state, number]) =>
    number === 0 ? null : words.t('storm-handled', { state, count: number }),
  );
}

function stormButtons({ number, alerts }: StormView, words: Words): Button[][] {
  const all: Button = {
    label: `${GLYPH.alerts} ${words.t('button-show-all')}`,
    press: encodePress({ kind: 'storm', storm: number, page: 0 }),
  };
  const open = alerts.filter(({ state }) => state !== 'resolved');
  if (open.length === 0) return [[all]];
  const ack: Button = {
    label: `${GLYPH.ack} ${words.t('button-ack-all')}`,
    press: encodePress({ kind: 'ack_all', storm: number }),
  };
  const snooze: Button = {
    label: `${GLYPH.snooze} ${words.t('button-snooze-all', { span: words.duration(SNOOZE_MS) })}`,
    press: encodePress({ kind: 'snooze_all', storm: number, forMs: SNOOZE_MS }),
  };
  return [
    open.some(({ state }) => state === 'firing' || state === 'snoozed') ? [ack, snooze] : [snooze],
    [all],
  ];
}

/** Gives the one reply at a storm's end, and the one when the last of its alerts is over. */
export function describeStormEnd({ alerts, open }: { alerts: number; open: number }, words: Words): Answer {
  const first =
    open === 0
      ? `${GLYPH.green} ${words.t('storm-all-over', { count: alerts })}`
      : `${GLYPH.storm} ${words.t('storm-over', { count: alerts, open })}`;
  return { lines: [[first]] };
}
