import type { CardRange, CockpitSpec, MetricCardSpec, Reader, TileSpec } from '../../charts/index.ts';
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts';
import type { Unit } from '../../src/registry/index.ts';

/** Friday 20 November 2026, 14:00 in Madrid. */
export const NOW = Date.parse('2026-11-20T13:00:00Z');

export function reader(over: Partial<Reader> = {}): Reader {
  return { theme: 'light', locale: 'en', timezone: 'Europe/Madrid', nowMs: NOW, ...over };
}

/** A repeatable number in [0, 1) of a seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A series with a daily wave and noise around `mean`, ending in `last`. */
export function wave(options: {
  count: number;
  stepMs: number;
  mean: number;
  spread: number;
  last?: number;
  seed?: number;
}) {
  const next = random(options.seed ?? options.count);
  let drift = 0;
  return Array.from({ length: options.count }, (_, index) => {
    const atMs = NOW - (options.count - 1 - index) * options.stepMs;
    const daily = Math.sin(((atMs % DAY) / DAY) * 2 * Math.PI) * 0.5;
    const isLast = index === options.count - 1;
    drift = drift * 0.8 + (next() - 0.5) * 0.4;
    const value = options.mean + options.spread * (daily + drift);
    return { atMs, value: isLast ? (options.last ?? value) : value };
  });
}

export function tile(over: Partial<TileSpec> = {}): TileSpec {
  return {
    id: 'checkout_conversion',
    name: 'Checkout conversion',
    unit: { kind: 'percent' },
    level: 'green',
    verified: true,
    stale: false,
    value: 4.31,
    ageMs: 12 * MINUTE,
    change: { ratio: 0.021, atMs: NOW - 7 * DAY },
    norm: 4,
    alert: 3.4,
    spark: wave({ count: 48, stepMs: HOUR, mean: 4.3, spread: 0.5, last: 4.31 }),
    alertState: null,
    ...over,
  };
}

type Sample = {
  name: string;
  ru: string;
  unit: Unit;
  mean: number;
  norm: number | null;
  alert: number | null;
};

const PERCENT: Unit = { kind: 'percent' };
const COUNT: Unit = { kind: 'count' };
const EURO: Unit = { kind: 'currency', code: 'EUR' };
const MINUTES: Unit = { kind: 'duration', of: 'min' };

/** What a shop watches. */
const SAMPLES: readonly Sample[] = [
  { name: 'Checkout conversion', ru: 'Конверсия корзины', unit: PERCENT, mean: 4.3, norm: 4, alert: 3.4 },
  { name: 'Payment failures', ru: 'Отказы оплаты', unit: PERCENT, mean: 1.1, norm: 2, alert: 3 },
  { name: 'Orders an hour', ru: 'Заказы в час', unit: COUNT, mean: 412, norm: 350, alert: 250 },
  { name: 'Revenue today', ru: 'Выручка за сегодня', unit: EURO, mean: 48_210, norm: 42_000, alert: 35_000 },
  { name: 'Average order value', ru: 'Средний чек', unit: EURO, mean: 61.4, norm: 55, alert: 48 },
  {
    name: 'Time to first reply',
    ru: 'Время до первого ответа',
    unit: MINUTES,
    mean: 17,
    norm: 30,
    alert: 60,
  },
  { name: 'Open tickets', ru: 'Открытые обращения', unit: COUNT, mean: 84, norm: 120, alert: 180 },
  { name: 'Stock-outs', ru: 'Товары, которых нет', unit: COUNT, mean: 7, norm: 12, alert: 20 },
  {
    name: 'On-time delivery share',
    ru: 'Доставлено вовремя',
    unit: PERCENT,
    mean: 96.4,
    norm: 95,
    alert: 90,
  },
  { name: 'Return rate', ru: 'Доля возвратов', unit: PERCENT, mean: 6.2, norm: 8, alert: 10 },
  { name: 'Search without result', ru: 'Пустой поиск', unit: PERCENT, mean: 3.9, norm: 6, alert: 9 },
  { name: 'Sessions an hour', ru: 'Визиты в час', unit: COUNT, mean: 12_480, norm: 9000, alert: 6000 },
  { name: 'New customers', ru: 'Новые покупатели', unit: COUNT, mean: 1284, norm: null, alert: null },
  {
    name: 'Page load, 95th percentile',
    ru: 'Загрузка страницы, 95-й перцентиль',
    unit: { kind: 'duration', of: 'ms' },
    mean: 1840,
    norm: 2500,
    alert: 4000,
  },
  {
    name: 'Review score',
    ru: 'Оценка в отзывах',
    unit: { kind: 'score' },
    mean: 4.62,
    norm: 4.5,
    alert: 4.2,
  },
  { name: 'Refunds paid', ru: 'Выплаченные возвраты', unit: EURO, mean: 1930, norm: 3000, alert: 5000 },
];

