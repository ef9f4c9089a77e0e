import {
  type AlertView,
  type Answer,
  describeAlert,
  describeReply,
  metricCardSpec,
  type ReplyKind,
  type Words,
} from '../../src/answers/index.ts';
import { minutesAgo, nameOf, NOW, status, view } from './facts.ts';

type Case = (words: Words) => Answer;

const alert =
  (over: Partial<AlertView>): Case =>
  (words) =>
    describeAlert(view(over), words);
const reply =
  (over: Partial<AlertView>, kind: ReplyKind): Case =>
  (words) =>
    describeReply(view(over), kind, words);

const ACK = { by: 'Ann', at: minutesAgo(8) };
const SNOOZE = { by: 'Ann', until: minutesAgo(-45) };
const RESOLVED = { at: minutesAgo(1), durationMs: 47 * 60_000, worstValue: 2.9 };
const AMBER = { level: 'amber', line: { kind: 'norm', value: 4 }, value: 3.9 } as const;

export const ALERT_CASES: Record<string, Case> = {
  'alert-red': (words) => {
    const picture = metricCardSpec(status(), status().spark, {
      words,
      theme: 'light',
      now: NOW,
      range: '7d',
      spans: [],
      nameOf,
    });
    return describeAlert(view({ picture, unusual: true }), words);
  },
  'alert-amber': alert({ ...AMBER, change: null, ticks: 1 }),
  'alert-improving': alert({ ...AMBER, phase: 'improving', value: 3.6, ticks: 1 }),
  'alert-recovering': alert({ phase: 'recovering', value: 4.2, ticks: 0, ack: ACK }),
  'alert-acked': alert({ phase: 'acked', ack: ACK }),
  'alert-acked-forgotten': alert({ phase: 'acked', ack: ACK, ackTimedOut: true }),
  'alert-acked-improving': alert({ ...AMBER, phase: 'acked', ack: ACK, improving: true, value: 3.6 }),
  'alert-snoozed': alert({ phase: 'snoozed', snooze: SNOOZE, version: 4 }),
  'alert-resolved': alert({
    phase: 'resolved',
    value: 4.2,
    openedAt: minutesAgo(48),
    resolved: RESOLVED,
    ack: { by: 'Ivan', at: minutesAgo(41) },
  }),
  'alert-noted': alert({
    phase: 'acked',
    ack: ACK,
    notes: [
      { by: 'Ann', at: minutesAgo(2), text: 'Rolled back.\nThe curve is <still> low…' },
      { by: 'Ivan', at: minutesAgo(5), text: `Long: ${'a very long story '.repeat(30)}` },
      { by: 'deploy', at: minutesAgo(6), text: 'release 1.2.3' },
    ],
    noteCount: 5,
  }),
  'alert-rated': alert({
    phase: 'resolved',
    value: 4.2,
    openedAt: minutesAgo(48),
    resolved: RESOLVED,
    notes: [{ by: 'Ann', at: minutesAgo(2), text: 'It was the payment provider' }],
    noteCount: 1,
    feedback: { real: 1, noise: 2 },
  }),
  'alert-withdrawn-unverified': alert({ phase: 'withdrawn', withdrawnReason: 'unverified' }),
  'alert-withdrawn-retired': alert({ phase: 'withdrawn', withdrawnReason: 'retired' }),
  'alert-withdrawn-unjudged': alert({ phase: 'withdrawn', withdrawnReason: 'unjudged', line: null }),
  'alert-unowned': alert({
    owner: null,
    unowned: true,
    metric: { ...view().metric, periodText: '17 * * * *' },
  }),
  'alert-owner-unlinked': alert({ owner: 'Zoë', unowned: true }),
  'alert-links': alert({
    url: 'https://heartbeat.shop.test/docs/metrics/growth#checkout_conversion',
    metric: { ...view().metric, runbook: 'https://wiki.shop.test/checkout' },
  }),
  'alert-old-and-up': alert({
    metric: {
      ...view().metric,
      name: 'Orders waiting to be packed',
      unit: { kind: 'count' },
      direction: 'down',
      periodText: '15m',
    },
    value: 1_234_567,
    line: { kind: 'alert', value: 50_000 },
    ticks: 21,
    change: { ratio: 22.4, at: minutesAgo(24 * 60) },
    openedAt: minutesAgo(3 * 24 * 60 + 95),
  }),
  'alert-long-name': alert({
    metric: {
      ...view().metric,
      name: 'Share of all orders of all shops in the whole of Southern Europe that were paid in time',
    },
    phase: 'acked',
    ack: ACK,
  }),
  'reply-entered-red': reply({ openedAt: minutesAgo(75) }, { kind: 'entered_red', from: 'amber' }),
  'reply-red-again': reply(
    { openedAt: minutesAgo(75), flapping: true },
    { kind: 'entered_red', from: 'green' },
  ),
  'reply-resolved': reply({ value: 4.2, openedAt: minutesAgo(48), resolved: RESOLVED }, { kind: 'resolved' }),
  'reply-snooze-ended': reply({ snooze: SNOOZE }, { kind: 'snooze_ended', by: 'Ann' }),
  'reply-withdrawn': reply({ withdrawnReason: 'unverified' }, { kind: 'withdrawn' }),
};
