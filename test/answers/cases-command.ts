import {
  type AlertView,
  alertButtons,
  answerAlerts,
  answerAskAgain,
  answerAskedEnough,
  answerAudit,
  answerAskUntil,
  pageOf,
  answerCancel,
  answerChooseAlert,
  answerCockpit,
  answerDidYouMean,
  answerDocs,
  answerDone,
  answerError,
  answerHelp,
  answerHowToRead,
  answerMetricCard,
  answerNoAudit,
  answerNoted,
  answerNotMember,
  answerPlanned,
  answerRefresh,
  answerRefusal,
  answerStart,
  answerUnknownCommand,
  answerWhoami,
  answerWhy,
  type Answer,
  cockpitSpec,
  metricCardHead,
  pressToast,
  type PressOutcome,
  snoozeMenuButtons,
  type WhyFacts,
  type Words,
} from '../../src/answers/index.ts';
import {
  ConflictError,
  InputError,
  LockedError,
  NotFoundError,
  RefusedError,
  UnavailableError,
} from '../../src/errors.ts';
import type { MetricStatus } from '../../src/pulse/index.ts';
import { greenStatus, IVAN, metric, minutesAgo, nameOf, NOW, openAlert, status, view } from './facts.ts';
import { BY_FILE } from './cases-people.ts';
import { writePress } from './written.ts';

type Case = (words: Words) => Answer;

const AMBER_STATUS = status({
  metric: metric({
    id: 'packing_time',
    name: 'Time to pack an order',
    unit: { kind: 'duration', of: 'min' },
    direction: 'down',
    norm: 60,
    alert: 120,
    target: null,
  }),
  level: 'amber',
  observation: { value: 95, asOf: minutesAgo(30), computedAt: minutesAgo(29) },
  comparable: null,
  unusual: false,
  alert: openAlert({ number: 1043, level: 'amber', state: 'acked' }),
});

const STATUSES: MetricStatus[] = [
  greenStatus('paid_orders', 'Paid orders'),
  AMBER_STATUS,
  status({ alert: openAlert() }),
  status({
    metric: metric({ id: 'stock_age', name: 'Age of stock data' }),
    stale: true,
    level: 'green',
    unusual: false,
  }),
  status({ metric: metric({ id: 'nps', name: 'NPS' }), verification: 'unverified', level: 'red' }),
  status({ metric: metric({ id: 'new_one', name: 'A new one' }), observation: null, level: null }),
  greenStatus('visits', 'Visits'),
];

function manyAlerts(count: number): AlertView[] {
  return Array.from({ length: count }, (_, index) =>
    view({ number: 1042 + index, metric: { ...view().metric, name: `Conversion of shop ${index + 1}` } }),
  );
}

const WHY: WhyFacts = {
  status: status(),
  now: NOW,
  nameOf,
  judged: { level: 'red', runs: { red: 2, amber: 3, offRed: 0, offAmber: 0 } },
  ticks: [
    { at: minutesAgo(180), value: 3.9, level: 'amber' },
    { at: minutesAgo(120), value: 3.3, level: 'red' },
    { at: minutesAgo(60), value: 3.1, level: 'red' },
  ],
  alert: view({ phase: 'acked', ack: { by: 'Ann', at: minutesAgo(8) } }),
  silences: [],
  places: [
    { label: 'Ivan’s Telegram', why: { kind: 'owner' } },
    { label: 'Telegram −100200', why: { kind: 'team', team: 'growth' } },
  ],
  deliveries: [
    {
      id: '0b6f4a52-6a0e-4c58-9d0a-2b9f6d2f7c11',
      edge: 'acked',
      at: minutesAgo(8),
      place: 'Telegram −100200',
      operation: 'edit',
      status: 'pending',
      attempts: 0,
      reason: 'delayed by rate limit',
    },
    {
      id: 'f2a1d8a0-55cf-4a3c-8f8c-1f6a7d1f2e3b',
      edge: 'entered_red',
      at: minutesAgo(15),
      place: 'Ivan’s Telegram',
      operation: 'post',
      status: 'sent',
      attempts: 2,
      reason: null,
    },
  ],
};

