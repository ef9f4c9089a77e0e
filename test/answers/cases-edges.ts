import {
  describeFreshSource,
  describeNote,
  describeReply,
  describeStaleSource,
  describeStorm,
  describeStormEnd,
  type Answer,
  type ReplyKind,
  type StaleSourceView,
  type StormView,
  type Words,
} from '../../src/answers/index.ts';
import { HOUR, MINUTE } from '../../src/lib/time.ts';
import { minutesAgo, NOW, view } from './facts.ts';

const PERCENT = { kind: 'percent' } as const;

function storm(count: number, over: Partial<StormView> = {}): StormView {
  return {
    number: 17,
    openedAt: minutesAgo(2),
    now: NOW,
    source: { name: 'marts.orders', count: count - 1 },
    alerts: Array.from({ length: count }, (_, n) => ({
      number: 1042 + n,
      name: `Orders of shop ${n + 1}`,
      level: n < count - 2 ? ('red' as const) : ('amber' as const),
      state: 'firing' as const,
      value: 3.1 - n / 1000,
      unit: PERCENT,
    })),
    ...over,
  };
}

const handled: StormView = storm(8, {
  source: null,
  alerts: storm(8).alerts.map((alert, n) => ({
    ...alert,
    state: n < 2 ? 'acked' : n === 2 ? 'snoozed' : n > 5 ? 'resolved' : 'firing',
  })),
});

const over: StormView = storm(300, {
  alerts: storm(300).alerts.map((alert) => ({ ...alert, state: 'resolved' })),
});

const stale: StaleSourceView = {
  number: 1050,
  source: 'marts.orders',
  openedAt: minutesAgo(47),
  now: NOW,
  recoveredAt: null,
  metrics: [
    { id: 'checkout_conversion', name: 'Checkout conversion', ageMs: 3 * HOUR, error: null },
    { id: 'revenue', name: 'Revenue <today>', ageMs: null, error: 'relation "marts.orders" does not exist' },
  ],
};

const reply =
  (kind: ReplyKind, changes: Parameters<typeof view>[0] = {}) =>
  (words: Words): Answer =>
    describeReply(view(changes), kind, words);

const note =
  (kind: ReplyKind, changes: Parameters<typeof view>[0] = {}) =>
  (words: Words): Answer =>
    describeNote(view(changes), kind, words);

/** Answers of the edge table beyond the crossing and the recovery. */
export const EDGE_CASES: Record<string, (words: Words) => Answer> = {
  'storm-of-300': (words) => describeStorm(storm(300), words),
  'storm-handled': (words) => describeStorm(handled, words),
  'storm-all-over': (words) => describeStorm(over, words),
  'storm-end-open': (words) => describeStormEnd({ alerts: 300, open: 288 }, words),
  'storm-end-over': (words) => describeStormEnd({ alerts: 21, open: 0 }, words),
  'stale-source': (words) => describeStaleSource(stale, words),
  'stale-warehouse': (words) =>
    describeStaleSource(
      {
        ...stale,
        source: null,
        metrics: Array.from({ length: 14 }, (_, n) => ({
          id: `m_${n}`,
          name: `Metric ${n + 1}`,
          ageMs: (n + 1) * MINUTE,
          error: n === 0 ? 'connect ECONNREFUSED' : null,
        })),
      },
      words,
    ),
  'stale-fresh': (words) => describeFreshSource({ ...stale, recoveredAt: minutesAgo(1) }, words),
  'reply-escalated': reply({ kind: 'escalated' }, { openedAt: minutesAgo(15) }),
  'reply-ack-timed-out': reply(
    { kind: 'ack_timed_out', by: 'Ann', ackedAt: minutesAgo(240) },
    { phase: 'acked', ack: { by: 'Ann', at: minutesAgo(240) }, openedAt: minutesAgo(250) },
  ),
  'reply-acked': reply({ kind: 'acked', by: 'Ann', at: minutesAgo(1) }),
  'reply-unacked': reply({ kind: 'unacked', by: 'Ann' }, { phase: 'acked' }),
  'reply-snoozed': reply({ kind: 'snoozed', by: 'Ann', until: minutesAgo(-60) }),
  'note-acked': note({ kind: 'acked', by: 'Ann', at: minutesAgo(1) }),
  'note-unacked': note({ kind: 'unacked', by: 'Ann' }, { phase: 'acked' }),
  'note-snoozed': note({ kind: 'snoozed', by: 'Ann', until: minutesAgo(-60) }),
  'note-amber': note({ kind: 'entered_amber' }, { level: 'amber' }),
  'note-escalated': note({ kind: 'escalated' }, { openedAt: minutesAgo(15) }),
  'alert-flapping': reply({ kind: 'entered_amber' }, { level: 'amber', flapping: true, escalatedSteps: 1 }),
};
