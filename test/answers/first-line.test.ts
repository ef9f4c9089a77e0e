import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  type AlertPhase,
  alertButtons,
  answerAlerts,
  answerCockpit,
  answerDone,
  answerHowToRead,
  answerMetricCard,
  answerWhy,
  type Answer,
  describeAlert,
  describeReply,
  FIRST_LINE_MAX,
  lineText,
  oneLine,
  PRESS_MAX_BYTES,
  pressToast,
  type ReplyKind,
  shorten,
  type Words,
} from '../../src/answers/index.ts';
import type { Unit } from '../../src/registry/index.ts';
import { metric, nameOf, NOW, openAlert, status, view, WORDS } from './facts.ts';

const words = fc.constantFrom(WORDS.en, WORDS.ru);
const names = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
  fc.constant('👨‍👩‍👧‍👦'.repeat(40)),
  fc.constant('e' + '\u0301'.repeat(500)),
);
const units = fc.constantFrom<Unit>(
  { kind: 'percent' },
  { kind: 'count' },
  { kind: 'ratio' },
  { kind: 'currency', code: 'RUB' },
  { kind: 'currency', code: 'EUR' },
  { kind: 'duration', of: 'ms' },
  { kind: 'duration', of: 'd' },
);
const values = fc.double({ noNaN: true, noDefaultInfinity: true });
const phases = fc.constantFrom<AlertPhase>(
  'firing',
  'improving',
  'recovering',
  'acked',
  'snoozed',
  'resolved',
  'withdrawn',
);
const replies = fc.constantFrom<ReplyKind>(
  { kind: 'entered_red', from: 'amber' },
  { kind: 'resolved' },
  { kind: 'snooze_ended', by: 'Ann' },
  { kind: 'withdrawn' },
);

const first = (answer: Answer): string => lineText(answer.lines[0] ?? []);
const text = (answer: Answer): string => [...answer.lines.map(lineText), answer.code ?? ''].join('\n');
const presses = (answer: Answer): string[] =>
  (answer.buttons ?? []).flat().map((button) => ('press' in button ? button.press : ''));

describe('first line', () => {
  it('T14 is at most 60 characters on one line, with state, name and value, whatever the name and value', () => {
    fc.assert(
      fc.property(fc.record({ words, name: names, unit: units, value: values, phase: phases }), (given) => {
        const { name, unit, value, phase } = given;
        const answer = describeAlert(
          view({ phase, value, metric: { ...view().metric, name, unit } }),
          given.words,
        );
        const line = first(answer);
        expect(line.length).toBeLessThanOrEqual(FIRST_LINE_MAX);
        expect(line).not.toMatch(/[\n\r\u202E]/u);
        expect(line.isWellFormed()).toBe(true);
        expect(line.endsWith(` ${given.words.value(value, unit)}`)).toBe(true);
        expect(line).toMatch(/^\p{Extended_Pictographic}\uFE0F? \S/u);
      }),
      { numRuns: 1000 },
    );
  });

  it('holds in replies too', () => {
    fc.assert(
      fc.property(fc.record({ words, name: names, value: values, reply: replies }), (given) => {
        const over = { value: given.value, metric: { ...view().metric, name: given.name } };
        expect(first(describeReply(view(over), given.reply, given.words)).length).toBeLessThanOrEqual(60);
      }),
    );
  });

  it('holds for the other messages that people may see as a notification', () => {
    fc.assert(
      fc.property(words, names, (reader, name) => {
        const one = status({ metric: metric({ name }), alert: openAlert() });
        const shown: Answer[] = [
          answerCockpit(
            { title: name, statuses: Array.from({ length: 1200 }, () => one), now: NOW, picture: null },
            reader,
          ),
          answerMetricCard({ status: one, nameOf, now: NOW, range: '7d', picture: null, url: null }, reader),
          answerDone({ view: view({ metric: { ...view().metric, name } }), done: 'unacked' }, reader),
          answerHowToRead({ metric: metric({ name }), nameOf, url: null }, reader),
          answerAlerts(
            {
              alerts: Array.from({ length: 7 }, () => view({ metric: { ...view().metric, name } })),
              total: 1200,
              page: 3,
            },
            reader,
          ),
        ];
        for (const answer of shown) expect(first(answer).length).toBeLessThanOrEqual(60);
      }),
      { numRuns: 30 },
    );
  });
});

const many = <T>(item: T): T[] => Array.from({ length: 50 }, () => item);

