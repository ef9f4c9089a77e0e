import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createWords, loadLocales } from '../../src/answers/index.ts';
import type { Unit } from '../../src/registry/index.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/lib/time.ts';
import { minutesAgo, NOW, WORDS } from './facts.ts';

const { en, ru } = WORDS;
const COUNT: Unit = { kind: 'count' };
const PERCENT: Unit = { kind: 'percent' };
const money = (code: string): Unit => ({ kind: 'currency', code });
const span = (of: 'ms' | 's' | 'min' | 'h' | 'd'): Unit => ({ kind: 'duration', of });

describe('numbers', () => {
  it.each([
    [1_234_567, '1,234,567', '1\u00A0234\u00A0567'],
    [12_345.6, '12,346', '12\u00A0346'],
    [3.141_59, '3.14', '3,14'],
    [3.1, '3.1', '3,1'],
    [0.000_123_456, '0.000123', '0,000123'],
    [99.96, '100', '100'],
    [-18.25, '\u221218.3', '\u221218,3'],
    [0, '0', '0'],
    [-0, '0', '0'],
    [1e18, '1E18', '1E18'],
    [-1.234e-12, '\u22121.23E\u221212', '\u22121,23E\u221212'],
  ])('%d keeps three digits and every whole one', (value, english, russian) => {
    expect(en.value(value, COUNT)).toBe(english);
    expect(ru.value(value, COUNT)).toBe(russian);
  });

  it('never drops a whole digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e14, max: 1e14 }), (value) => {
        const digits = en.value(value, COUNT).replaceAll(',', '').replace('\u2212', '-');
        expect(Number(digits)).toBe(value);
      }),
    );
  });

  it('puts a narrow no-break space before %', () => {
    expect(en.value(3.4, PERCENT)).toBe('3.4\u202F%');
    expect(ru.value(-3.4, PERCENT)).toBe('\u22123,4\u202F%');
  });

  it.each([
    [12, 'EUR', '€12', '12\u202F€'],
    [12.5, 'EUR', '€12.50', '12,50\u202F€'],
    [0.5, 'EUR', '€0.50', '0,50\u202F€'],
    [0.000_42, 'EUR', '€0.00042', '0,00042\u202F€'],
    [1234.56, 'USD', '$1,235', '1\u00A0235\u202F$'],
    [-1234.56, 'RUB', '\u2212RUB\u202F1,235', '\u22121\u00A0235\u202F₽'],
    [12.3, 'JPY', '¥12', '12\u202F¥'],
    [0, 'EUR', '€0', '0\u202F€'],
    [1e18, 'EUR', '€1E18', '1E18\u202F€'],
  ])('%d %s is written as money', (value, code, english, russian) => {
    expect(en.value(value, money(code))).toBe(english);
    expect(ru.value(value, money(code))).toBe(russian);
  });

  it('writes a change with its sign, and none for no change', () => {
    expect(en.change(-0.18)).toBe('\u221218\u202F%');
    expect(en.change(0.0423)).toBe('+4.2\u202F%');
    expect(ru.change(0.0423)).toBe('+4,2\u202F%');
    expect(en.change(0)).toBe('0\u202F%');
    expect(en.change(-0.0001)).toBe('0\u202F%');
    expect(en.change(22.4)).toBe('+2,240\u202F%');
  });
});

describe('spans of time', () => {
  const plain = (text: string): string => text.replace(/[\u202F\u00A0]/g, ' ');

  it.each([
    [90, 'min', '1 h 30 min', '1 ч 30 мин'],
    [250, 'ms', '250 ms', '250 мс'],
    [0.25, 'ms', '0.25 ms', '0,25 мс'],
    [12.345, 's', '12.3 s', '12,3 с'],
    [75, 's', '1 min 15 s', '1 мин 15 с'],
    [59.97, 's', '1 min', '1 мин'],
    [59.999, 'min', '1 h', '1 ч'],
    [2.5, 'd', '2 days 12 h', '2 дня 12 ч'],
    [21, 'd', '21 days', '21 день'],
    [1, 'd', '1 day', '1 день'],
    [5, 'd', '5 days', '5 дней'],
    [0, 'h', '0 h', '0 ч'],
    [-90, 'min', '\u22121 h 30 min', '\u22121 ч 30 мин'],
    [1500, 'd', '1,500 days', '1 500 дней'],
  ] as const)('%d %s as a value', (value, of, english, russian) => {
    expect(plain(en.value(value, span(of)))).toBe(english);
    expect(plain(ru.value(value, span(of)))).toBe(russian);
  });

  it.each([
    [47 * MINUTE + 12 * SECOND, '47 min'],
    [3 * HOUR + 5 * MINUTE + 20 * SECOND, '3 h 5 min'],
    [2 * DAY, '2 days'],
    [90 * SECOND, '1 min 30 s'],
    [59 * MINUTE + 40 * SECOND, '1 h'],
    [0, '0 ms'],
  ])('%d ms passed', (ms, english) => {
    expect(plain(en.duration(ms))).toBe(english);
  });

  it('has at most two units, and none that is full', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), fc.constantFrom(en, ru), (ms, words) => {
        const parts = plain(words.duration(ms)).split(' ');
        expect(parts.length === 2 || parts.length === 4).toBe(true);
        expect(plain(words.duration(ms))).not.toMatch(/\b60 (s|с|min|мин)\b|\b24 [hч]\b/);
      }),
      {
        numRuns: 1000,
        examples: [
          [59_999, en],
          [3_599_999, en],
          [86_399_999, ru],
          [172_799_999, en],
        ],
      },
    );
  });
});