const why =
  (over: Partial<WhyFacts>): Case =>
  (words) =>
    answerWhy({ ...WHY, ...over }, words);

const AUDITED = [
  {
    title: 'Conversion by device',
    url: 'https://heartbeat.shop.test/audit/checkout#conversion_by_device',
    metrics: ['Checkout conversion', 'Paid orders'],
  },
  { title: 'Lost baskets', url: 'https://heartbeat.shop.test/audit/checkout#lost_baskets', metrics: [] },
] as const;

const COMMANDS = [
  'start',
  'help',
  'cockpit',
  'metric',
  'alerts',
  'ack',
  'unack',
  'snooze',
  'note',
  'refresh',
  'why',
  'docs',
  'whoami',
  'cancel',
];

const OUTCOMES: PressOutcome[] = [
  { kind: 'acked' },
  { kind: 'unacked' },
  { kind: 'snoozed', until: minutesAgo(-60) },
  { kind: 'shown' },
  { kind: 'rated', verdict: 'real', isNew: true },
  { kind: 'rated', verdict: 'noise', isNew: true },
  { kind: 'rated', verdict: 'real', isNew: false },
  { kind: 'rated', verdict: 'noise', isNew: false },
  { kind: 'already_acked', by: 'ann@shop.test', at: minutesAgo(2).toISOString() },
  { kind: 'already_snoozed', by: 'ann@shop.test', until: minutesAgo(-600).toISOString() },
  { kind: 'not_acked' },
  { kind: 'not_in_future' },
  { kind: 'no_alert' },
  { kind: 'closed', number: 1042, at: minutesAgo(30) },
  { kind: 'outdated', version: 5 },
  { kind: 'no_right', need: 'operator', have: 'viewer' },
  { kind: 'not_member' },
  { kind: 'unreadable' },
  { kind: 'metric_gone' },
  { kind: 'unavailable' },
];

/** Answers that are short stand together in one file. */
function together(...cases: Case[]): Case {
  return (words) => ({ lines: cases.flatMap((one) => [...one(words).lines, ['']]).slice(0, -1) });
}

const SILENCES: WhyFacts['silences'] = [
  { kind: 'maintenance', name: 'Warehouse upgrade', until: minutesAgo(-60) },
  { kind: 'quiet', name: 'Ivan', until: minutesAgo(-300) },
  { kind: 'storm', place: 'Telegram -100200', alerts: 300 },
  { kind: 'flapping' },
  { kind: 'source', number: 1050, source: 'marts.orders', at: minutesAgo(47) },
];

