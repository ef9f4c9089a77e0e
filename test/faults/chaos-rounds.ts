/** Whole processes killed at random instants while metrics cross and recover; then the chats are compared with the truth. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageView } from '../../src/playground/bot-api/index.ts';
import { spawnHeartbeat, type SpawnedHeartbeat } from '../support/spawn-heartbeat.ts';
import { openShop, REPEAT_MARK, VALUES, type Shop } from './shop.ts';
import { until } from './until.ts';

export type ChaosOptions = {
  /** an empty database of its own */
  databaseUrl: string;
  rounds: number;
  /** the same seed gives the same instants and values */
  seed: number;
  onRound?: (round: number) => void;
};

/** What came of it. All but the first five must be empty or 0. */
export type ChaosFigures = {
  rounds: number;
  killedWhileStarting: number;
  alerts: number;
  messages: number;
  /** messages that are there once more, with a mark */
  markedRepeats: number;
  unmarkedRepeats: string[];
  /** posts and replies that should be in a chat and are not */
  lost: string[];
  /** alerts whose message does not show how they stand */
  wrongStates: string[];
  /** metrics whose alerts are not what their readings say */
  wrongEpisodes: string[];
  ticksTwice: number;
  tooManyRequests: number;
};

const METRICS = 6;
const LIVES_MS = 2_000;
const STARTING_MS = 1_500;
const STARTING_SHARE = 0.25;
const CHANGE_MS = { least: 300, more: 700 };
/** All is compared at the end, also after hundreds of rounds. */
const KEEP = { messagesPerChat: 50_000, editsPerMessage: 500, calls: 1_000_000 };
const SETTLED_WITHIN_MS = 120_000;

/** Runs the rounds on a shop of its own and gives the figures. */
export async function runChaos(options: ChaosOptions): Promise<ChaosFigures> {
  const random = seededRandom(options.seed);
  const shop = await openShop({
    databaseUrl: options.databaseUrl,
    metrics: METRICS,
    limits: true,
    keep: KEEP,
  });
  let child = spawnHeartbeat(shop.environment);
  try {
    const ended = new AbortController();
    const changing = changeValues(shop, random, ended.signal);
    let killedWhileStarting = 0;
    for (let round = 1; round <= options.rounds; round += 1) {
      const isStarting = random() < STARTING_SHARE;
      if (!isStarting) await child.ready;
      await sleep(random() * (isStarting ? STARTING_MS : LIVES_MS));
      await child.kill();
      if (isStarting) killedWhileStarting += 1;
      child = spawnHeartbeat(shop.environment);
      options.onRound?.(round);
    }
    ended.abort();
    await changing;
    await settleDown(shop, child, random);
    return { rounds: options.rounds, killedWhileStarting, ...(await compare(shop)) };
  } finally {
    await child.kill();
    await shop.close();
  }
}

/** Figures of several runs together. */
export function addFigures(all: readonly ChaosFigures[]): ChaosFigures {
  const sum = (count: (figures: ChaosFigures) => number): number =>
    all.reduce((total, figures) => total + count(figures), 0);
  return {
    rounds: sum((one) => one.rounds),
    killedWhileStarting: sum((one) => one.killedWhileStarting),
    alerts: sum((one) => one.alerts),
    messages: sum((one) => one.messages),
    markedRepeats: sum((one) => one.markedRepeats),
    unmarkedRepeats: all.flatMap((one) => one.unmarkedRepeats),
    lost: all.flatMap((one) => one.lost),
    wrongStates: all.flatMap((one) => one.wrongStates),
    wrongEpisodes: all.flatMap((one) => one.wrongEpisodes),
    ticksTwice: sum((one) => one.ticksTwice),
    tooManyRequests: sum((one) => one.tooManyRequests),
  };
}

/** Numbers in [0, 1) that a seed decides (mulberry32, public domain). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function randomValue(random: () => number): number {
  const values = Object.values(VALUES);
  return values[Math.floor(random() * values.length)] ?? VALUES.green;
}

async function changeValues(shop: Shop, random: () => number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const metric = shop.metrics[Math.floor(random() * shop.metrics.length)] ?? '';
    await shop.set(metric, randomValue(random));
    await sleep(CHANGE_MS.least + random() * CHANGE_MS.more);
  }
}

/** Sets last values and waits until they are read, judged and told. */
async function settleDown(shop: Shop, child: SpawnedHeartbeat, random: () => number): Promise<void> {
  await child.ready;
  const last = new Map(shop.metrics.map((metric) => [metric, randomValue(random)]));
  for (const [metric, value] of last) await shop.set(metric, value);
  await until(
    'all last values read',
    async () => {
      const rows = await shop.ask<{ metric_id: string; value: number }>(
        'select metric_id, value from heartbeat.metric_state',
      );
      return rows.every(({ metric_id, value }) => last.get(metric_id) === value);
    },
    SETTLED_WITHIN_MS,
  );
  await until(
    'no delivery waits',
    async () => {
      const rows = await shop.ask(
        "select 1 from heartbeat.delivery where status in ('pending', 'sending') and edge <> 'value_changed' limit 1",
      );
      return rows.length === 0;
    },
    SETTLED_WITHIN_MS,
  );
}

type AlertRow = {
  id: string;
  number: number;
  metric_id: string;
  level: 'amber' | 'red';
  state: string;
  message_id: string | null;
};

