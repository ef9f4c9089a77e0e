import type { MetricStatus, OpenAlert, Point } from '../../src/pulse/index.ts';
import type { Metric } from '../../src/registry/index.ts';
import { type AlertView, createNameOf, createWords, type Words } from '../../src/answers/index.ts';
import { aPerson } from '../support/registry-parts.ts';

/** Friday in Madrid, 14:00 there. */
export const NOW = new Date('2026-11-20T13:00:00Z');
export const ZONE = 'Europe/Madrid';

export const WORDS: Record<'en' | 'ru', Words> = {
  en: createWords('en', ZONE),
  ru: createWords('ru', ZONE),
};

export function minutesAgo(minutes: number): Date {
  return new Date(NOW.getTime() - minutes * 60_000);
}

export const IVAN = aPerson('ivan@shop.test', {
  name: 'Ivan',
  role: 'approver',
  teams: ['growth'],
  telegramId: 1001,
  locale: 'en',
  timezone: ZONE,
});

export const nameOf = createNameOf([IVAN, { email: 'ann@shop.test', name: 'Ann' }]);

export function metric(over: Partial<Metric> = {}): Metric {
  return {
    id: 'checkout_conversion',
    file: 'metrics/checkout_conversion.yaml',
    name: 'Checkout conversion',
    domain: 'growth',
    teams: ['growth'],
    unit: { kind: 'percent' },
    period: { text: '1h', count: 1, unit: 'h', ms: 3_600_000 },
    schedule: null,
    direction: 'up',
    norm: 4,
    alert: 3.4,
    target: 5,
    targetDue: '2026-12-31',
    hysteresis: { enter: 2, leave: 2 },
    band: { norm: null, alert: null },
    timeoutMs: 10_000,
    staleAfterMs: 7_200_000,
    correctionMs: 0,
    tags: ['money'],
    howToRead:
      'Share of sessions with a basket that end in a paid order.\nBelow 3.4 % the payment page is usually broken.',
    methodology: 'Paid orders divided by sessions with a basket, last full hour, bots excluded.',
    sources: ['marts.orders', 'marts.sessions'],
    notes: null,
    synonyms: ['cr', 'checkout'],
    runbook: null,
    owner: 'ivan@shop.test',
    declared: 'verified',
    verified: { by: 'ivan@shop.test', at: '2026-11-01' },
    cuts: [],
    sql: 'select 100.0 * count(o.id) / nullif(count(*), 0) as value\nfrom marts.sessions s',
    definitionHash: 'a'.repeat(64),
    ...over,
  };
}

const SPARK: Point[] = [4.3, 4.1, 3.9, 3.1].map((value, index) => ({
  at: minutesAgo(60 * (4 - index)),
  value,
}));

export function status(over: Partial<MetricStatus> = {}): MetricStatus {
  return {
    metric: metric(),
    verification: 'verified',
    observation: { value: 3.1, asOf: minutesAgo(60), computedAt: minutesAgo(12) },
    level: 'red',
    ageMs: 12 * 60_000 + 34_567,
    stale: false,
    late: false,
    typical: { mean: 4.1234, deviation: 0.2071, count: 720 },
    unusual: true,
    comparable: { value: 3.78, at: minutesAgo(7 * 24 * 60), ratio: -0.18 },
    spark: SPARK,
    alert: null,
    error: null,
    ...over,
  };
}

export function openAlert(over: Partial<OpenAlert> = {}): OpenAlert {
  return {
    id: '7d8f1c1e-5f0e-4a7e-9a55-6f6f5b1c2d3e',
    number: 1042,
    version: 3,
    level: 'red',
    state: 'firing',
    openedAt: minutesAgo(15),
    ...over,
  };
}

/** A healthy metric of another name. */
export function greenStatus(id: string, name: string): MetricStatus {
  return status({
    metric: metric({ id, name }),
    level: 'green',
    observation: { value: 4.4, asOf: minutesAgo(60), computedAt: minutesAgo(12) },
    comparable: null,
    unusual: false,
  });
}

export function view(over: Partial<AlertView> = {}): AlertView {
  return {
    id: '7d8f1c1e-5f0e-4a7e-9a55-6f6f5b1c2d3e',
    number: 1042,
    version: 3,
    phase: 'firing',
    level: 'red',
    metric: {
      id: 'checkout_conversion',
      name: 'Checkout conversion',
      unit: { kind: 'percent' },
      direction: 'up',
      periodText: '1h',
      runbook: null,
    },
    value: 3.1,
    line: { kind: 'alert', value: 3.4 },
    ticks: 2,
    change: { ratio: -0.18, at: minutesAgo(7 * 24 * 60) },
    openedAt: minutesAgo(15),
    now: NOW,
    ack: null,
    snooze: null,
    resolved: null,
    withdrawnReason: null,
    owner: 'Ivan',
    unowned: false,
    unusual: false,
    ackTimedOut: false,
    improving: false,
    flapping: false,
    escalatedSteps: 0,
    notes: [],
    noteCount: 0,
    feedback: { real: 0, noise: 0 },
    url: null,
    picture: null,
    ...over,
  };
}
