import {
  answerDeliveryLog,
  answerHealth,
  answerTestDone,
  answerTestRunning,
  type Answer,
  type HealthFacts,
  type LogEntry,
  type Words,
} from '../../src/answers/index.ts';
import { minutesAgo, NOW } from './facts.ts';

type Case = (words: Words) => Answer;

const ID = '7d8f1c1e-5f0e-4a7e-9a55-6f6f5b1c2d3e';

function entry(over: Partial<LogEntry> = {}): LogEntry {
  return {
    id: ID,
    alertNumber: 1042,
    edge: 'entered_red',
    operation: 'post',
    status: 'sent',
    attempts: 1,
    reason: null,
    maybeSent: false,
    delayed: false,
    at: minutesAgo(15),
    nextAttemptAt: minutesAgo(15),
    heldUntil: null,
    metric: 'Checkout conversion',
    place: 'Ivan',
    ...over,
  };
}

const later = (minutes: number): Date => minutesAgo(-minutes);

const ENTRIES: LogEntry[] = [
  entry(),
  entry({
    place: 'Telegram -100200',
    status: 'dead',
    attempts: 3,
    reason: '403 bot was kicked from the group',
  }),
  entry({ edge: 'resolved', operation: 'reply', delayed: true, at: minutesAgo(3) }),
  entry({
    edge: 'improving',
    operation: 'edit',
    status: 'pending',
    delayed: true,
    reason: 'delayed by rate limit: Too Many Requests: retry after 30',
    nextAttemptAt: later(1),
  }),
  entry({
    edge: 'entered_amber',
    status: 'held',
    attempts: 0,
    reason: 'quiet hours of Ivan',
    heldUntil: later(300),
  }),
  entry({ status: 'held', attempts: 0, reason: 'maintenance: Warehouse upgrade', heldUntil: later(600) }),
  entry({ edge: 'stale', alertNumber: 1043, metric: 'marts.orders', place: 'ops@shop.test' }),
  entry({ maybeSent: true, attempts: 2 }),
  entry({ maybeSent: true, status: 'sending', attempts: 2, reason: 'cut\nin two' }),
  entry({ edge: 'value_changed', operation: 'edit', status: 'superseded', reason: 'a newer edit shows it' }),
  entry({
    alertNumber: null,
    metric: null,
    edge: 'file_broken',
    operation: 'notice',
    status: 'dead',
    place: 'ops@shop.test',
    reason: '550 mailbox unavailable',
  }),
];

const page = {
  name: null,
  isRooms: false,
  isNewestPage: true,
  next: null,
  mayRetry: true,
  now: NOW,
} as const;

const WELL: HealthFacts = {
  parts: ['database', 'workspace', 'warehouse', 'pulse', 'outbox', 'telegram'].map((name) => ({
    name,
    ok: true,
    severity: 'warning',
    reason: null,
  })),
  lastLoopAt: NOW,
  lag: { lagMs: 0, overdue: [] },
  queue: { waiting: 0, oldestMs: 0, stuckMs: 0, held: 0, dead: 0 },
  silent: [],
  places: [],
  now: NOW,
};

export const OPERATE_CASES: Record<string, Case> = {
  'log-all': (words) =>
    answerDeliveryLog({ ...page, of: { show: 'all' }, entries: ENTRIES, next: '1234567' }, words),
  'log-viewer': (words) =>
    answerDeliveryLog(
      { ...page, of: { show: 'failed' }, entries: ENTRIES.slice(1, 2), mayRetry: false, isNewestPage: false },
      words,
    ),
  'log-metric': (words) =>
    answerDeliveryLog(
      {
        ...page,
        of: { show: 'all', metric: 'checkout_conversion' },
        name: 'Checkout conversion',
        entries: ENTRIES.slice(0, 1),
        isNewestPage: false,
        next: '42',
      },
      words,
    ),
  'log-failed-today-of-alert': (words) =>
    answerDeliveryLog(
      {
        ...page,
        of: { show: 'failed_today', alert: 1042 },
        name: 'A-1042',
        entries: ENTRIES.slice(1, 2),
        next: '42',
      },
      words,
    ),
  'log-of-room': (words) =>
    answerDeliveryLog(
      {
        ...page,
        of: { show: 'failed' },
        name: 'growth',
        isRooms: true,
        entries: ENTRIES.slice(1, 2),
        next: '42',
      },
      words,
    ),
  'log-today-empty': (words) => answerDeliveryLog({ ...page, of: { show: 'today' }, entries: [] }, words),
  'test-running': (words) => answerTestRunning(['Ivan', 'ivan@shop.test'], words),
  'test-arrived': (words) => answerTestDone([{ place: 'Ivan', kind: 'arrived', tookMs: 312 }], words),
  'test-failed': (words) =>
    answerTestDone(
      [
        { place: 'Ivan', kind: 'arrived', tookMs: 1200 },
        { place: 'Telegram -100300', kind: 'refused', reason: '403 bot was blocked' },
        { place: 'ops@shop.test', kind: 'late', waitedMs: 30_000, reason: 'connect ECONNREFUSED' },
        { place: 'web hook pager', kind: 'late', waitedMs: 30_000, reason: null },
      ],
      words,
    ),
  'health-well': (words) => answerHealth(WELL, words),
  'health-trouble': (words) =>
    answerHealth(
      {
        ...WELL,
        parts: [
          { name: 'database', ok: true, severity: 'error', reason: null },
          { name: 'workspace', ok: false, severity: 'error', reason: 'not loaded yet' },
          {
            name: 'file metrics/x.yaml',
            ok: false,
            severity: 'warning',
            reason: 'metrics/x.yaml:3: no unit.',
          },
          { name: 'telegram', ok: false, severity: 'warning', reason: null },
        ],
        lastLoopAt: null,
        lag: { lagMs: 240_000, overdue: ['Checkout conversion', 'Paid orders', 'Visits', 'NPS'] },
        queue: { waiting: 12, oldestMs: 95_000, stuckMs: 0, held: 3, dead: 2 },
        silent: [{ source: 'marts.orders', metrics: 3, since: minutesAgo(90) }],
        places: [
          {
            key: 'telegram:1',
            label: 'Ivan',
            kind: 'gone',
            reason: 'the bot was blocked',
            since: minutesAgo(60),
          },
          { key: 'telegram:*', label: 'telegram', kind: 'waits', until: later(2) },
        ],
      },
      words,
    ),
};
