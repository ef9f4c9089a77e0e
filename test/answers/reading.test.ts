import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  createNameOf,
  findMetric,
  findNearestCommand,
  parseCommandText,
  parseSnooze,
} from '../../src/answers/index.ts';
import { IVAN, metric, NOW, ZONE } from './facts.ts';

const METRICS = [
  metric(),
  metric({ id: 'paid_orders', name: 'Paid orders', synonyms: ['orders'] }),
  metric({ id: 'paid_search', name: 'Paid search cost', synonyms: [] }),
  metric({ id: 'delivery_time', name: 'Время доставки', synonyms: ['Über-Zeit', 'ёлка'] }),
];

const found = (query: string): string => {
  const result = findMetric(query, METRICS);
  if (result.kind === 'one') return result.metric.id;
  return `${result.kind}: ${result.nearest.map(({ id }) => id).join(' ')}`;
};

describe('findMetric', () => {
  it.each([
    ['checkout_conversion', 'checkout_conversion'],
    ['Checkout Conversion', 'checkout_conversion'],
    ['  CR ', 'checkout_conversion'],
    ['orders', 'paid_orders'],
    ['check', 'checkout_conversion'],
    ['conv', 'checkout_conversion'],
    ['ВРЕМЯ', 'delivery_time'],
    ['uber zeit', 'delivery_time'],
    ['елка', 'delivery_time'],
    ['доставки', 'delivery_time'],
  ])('"%s" is %s', (query, id) => {
    expect(found(query)).toBe(id);
  });

  it('asks when several fit', () => {
    expect(found('paid')).toBe('several: paid_orders paid_search');
  });

  it('gives the three nearest for a misspelt name', () => {
    expect(found('chekout')).toMatch(/^none: checkout_conversion \S+ \S+$/);
    expect(found('delivry tiem')).toMatch(/^none: delivery_time /);
  });

  it('gives some for nothing, and none where there are none', () => {
    expect(found('')).toMatch(/^none: \S+ \S+ \S+$/);
    expect(findMetric('x', [])).toEqual({ kind: 'none', nearest: [] });
  });

  it('T14 stays quick with a message of 4,096 characters and a thousand metrics', () => {
    const many = Array.from({ length: 1000 }, (_, index) =>
      metric({ id: `m${index}`, name: 'Long name '.repeat(1000) }),
    );
    const startedMs = performance.now();
    expect(findMetric('x'.repeat(4096), many).kind).toBe('none');
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });

  it('T14 takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (query) => {
        const result = findMetric(query, METRICS);
        expect(result.kind === 'one' || result.nearest.length > 0).toBe(true);
      }),
    );
  });
});

describe('parseCommandText', () => {
  const NAMES = ['metric', 'metrics', 'ack', 'cockpit', 'star', 'start', 'metric_card'];
  const parse = (text: string) => parseCommandText(text, NAMES, 'HeartbeatBot');

  it('T15 resolves to the longer of two names, and suggests one for an unknown word', () => {
    expect(parse('/metrics')).toEqual({ kind: 'command', name: 'metrics', args: [] });
    expect(parse('/metric cr')).toEqual({ kind: 'command', name: 'metric', args: ['cr'] });
    expect(parse('/start')).toMatchObject({ name: 'start' });
    expect(parse('/star cr')).toMatchObject({ name: 'star', args: ['cr'] });
    expect(parse('/metric_card_cr')).toEqual({ kind: 'command', name: 'metric_card', args: ['cr'] });
    expect(parse('/metrik cr')).toEqual({
      kind: 'unknown',
      typed: 'metrik',
      nearest: 'metric',
      args: ['cr'],
    });
    expect(parse('/cock')).toMatchObject({ kind: 'unknown', nearest: 'cockpit' });
    expect(parse('/dance')).toMatchObject({ kind: 'unknown', nearest: null });
    expect(parse('/')).toMatchObject({ kind: 'text' });
  });

  it('knows its own name and leaves others alone', () => {
    expect(parse('/Metric@heartbeatbot cr')).toMatchObject({ kind: 'command', name: 'metric', args: ['cr'] });
    expect(parse('/metric@OtherBot cr')).toEqual({ kind: 'other_bot' });
  });

  it('takes an argument that is attached, as platforms link only one word', () => {
    expect(parse('/metric_checkout_conversion')).toMatchObject({
      name: 'metric',
      args: ['checkout_conversion'],
    });
    expect(parse('/metric_')).toMatchObject({ kind: 'unknown', nearest: 'metric' });
  });

  it.each([
    ['/metric "checkout conversion" 7d', ['checkout conversion', '7d']],
    ['/metric «время доставки»', ['время доставки']],
    ['/metric “paid orders”', ['paid orders']],
    ['/metric "unclosed name', ['"unclosed', 'name']],
    ['/metric   a \n b ', ['a', 'b']],
    ['/metric "" a', ['a']],
  ])('%s', (text, args) => {
    expect(parse(text)).toMatchObject({ name: 'metric', args });
  });

  it('reads words without a slash as words', () => {
    expect(parse('hello there')).toEqual({ kind: 'text', args: ['hello', 'there'] });
    expect(findNearestCommand('cockpitt', NAMES)).toBe('cockpit');
    expect(findNearestCommand('x', [])).toBeNull();
  });

  it('T14 takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), fc.boolean(), (text, slash) => {
        expect(['command', 'unknown', 'other_bot', 'text']).toContain(parse(slash ? `/${text}` : text).kind);
      }),
    );
  });
});

describe('parseSnooze', () => {
  const forMs = (text: string): number | string => {
    const parsed = parseSnooze(text, NOW, ZONE);
    return parsed.kind === 'until' ? parsed.forMs : parsed.kind;
  };

  it.each([
    ['15m', 900_000],
    ['1h', 3_600_000],
    ['4H', 14_400_000],
    ['2d', 172_800_000],
    ['1w', 604_800_000],
    ['90s', 90_000],
    ['30', 1_800_000],
    ['15 min', 900_000],
    ['15 мин', 900_000],
    ['4ч', 14_400_000],
    ['2 часа', 7_200_000],
    ['3 дня', 259_200_000],
    ['1 день', 86_400_000],
    ['2 недели', 1_209_600_000],
    ['10 сек.', 10_000],
    ['1s', 1000],
    ['30d', 2_592_000_000],
    ['0m', 'out_of_range'],
    ['31d', 'out_of_range'],
    ['999999999w', 'out_of_range'],
    ['', 'unreadable'],
    ['soon', 'unreadable'],
    ['5 parsecs', 'unreadable'],
    ['-5m', 'unreadable'],
    ['1.5h', 'unreadable'],
  ])('"%s" is %s', (text, expected) => {
    expect(forMs(text)).toBe(expected);
  });

  it('T09 keeps the time of day over a change of the clocks', () => {
    const saturday = new Date('2026-10-24T10:00:00Z');
    const parsed = parseSnooze('1d', saturday, ZONE);
    expect(parsed).toMatchObject({ kind: 'until', until: new Date('2026-10-25T11:00:00Z') });
    expect(parseSnooze('30d', saturday, ZONE).kind).toBe('until');
    expect(parseSnooze('1h', saturday, ZONE)).toMatchObject({ until: new Date('2026-10-24T11:00:00Z') });
  });
});

describe('createNameOf', () => {
  const nameOf = createNameOf([IVAN]);

  it('names people, and leaves other actors as they are', () => {
    expect(nameOf('Ivan@Shop.test')).toBe('Ivan');
    expect(nameOf('api:deploy')).toBe('deploy');
    expect(nameOf('gone@shop.test')).toBe('gone@shop.test');
  });
});