export const COMMAND_CASES: Record<string, Case> = {
  cockpit: (words) =>
    answerCockpit(
      {
        title: 'Corner Shop',
        statuses: STATUSES,
        now: NOW,
        picture: cockpitSpec(STATUSES, { title: 'Corner Shop', words, theme: 'light', now: NOW }),
      },
      words,
    ),
  'cockpit-all-green': (words) =>
    answerCockpit(
      { title: 'Corner Shop', statuses: [greenStatus('a1', 'Paid orders')], now: NOW, picture: null },
      words,
    ),
  'cockpit-empty': (words) =>
    answerCockpit({ title: 'Corner Shop', statuses: [], now: NOW, picture: null }, words),
  'cockpit-many': (words) =>
    answerCockpit(
      {
        title: 'The Very Long Named Corner Shop of Southern Europe',
        statuses: Array.from({ length: 30 }, (_, index) =>
          status({
            metric: metric({
              id: `shop_${index}`,
              name: `Conversion of shop ${String(index).padStart(2, '0')}`,
            }),
            alert: openAlert({ number: 1042 + index, state: index === 1 ? 'snoozed' : 'firing' }),
          }),
        ),
        now: NOW,
        picture: null,
      },
      words,
    ),
  'card-red': (words) =>
    answerMetricCard(
      {
        status: status({ alert: openAlert() }),
        nameOf,
        now: NOW,
        range: '7d',
        picture: null,
        url: 'https://heartbeat.shop.test/docs/metrics/growth#checkout_conversion',
      },
      words,
    ),
  'card-inline': (words) => {
    const troubled = status({ error: 'permission denied for table orders' });
    const head = (of: MetricStatus) => metricCardHead({ status: of, nameOf, now: NOW }, words);
    return {
      lines: [
        ...head(troubled),
        [''],
        ...head(greenStatus('visits', 'Visits')),
        [''],
        [words.t('inline-stranger')],
      ],
    };
  },
  'card-troubled': (words) =>
    answerMetricCard(
      {
        status: status({
          metric: metric({ norm: null, alert: null, target: 12, targetDue: null, owner: null }),
          verification: 'changed',
          level: 'green',
          stale: true,
          typical: null,
          unusual: false,
          error: 'relation "marts.sessions" does not exist',
        }),
        nameOf,
        now: NOW,
        range: '90d',
        picture: null,
        url: null,
      },
      words,
    ),
  'card-no-reading': (words) =>
    answerMetricCard(
      {
        status: status({
          observation: null,
          level: null,
          ageMs: null,
          typical: null,
          comparable: null,
          unusual: false,
          spark: [],
          verification: 'unverified',
          metric: metric({ target: null, period: { text: '1d', count: 1, unit: 'd', ms: 86_400_000 } }),
        }),
        nameOf,
        now: NOW,
        range: '28d',
        picture: null,
        url: null,
      },
      words,
    ),
  'how-to-read': (words) =>
    answerHowToRead(
      {
        metric: metric({ notes: 'Bots are excluded since May.', runbook: 'https://wiki.shop.test/cr' }),
        nameOf,
        url: null,
      },
      words,
    ),
  'alerts-none': (words) => answerAlerts({ alerts: [], total: 0, page: 0 }, words),
  'alerts-few': (words) =>
    answerAlerts(
      {
        alerts: [
          view(),
          view({ number: 1043, phase: 'acked', ack: { by: 'Ann', at: minutesAgo(8) } }),
          view({ number: 1044, phase: 'snoozed', snooze: { by: 'Ann', until: minutesAgo(-45) } }),
        ],
        total: 3,
        page: 0,
      },
      words,
    ),
  'alerts-last-page': (words) =>
    answerAlerts({ alerts: pageOf(manyAlerts(16), 99), total: 16, page: 99 }, words),
  'alerts-middle-page': (words) =>
    answerAlerts({ alerts: pageOf(manyAlerts(16), 1), total: 16, page: 1 }, words),
  'choose-ack': (words) => answerChooseAlert({ alerts: manyAlerts(2), action: 'ack' }, words),
  'choose-snooze': (words) => answerChooseAlert({ alerts: manyAlerts(2), action: 'snooze' }, words),
  'choose-unack': (words) => answerChooseAlert({ alerts: manyAlerts(2), action: 'unack' }, words),
  'why-noted': why({
    alert: view({
      phase: 'snoozed',
      snooze: { by: 'Ann', until: minutesAgo(-30) },
      notes: [{ by: 'Ann', at: minutesAgo(2), text: 'A release is rolled back' }],
      noteCount: 2,
    }),
    deliveries: [],
  }),
  'why-acked': why({}),
  'why-silences': why({ silences: SILENCES }),
  'why-green-entering': why({
    status: status({ level: 'red', metric: metric({ hysteresis: { enter: 3, leave: 1 } }) }),
    judged: { level: 'green', runs: { red: 1, amber: 1, offRed: 0, offAmber: 0 } },
    alert: null,
    deliveries: [],
  }),
  'why-recovering': why({
    judged: { level: 'red', runs: { red: 0, amber: 0, offRed: 1, offAmber: 1 } },
    status: status({ level: 'green', observation: { value: 4.4, asOf: NOW, computedAt: NOW } }),
    alert: view({ phase: 'recovering', snooze: { by: 'Ann', until: minutesAgo(-30) } }),
    deliveries: [],
  }),
  'why-changed': why({ status: status({ verification: 'changed' }), alert: null, deliveries: [] }),
  'why-no-lines': why({
    status: status({ metric: metric({ norm: null, alert: null }), error: 'timeout after 10 s' }),
    judged: null,
    ticks: [],
    alert: null,
    deliveries: [],
  }),
  'why-nobody': why({
    status: status({ stale: true, metric: metric({ hysteresis: { enter: 1, leave: 1 } }) }),
    judged: { level: 'green', runs: { red: 0, amber: 0, offRed: 0, offAmber: 0 } },
    alert: null,
    places: [],
    deliveries: [],
  }),
  'why-no-reading': why({
    status: status({ observation: null, level: null, verification: 'unverified' }),
    judged: null,
    ticks: [],
    alert: null,
    deliveries: [],
  }),
  help: (words) =>
    answerHelp(
      COMMANDS.map((name) => ({ name, summary: `command-${name}` })),
      words,
    ),
  start: (words) => answerStart({ name: 'Ivan', workspace: 'Corner Shop' }, words),
  whoami: (words) => answerWhoami({ person: IVAN, workspace: 'Corner Shop', origins: BY_FILE }, words),
  'whoami-unlinked': (words) =>
    answerWhoami(
      {
        person: { ...IVAN, name: 'Ann', role: 'viewer', teams: [], telegramId: null },
        workspace: 'Corner Shop',
        origins: BY_FILE,
      },
      words,
    ),
  stranger: (words) => answerNotMember({ platform: 'telegram', id: '424242' }, words),
  'unknown-command': together(
    (words) => answerUnknownCommand({ typed: '/metrik', nearest: 'metric' }, words),
    (words) => answerUnknownCommand({ typed: 'dance', nearest: null }, words),
    (words) => answerPlanned({ typed: '/discover' }, words),
  ),
  'did-you-mean': (words) =>
    answerDidYouMean(
      {
        query: 'chekout',
        kind: 'none',
        nearest: [metric(), metric({ id: 'paid_orders', name: 'Paid orders' })],
      },
      words,
    ),
  'did-you-mean-several': (words) =>
    answerDidYouMean({ query: 'check', kind: 'several', nearest: [metric()] }, words),
  'did-you-mean-what': together(
    (words) => answerDidYouMean({ query: '', kind: 'none', nearest: [metric()] }, words),
    (words) => answerDidYouMean({ query: 'x', kind: 'none', nearest: [] }, words),
  ),
  'refresh-done': (words) =>
    answerRefresh(
      { metric: metric(), phase: { kind: 'done', value: 4.2, before: 3.1, tookMs: 1234 } },
      words,
    ),
  'refresh-phases': together(
    (words) => answerRefresh({ metric: metric(), phase: { kind: 'running' } }, words),
    (words) => answerRefresh({ metric: metric(), phase: { kind: 'joined' } }, words),
    (words) =>
      answerRefresh(
        { metric: metric(), phase: { kind: 'done', value: 4.2, before: null, tookMs: 96 } },
        words,
      ),
    (words) =>
      answerRefresh(
        { metric: metric(), phase: { kind: 'done', value: 4.2, before: 4.2, tookMs: 96 } },
        words,
      ),
    (words) => answerRefresh({ metric: metric(), phase: { kind: 'no_data', tookMs: 96 } }, words),
    (words) =>
      answerRefresh({ metric: metric(), phase: { kind: 'failed', reason: 'timeout after 10 s' } }, words),
  ),
  audit: together(
    (words) => answerAudit({ of: 'Checkout conversion', cuts: AUDITED }, words),
    (words) => answerAudit({ of: null, cuts: Array.from({ length: 14 }, () => AUDITED[1]) }, words),
    (words) => answerAudit({ of: null, cuts: [] }, words),
    (words) => answerNoAudit({ query: 'the moon' }, words),
  ),
  docs: (words) =>
    answerDocs(
      [
        { title: 'All metrics', url: 'https://heartbeat.shop.test/docs' },
        { title: 'Growth', url: 'https://heartbeat.shop.test/docs/metrics/growth' },
      ],
      words,
    ),
  'done-acked': (words) =>
    answerDone({ view: view({ phase: 'acked', ack: { by: 'Ivan', at: NOW } }), done: 'acked' }, words),
  'done-unacked': (words) => answerDone({ view: view(), done: 'unacked' }, words),
  'done-snoozed': (words) =>
    answerDone(
      { view: view({ phase: 'snoozed', snooze: { by: 'Ivan', until: minutesAgo(-60) } }), done: 'snoozed' },
      words,
    ),
  questions: together(
    (words) => answerAskUntil({ metric: 'Checkout conversion', number: 1042 }, words),
    (words) => answerAskAgain({ typed: 'when <I> am back', problem: 'unreadable' }, words),
    (words) => answerAskAgain({ typed: `1 may ${'x'.repeat(60)}`, problem: 'out_of_range' }, words),
    (words) => answerAskedEnough(words),
    (words) => answerNoted({ number: 1042, metric: 'Checkout conversion', most: null }, words),
    (words) => answerNoted({ number: 1042, metric: 'Checkout conversion', most: 1_000 }, words),
  ),
  cancel: together(
    (words) => answerCancel(true, words),
    (words) => answerCancel(false, words),
  ),
  'buttons-menu': (words) => ({
    lines: [],
    buttons: [
      ...alertButtons(view({ phase: 'snoozed' }), words),
      ...snoozeMenuButtons({ alert: 1042, version: 3 }, words),
    ],
  }),
  toasts: (words) => ({
    lines: OUTCOMES.map((outcome) => [
      `${outcome.kind}: ${writePress(pressToast(outcome, { words, now: NOW, nameOf }))}`,
    ]),
  }),
  refusal: (words) =>
    answerRefusal(
      { kind: 'already_acked', by: 'ann@shop.test', at: minutesAgo(2).toISOString() },
      { words, now: NOW, nameOf },
    ),
  errors: together(
    (words) =>
      answerError(new NotFoundError('no_such_thing', 'There is no such thing: look in the list.'), words),
    (words) => answerError(new UnavailableError('warehouse_down', 'The warehouse does not answer.'), words),
    (words) => answerError(new TypeError('secret insides'), words),
    (words) => answerError(new InputError('not_worded', 'metrics/a.yaml:3: no owner. Add one.'), words),
    (words) => answerError(new RefusedError('not_worded', 'Only Ivan may do that. Ask Ivan.'), words),
    (words) => answerError(new ConflictError('not_worded', 'A-1042 has changed. Look again.'), words),
    (words) => answerError(new LockedError('not_worded', 'A backfill is running. Wait for it.'), words),
    (words) => answerError(new NotFoundError('alert_unknown', '…', { details: { alert: 'A-7' } }), words),
    (words) => answerError(new NotFoundError('metric_unknown', '…', { details: { metric: 'cr' } }), words),
    (words) => answerError(new NotFoundError('scope_unknown', '…', { details: { scope: 'moon' } }), words),
    (words) => answerError(new InputError('snooze_unreadable', '…', { details: { text: '90y' } }), words),
    (words) => answerError(new InputError('snooze_out_of_range', '…', { details: { text: '31d' } }), words),
    (words) => answerError(new InputError('note_which', '…'), words),
    (words) => answerError(new InputError('note_empty', '…'), words),
    (words) => answerError(new RefusedError('too_many_commands', '…', { details: { most: 60 } }), words),
    (words) => answerError(new UnavailableError('database_unavailable', '…'), words),
    (words) => answerError(new RefusedError('not_a_member', '…'), words),
    (words) =>
      answerError(
        new RefusedError('role_too_low', '…', { details: { needs: 'operator', role: 'viewer' } }),
        words,
      ),
    (words) => answerError(new RefusedError('role_too_low', 'Details are missing. Ask an admin.'), words),
    (words) =>
      answerError(
        new InputError('arguments_invalid', '…', { details: { command: 'metric', reason: 'range: 7y' } }),
        words,
      ),
  ),
};