type Standing = Partial<TileSpec> & { at: 'red' | 'amber' | 'usual' };

/** A value beyond the alert line, between the lines, or about the mean, whichever way is worse. */
function placeValue({ mean, norm, alert, unit }: Sample, at: Standing['at'], noise: number): number {
  const value = (): number => {
    if (norm === null || alert === null || at === 'usual') return mean * (1 + noise);
    return at === 'red' ? alert + (alert - norm) * 0.4 : (alert + norm) / 2;
  };
  return unit.kind === 'count' ? Math.round(value()) : value();
}

function sampleTile(index: number, locale: Reader['locale'], { at, ...over }: Standing): TileSpec {
  const sample = SAMPLES[index % SAMPLES.length];
  if (!sample) throw new Error('no samples');
  const round = Math.floor(index / SAMPLES.length);
  const { mean, unit, norm, alert } = sample;
  const value = placeValue(sample, at, 0.01 * ((index % 7) - 3));
  return tile({
    id: `metric_${index}`,
    name: sample[locale === 'ru' ? 'ru' : 'name'] + (round > 0 ? ` ${round + 1}` : ''),
    unit,
    norm,
    alert,
    value,
    change: { ratio: value / mean - 1 + 0.013 * ((index % 5) - 2), atMs: NOW - 7 * DAY },
    spark: wave({ count: 48, stepMs: HOUR, mean, spread: mean * 0.16, last: value, seed: index + 7 }),
    ...over,
  });
}

/** A cockpit with so many of each mark. */
export function cockpit(
  counts: { red?: number; amber?: number; stale?: number; green?: number; unverified?: number },
  over: Partial<Reader> = {},
): CockpitSpec {
  const repeat = (count: number | undefined, make: (index: number) => Standing): Standing[] =>
    Array.from({ length: count ?? 0 }, (_, index) => make(index));
  const since = (index: number): number => NOW - (15 + index * 32) * MINUTE;
  const silent = { value: null, level: null, spark: [], change: null, ageMs: null };
  const standings = [
    ...repeat(counts.red, (index) => {
      const alertState = index === 1 ? 'acked' : 'firing';
      return { at: 'red', level: 'red', sinceMs: since(index), alertState };
    }),
    ...repeat(counts.amber, (index) => {
      const alertState = index === 2 ? 'snoozed' : 'firing';
      return { at: 'amber', level: 'amber', sinceMs: since(index), alertState };
    }),
    ...repeat(counts.stale, () => ({ at: 'usual', stale: true, ageMs: 310 * MINUTE })),
    ...repeat(counts.green, () => ({ at: 'usual' })),
    ...repeat(counts.unverified, (index) => ({ at: 'usual', verified: false, ...(index === 0 && silent) })),
  ];
  const locale = over.locale ?? 'en';
  const tiles = standings.map((standing, index) => sampleTile(index, locale, standing));
  return { kind: 'cockpit', reader: reader(over), title: 'Corner Shop', tiles };
}

const RANGE_DAYS: Record<CardRange, number> = { '1d': 1, '7d': 7, '28d': 28, '90d': 90 };

/** The card of a metric that fell below its alert line. */
export function metricCard(over: Partial<MetricCardSpec> = {}): MetricCardSpec {
  const range = over.range ?? '7d';
  const points = wave({ count: RANGE_DAYS[range] * 24, stepMs: HOUR, mean: 4.3, spread: 0.6 });
  const fall = [3.9, 3.6, 3.3, 3.1];
  const shown = points.map((point, index) => ({
    ...point,
    value: fall[index - points.length + 4] ?? point.value,
  }));
  return {
    kind: 'metric',
    reader: reader(),
    tile: tile({
      level: 'red',
      value: 3.1,
      change: { ratio: -0.18, atMs: NOW - 7 * DAY },
      alertState: 'firing',
      ageMs: 15 * MINUTE,
      sinceMs: NOW - 75 * MINUTE,
    }),
    range,
    sentence: 'Below alert 3.4 % for 2 ticks, 18 % under last Friday',
    points: shown,
    typical: { mean: 4.3, deviation: 0.26 },
    target: { value: 5, due: '2026-12-31' },
    spans: [
      { fromMs: NOW - 5 * DAY, toMs: NOW - 5 * DAY + 5 * HOUR, level: 'amber' },
      { fromMs: NOW - 2 * HOUR, toMs: NOW, level: 'red' },
    ],
    owner: 'Ivan',
    periodText: '1h',
    verifiedBy: 'Ivan',
    ...over,
  };
}