describe('instants', () => {
  it('is the time today, the weekday within a week, else a date', () => {
    expect(en.time(minutesAgo(15), NOW)).toBe('13:45');
    expect(en.time(minutesAgo(24 * 60), NOW)).toBe('Thu 14:00');
    expect(en.time(minutesAgo(-24 * 60), NOW)).toBe('Sat 14:00');
    expect(en.time(minutesAgo(8 * 24 * 60), NOW)).toBe('12 Nov 14:00');
    expect(ru.time(minutesAgo(8 * 24 * 60), NOW)).toBe('12 нояб. 14:00');
    expect(en.time(new Date('2025-11-12T08:05:00Z'), NOW)).toBe('12 Nov 2025 09:05');
  });

  it('speaks in the reader’s zone', () => {
    const tokyo = createWords('en', 'Asia/Tokyo');
    expect(tokyo.time(NOW, NOW)).toBe('22:00');
    expect(tokyo.time(minutesAgo(-150), NOW)).toBe('Sat 00:30');
    expect(tokyo.day(minutesAgo(-150))).toBe('21 Nov 2026');
  });

  it('T05 counts days by the calendar when the clocks change', () => {
    // the last Sunday of October has 25 hours in Madrid
    const sunday = new Date('2026-10-25T22:30:00Z');
    expect(en.time(new Date('2026-10-24T22:30:00Z'), sunday)).toBe('00:30');
    expect(en.time(new Date('2026-10-24T21:30:00Z'), sunday)).toBe('Sat 23:30');
  });

  it('is relative while younger than a day', () => {
    expect(en.ago(NOW, NOW)).toBe('just now');
    expect(en.ago(minutesAgo(-3), NOW)).toBe('just now');
    expect(en.ago(minutesAgo(2.9), NOW)).toBe('2\u202Fmin ago');
    expect(ru.ago(minutesAgo(15), NOW)).toBe('15\u202Fмин назад');
    expect(en.ago(minutesAgo(24 * 60), NOW)).toBe('Thu 14:00');
  });
});

describe('messages', () => {
  it('throws on a key that does not exist, and on a missing variable', () => {
    expect(() => en.t('no-such-key')).toThrow('locales/en.ftl has no message "no-such-key"');
    expect(() => ru.t('ago')).toThrow('"ago"');
    expect(en.has('ago')).toBe(true);
    expect(en.has('no-such-key')).toBe(false);
  });

  it('declines Russian by number', () => {
    const ticks = (count: number): string => ru.t('for-ticks', { crossing: 'ниже', ticks: count });
    expect([1, 2, 5, 21, 22, 111].map(ticks)).toEqual([
      'ниже, 1 замер',
      'ниже, 2 замера подряд',
      'ниже, 5 замеров подряд',
      'ниже, 21 замер подряд',
      'ниже, 22 замера подряд',
      'ниже, 111 замеров подряд',
    ]);
  });
});

describe('loadLocales', () => {
  it('reads <locale>.ftl and *.<locale>.ftl, and names a file whose key is taken', () => {
    const dir = mkdtempSync(join(tmpdir(), 'heartbeat-locales-'));
    try {
      for (const locale of ['en', 'ru']) {
        writeFileSync(join(dir, `${locale}.ftl`), 'hello = Hello');
        writeFileSync(join(dir, `pictures.${locale}.ftl`), 'axis = Axis');
      }
      const words = createWords('ru', 'UTC', loadLocales(dir));
      expect([words.t('hello'), words.t('axis')]).toEqual(['Hello', 'Axis']);
      writeFileSync(join(dir, 'pictures.ru.ftl'), 'hello = Twice');
      expect(() => loadLocales(dir)).toThrow(/ru\.ftl.*hello/);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