type DeliveryRow = {
  alert_id: string;
  operation: string;
  edge: string;
  status: string;
  message_id: string | null;
};

async function compare(shop: Shop): Promise<Omit<ChaosFigures, 'rounds' | 'killedWhileStarting'>> {
  const alerts = await shop.ask<AlertRow>(
    `select a.id, a.number, a.metric_id, a.level, a.state, m.message_id
     from heartbeat.alerts a left join heartbeat.alert_message m on m.alert_id = a.id order by a.number`,
  );
  const deliveries = await shop.ask<DeliveryRow>(
    "select alert_id, operation, edge, status, message_id from heartbeat.delivery where operation in ('post', 'reply')",
  );
  const copies = alerts.flatMap((alert) => copiesOf(shop, alert));
  return {
    alerts: alerts.length,
    messages: shop.metrics.reduce((sum, metric) => sum + shop.told(metric).length, 0),
    markedRepeats: copies.reduce((sum, { messages }) => sum + Math.max(0, messages.length - 1), 0),
    unmarkedRepeats: copies
      .filter(({ messages }) => messages.filter((message) => !isMarked(message)).length > 1)
      .map(({ what }) => what),
    lost: [
      ...alerts.flatMap((alert) => lostOf(shop, alert, deliveries)),
      ...deliveries
        .filter(({ status }) => status !== 'sent')
        .map((row) => `${row.operation} ${row.edge}: ${row.status}`),
    ],
    wrongStates: alerts.filter((alert) => !isShown(shop, alert)).map(nameOf),
    wrongEpisodes: await listWrongEpisodes(shop, alerts),
    ticksTwice: (
      await shop.ask(
        "select 1 from heartbeat.metric_history where kind = 'tick' group by metric_id, as_of having count(*) > 1",
      )
    ).length,
    tooManyRequests: shop.api.calls.filter(({ error }) => error?.startsWith('Too Many Requests')).length,
  };
}

const nameOf = ({ number, metric_id, state }: AlertRow): string => `A-${number} ${metric_id} ${state}`;

function messagesOf(shop: Shop, alert: AlertRow): MessageView[] {
  const name = new RegExp(`A-${alert.number}\\b`);
  return shop.told(alert.metric_id).filter(({ text }) => name.test(text));
}

/** The mark stands in a message as it was first sent. */
function isMarked({ text, edits }: MessageView): boolean {
  return REPEAT_MARK.test(edits[0]?.text ?? text);
}

/** Messages of an alert that say the same: its posts, and its replies of one kind. */
function copiesOf(shop: Shop, alert: AlertRow): { what: string; messages: MessageView[] }[] {
  const messages = messagesOf(shop, alert);
  const posts = messages.filter(({ replyTo }) => replyTo === null);
  const replies = messages.filter(({ replyTo }) => replyTo !== null);
  return [
    { what: `${nameOf(alert)}: post`, messages: posts },
    {
      what: `${nameOf(alert)}: recovery`,
      messages: replies.filter(({ text }) => text.includes('Recovered')),
    },
  ];
}

/** The post of an alert, each reply that is recorded as sent, and the recovery of one that has ended. */
function lostOf(shop: Shop, alert: AlertRow, deliveries: readonly DeliveryRow[]): string[] {
  const messages = messagesOf(shop, alert);
  const replies = messages.filter(({ replyTo }) => replyTo !== null);
  const ids = new Set(messages.map(({ id }) => String(id)));
  const notThere = deliveries
    .filter((row) => row.alert_id === alert.id && row.status === 'sent' && !ids.has(row.message_id ?? ''))
    .map((row) => `${nameOf(alert)}: ${row.operation} ${row.edge}, recorded as sent`);
  const isOver = alert.state === 'resolved';
  return [
    ...(messages.length > replies.length ? [] : [`${nameOf(alert)}: post`]),
    ...(isOver && !replies.some(({ text }) => text.includes('Recovered'))
      ? [`${nameOf(alert)}: recovery`]
      : []),
    ...notThere,
  ];
}

function isShown(shop: Shop, alert: AlertRow): boolean {
  const message = shop.told(alert.metric_id).find(({ id }) => String(id) === alert.message_id);
  const sign = alert.state === 'resolved' ? /^🟢 Recovered/ : alert.level === 'red' ? /^🔴/ : /^🟡/;
  return message !== undefined && sign.test(message.text);
}

/** Readings in order say how many alerts there were and how the last one stands: enter and leave are 1. */
async function listWrongEpisodes(shop: Shop, alerts: readonly AlertRow[]): Promise<string[]> {
  const rows = await shop.ask<{ metric_id: string; levels: string[] }>(
    'select metric_id, array_agg(level order by as_of) as levels from heartbeat.metric_history group by 1',
  );
  return rows.flatMap(({ metric_id: metric, levels }) => {
    const own = alerts.filter((alert) => alert.metric_id === metric);
    const begun = levels.filter(
      (level, index) => level !== 'green' && (levels[index - 1] ?? 'green') === 'green',
    );
    const open = own.filter(({ state }) => state !== 'resolved').map(({ level }) => level);
    const last = levels.at(-1);
    const isRight = own.length === begun.length && open.join() === (last === 'green' ? '' : last);
    return isRight
      ? []
      : [`${metric}: ${begun.length} crossings, ${own.length} alerts, last ${last}, open ${open.join()}`];
  });
}
