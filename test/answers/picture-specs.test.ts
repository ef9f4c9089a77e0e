import { describe, expect, it } from 'vitest';

import { cockpitSpec, metricCardSpec, pictureAlt, type PictureReader } from '../../src/answers/index.ts';
import { metric, minutesAgo, nameOf, NOW, openAlert, status, WORDS } from './facts.ts';

const reader = (over: Partial<PictureReader> = {}): PictureReader => ({
  words: WORDS.en,
  theme: 'dark',
  now: NOW,
  ...over,
});

describe('cockpitSpec', () => {
  it('makes a tile of every status, as plain JSON', () => {
    const alert = openAlert({ state: 'acked' });
    const spec = cockpitSpec([status({ alert })], { ...reader(), title: 'Corner\nShop' });
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    expect(spec).toMatchObject({
      kind: 'cockpit',
      title: 'Corner Shop',
      reader: { theme: 'dark', locale: 'en', timezone: 'Europe/Madrid', nowMs: NOW.getTime() },
      tiles: [
        {
          id: 'checkout_conversion',
          level: 'red',
          verified: true,
          stale: false,
          value: 3.1,
          norm: 4,
          alert: 3.4,
          alertState: 'acked',
          sinceMs: alert.openedAt.getTime(),
          change: { ratio: -0.18, atMs: minutesAgo(7 * 24 * 60).getTime() },
        },
      ],
    });
  });

  it('is equal for two requests in one minute, so that one picture is drawn', () => {
    const at = (seconds: number) => {
      const now = new Date(NOW.getTime() + seconds * 1000);
      return cockpitSpec([status({ ageMs: 60_000 + seconds * 1000 })], { ...reader({ now }), title: 'Shop' });
    };
    expect(at(50)).toEqual(at(2));
    expect(at(61)).not.toEqual(at(2));
  });

  it('T01 has no value, level or change where there is none', () => {
    const empty = status({
      observation: null,
      level: null,
      ageMs: null,
      comparable: { value: 0, at: NOW, ratio: null },
      verification: 'changed',
      spark: Array.from({ length: 60 }, (_, index) => ({ at: minutesAgo(60 - index), value: index })),
    });
    const [tile] = cockpitSpec([empty], { ...reader(), title: 'Shop' }).tiles;
    expect(tile).toMatchObject({ value: null, level: null, ageMs: null, change: null, verified: false });
    expect(tile).toMatchObject({ alertState: null, sinceMs: null });
    expect(tile?.spark.map(({ value }) => value)).toEqual(
      Array.from({ length: 48 }, (_, index) => index + 12),
    );
  });
});

describe('metricCardSpec', () => {
  const options = { ...reader(), range: '28d', spans: [], nameOf } as const;

  it('has the sentence, lines, typical, target, spans and names', () => {
    const spans = [{ from: minutesAgo(90), to: NOW, level: 'amber' as const }];
    const spec = metricCardSpec(status(), status().spark, { ...options, spans });
    expect(spec).toMatchObject({
      kind: 'metric',
      range: '28d',
      sentence: 'below alert 3.4\u202F% · −18\u202F% vs last Fri',
      typical: { mean: 4.1234, deviation: 0.2071 },
      target: { value: 5, due: '2026-12-31' },
      spans: [{ fromMs: minutesAgo(90).getTime(), toMs: NOW.getTime(), level: 'amber' }],
      owner: 'Ivan',
      verifiedBy: 'Ivan',
      periodText: '1h',
    });
    expect(spec.points).toHaveLength(4);
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });

  it('T02 leaves out what does not exist', () => {
    const bare = status({
      metric: metric({ norm: null, alert: null, target: null, owner: null, verified: null }),
      typical: null,
    });
    const spec = metricCardSpec(bare, [], options);
    expect(spec).toMatchObject({ typical: null, target: null, owner: null, verifiedBy: null, points: [] });
    expect(spec.sentence).toBe('no norm or alert line · −18\u202F% vs last Fri');
    expect(JSON.stringify(spec)).not.toMatch(/undefined|NaN/);
  });

  it.each([
    [{ metric: metric({ norm: null }) }, 'below alert 3.4\u202F%'],
    [
      { observation: { value: 3.4, asOf: NOW, computedAt: NOW }, level: 'amber' as const },
      'below norm 4\u202F%',
    ],
    [
      { observation: { value: 4, asOf: NOW, computedAt: NOW }, level: 'green' as const },
      'within norm 4\u202F%',
    ],
    [
      { observation: { value: 4, asOf: NOW, computedAt: NOW }, metric: metric({ norm: null }) },
      'within alert 3.4\u202F%',
    ],
    [{ metric: metric({ direction: 'down', norm: 2, alert: 3 }) }, 'above alert 3\u202F%'],
    [{ observation: null, level: null }, 'no reading yet'],
  ])('T02 equal to a line is not worse: %#', (over, sentence) => {
    const spec = metricCardSpec(status({ ...over, comparable: null }), [], options);
    expect(spec.sentence).toBe(sentence);
  });

  it.each([
    [minutesAgo(60), 'vs 13:00'],
    [minutesAgo(24 * 60), 'vs yesterday'],
    [minutesAgo(8 * 24 * 60), 'vs last Thu'],
    [minutesAgo(28 * 24 * 60), 'vs 23 Oct 2026'],
  ])('says what a change is against: %#', (at, against) => {
    const spec = metricCardSpec(status({ comparable: { value: 3, at, ratio: 0.033 } }), [], options);
    expect(spec.sentence).toBe(`below alert 3.4\u202F% · +3.3\u202F% ${against}`);
  });
});

describe('pictureAlt', () => {
  it('names the worst and stays short', () => {
    const statuses = Array.from({ length: 200 }, (_, index) =>
      status({ metric: metric({ id: `m${index}`, name: `Conversion of shop ${index}` }) }),
    );
    const alt = pictureAlt(cockpitSpec(statuses, { ...reader(), title: 'Shop' }), WORDS.ru);
    expect(alt).toMatch(/^Сводка «Shop»: 200 красных\. Conversion of shop 0 3,1/);
    expect(alt.length).toBeLessThanOrEqual(1000);
  });

  it('tells an empty cockpit, and a card without a reading', () => {
    expect(pictureAlt(cockpitSpec([], { ...reader(), title: 'Shop' }), WORDS.en)).toBe(
      'Cockpit of Shop: no metrics yet.',
    );
    const card = metricCardSpec(status({ observation: null, level: null, comparable: null }), [], {
      ...reader(),
      range: '1d',
      spans: [],
      nameOf,
    });
    expect(pictureAlt(card, WORDS.en)).toBe('Checkout conversion, chart of 1 day: no reading yet.');
  });
});