describe('limits of platforms', () => {
  const LONG = 'Длинное имя показателя, которого никто не сократил '.repeat(200);
  const ID = `a${'b'.repeat(62)}`;
  const one = status({
    metric: metric({
      id: ID,
      name: LONG,
      howToRead: LONG,
      methodology: LONG,
      notes: LONG,
      sql: LONG,
      sources: [LONG],
    }),
    alert: openAlert({ number: 999_999_999, version: 999_999_999, state: 'snoozed' }),
    error: LONG,
  });

  it.each([WORDS.en, WORDS.ru])(
    'fits a caption of 1,024 characters and a message of 4,096: %#',
    (reader: Words) => {
      const captions: Answer[] = [
        answerCockpit(
          { title: LONG, statuses: Array.from({ length: 40 }, () => one), now: NOW, picture: null },
          reader,
        ),
        answerMetricCard(
          { status: one, nameOf: () => LONG.slice(0, 40), now: NOW, range: '7d', picture: null, url: null },
          reader,
        ),
        describeAlert(view({ owner: LONG, ack: { by: LONG, at: NOW }, phase: 'acked' }), reader),
      ];
      for (const answer of captions) expect(text(answer).length).toBeLessThanOrEqual(1024);
      const messages: Answer[] = [
        answerHowToRead({ metric: one.metric, nameOf, url: null }, reader),
        answerAlerts(
          {
            alerts: Array.from({ length: 7 }, () => view({ metric: { ...view().metric, name: LONG } })),
            total: 100,
            page: 0,
          },
          reader,
        ),
        answerWhy(
          {
            status: one,
            now: NOW,
            nameOf,
            judged: null,
            ticks: many({ at: NOW, value: 3.1, level: 'red' }),
            alert: view(),
            silences: many({ kind: 'maintenance' as const, name: LONG, until: NOW }),
            places: many({ label: LONG, why: { kind: 'team', team: LONG } }),
            deliveries: many({
              id: '0b6f4a52-6a0e-4c58-9d0a-2b9f6d2f7c11',
              edge: 'entered_red',
              at: NOW,
              place: LONG,
              operation: 'post',
              status: 'failed',
              attempts: 40,
              reason: LONG,
            }),
          },
          reader,
        ),
      ];
      for (const answer of messages) expect(text(answer).length).toBeLessThanOrEqual(4096);
      for (const answer of [...captions, ...messages]) {
        expect(answer.buttons?.length ?? 0).toBeLessThanOrEqual(8);
        for (const press of presses(answer))
          expect(Buffer.byteLength(press)).toBeLessThanOrEqual(PRESS_MAX_BYTES);
      }
    },
  );

  it('keeps a toast within 200 characters', () => {
    const { toast } = pressToast(
      { kind: 'already_acked', by: 'x', at: NOW.toISOString() },
      { words: WORDS.ru, now: NOW, nameOf: () => LONG },
    );
    expect(toast.length).toBeLessThanOrEqual(200);
  });
});

describe('buttons of a firing alert', () => {
  it('has the words that the contract names', () => {
    const labels = alertButtons(view(), WORDS.en).map((row) => row.map(({ label }) => label));
    expect(labels).toEqual([
      ['✅ Ack', '💤 Snooze 1\u202Fh', '💤 …'],
      ['🔎 Why', '📈 90 days', '📖 How to read'],
    ]);
  });

  it('offers Ack again when an alert fires in spite of an ack of amber', () => {
    const [[button] = []] = alertButtons(view({ ack: { by: 'Ann', at: NOW } }), WORDS.en);
    expect(button?.label).toBe('✅ Ack');
  });
});

describe('shorten', () => {
  it('leaves a text that fits, and cuts others between graphemes', () => {
    expect(shorten('Checkout', 8)).toBe('Checkout');
    expect(shorten('Checkout', 7)).toBe('Checko…');
    expect(shorten('Check out', 7)).toBe('Check…');
    expect(shorten('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 12)).toBe('👨‍👩‍👧‍👦…');
    expect(shorten('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 5)).toBe('…');
    expect(shorten('abc', 0)).toBe('');
  });

  it('T14 never exceeds the limit nor breaks a surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (given, max) => {
        const cut = shorten(given, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut.isWellFormed()).toBe(true);
      }),
    );
  });

  it('makes one line without control and direction marks', () => {
    expect(oneLine('  a\n\tb \u202Ec\uE000 \uD800')).toBe('a b c \uFFFD');
  });
});
