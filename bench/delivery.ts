import { setTimeout as sleep } from 'node:timers/promises';
import { inTransaction, sql, type Db } from '../src/db/index.ts';
import type { CallView } from '../src/playground/bot-api/index.ts';
import { enqueueDeliveries, PRIORITY, type DeliveryDraft } from '../src/delivery/index.ts';
import { benchBurst } from './burst.ts';
import { openAlertmanager, openRelay } from './floor/relays.ts';
import { toSample } from './floor/sample.ts';
import { samplesOf } from './percentile.ts';
import { preciseNow, startWorld, type World } from './world.ts';
import type { Bench, BenchRow } from './types.ts';

const BATCHES = 6;
const ALERTS = 40;
/** The bot may make 30 calls a second, and each alert takes two: text and picture. */
const PAUSE_MS = 110;
const BACKLOG_CHATS = 10;
const BACKLOG_EACH = 30;
const RETRIES = 12;
const BACKLOG_FIGURE = `retry: late by, behind a backlog of ${BACKLOG_CHATS * BACKLOG_EACH} in other chats`;
const RETRY_GOAL_MS = 600;

/** From a committed reading to the call to the chat, how late a retry is, and how fast many alerts go to many places. */
export const deliveryBench: Bench = {
  name: 'delivery',
  run: async () => [...(await takeLatencies()), ...(await benchBurst())],
};

async function takeLatencies(): Promise<BenchRow[]> {
  const metrics = BATCHES * ALERTS + 2 * RETRIES;
  const world = await startWorld({ metrics, people: metrics + BACKLOG_CHATS });
  try {
    const latency = await benchLatency(world);
    const from = BATCHES * ALERTS;
    const alone = await takeRetries(world, from);
    await fillBacklog(world, metrics);
    const behind = await takeRetries(world, from + RETRIES);
    return [...latency, retryRow('retry: late by', alone), retryRow(BACKLOG_FIGURE, behind)];
  } finally {
    await world.close();
  }
}

/** The relay and ours in turn; the first of each warms everything up. */
async function benchLatency(world: World): Promise<BenchRow[]> {
  const commits = watchCommits(world);
  const relay = await openRelay(world.ownUrl);
  const alertmanager = await openAlertmanager();
  const ours: number[][] = [];
  const peer: number[][] = [];
  const inMemory: number[][] = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    ours.push(await takeAlerts(world, commits, batch * ALERTS));
    peer.push(await relay.take(ALERTS));
    if (alertmanager) inMemory.push(await alertmanager.take(ALERTS));
  }
  await relay.close();
  await alertmanager?.close();
  const rows = latencyRows(ours.slice(1), { name: 'durable relay on pg-boss', batches: peer.slice(1) });
  if (!alertmanager) return rows;
  return [
    ...rows,
    ...latencyRows(ours.slice(1), { name: 'Alertmanager, in memory', batches: inMemory.slice(1) }),
  ];
}

/** The outbox's bell rings right after a commit. */
function watchCommits({ running }: World): { last: number } {
  const seen = { last: 0 };
  const { outbox } = running.deps;
  const ring = outbox.kick;
  outbox.kick = () => {
    seen.last = preciseNow();
    ring();
  };
  return seen;
}

async function takeAlerts(world: World, commits: { last: number }, from: number): Promise<number[]> {
  await world.signal(
    from,
    Array.from({ length: ALERTS }, () => 3.1),
  );
  const times: number[] = [];
  for (let index = from; index < from + ALERTS; index += 1) {
    const call = nextCall(world, world.people[index]?.id ?? 0);
    await world.refresh(index);
    const committedAt = commits.last;
    times.push((await call).at - committedAt);
    await sleep(PAUSE_MS);
  }
  return times;
}

/** The next call that is for a chat, as it begins. */
function nextCall({ api }: World, chat: number): Promise<CallView> {
  return new Promise((resolve) => {
    const off = api.onChange((change) => {
      // a call is told of twice: as it begins, with no outcome yet, and as it ends
      if (change.kind !== 'call' || change.call.chat !== String(chat) || change.call.ok !== null) return;
      off();
      resolve(change.call);
    });
  });
}

type Peer = { name: string; batches: readonly number[][] };

function latencyRows(ours: readonly number[][], peer: Peer): BenchRow[] {
  return ([95, 50] as const).map((rank) => {
    const our = samplesOf(ours, rank);
    const their = samplesOf(peer.batches, rank);
    return {
      figure: `reading committed → call to the chat begins, p${rank}`,
      ours: our,
      peer: { name: peer.name, sample: their },
      ratio: our.median / their.median,
      goal: rank === 95 ? '≤ 10 ms' : '–',
      ok: rank !== 95 || our.median <= 10,
    };
  });
}

/**
 * How late each second try begins, when the platform answered the first with an error of its own: after its back-off, and after
 * the second that a chat has between two calls.
 */
async function takeRetries(world: World, from: number): Promise<number[]> {
  await world.signal(
    from,
    Array.from({ length: RETRIES }, () => 3.1),
  );
  const late: number[] = [];
  for (let index = from; index < from + RETRIES; index += 1) {
    const chat = world.people[index]?.id ?? 0;
    const fault = world.api.fail({ method: 'sendMessage', chat, with: { status: 502 } });
    const first = nextCall(world, chat);
    await world.refresh(index);
    await first;
    fault.cancel();
    const [second, dueAt] = await Promise.all([nextCall(world, chat), findDue(world.running.deps.db, chat)]);
    late.push(second.at - dueAt);
  }
  return late;
}

async function findDue(db: Db, chat: number): Promise<number> {
  for (;;) {
    const rows = await db.prisma.$queryRaw<{ due_at: Date }[]>(sql`
      select greatest(d.next_attempt_at, p.recent[cardinality(p.recent)] + interval '1 second') as due_at
      from heartbeat.delivery d join heartbeat.place p on p.workspace_id = d.workspace_id and p.key = d.lane
      where d.place = ${`telegram:${chat}`} and d.status = 'pending' and d.attempts = 1`);
    if (rows[0]) return rows[0].due_at.getTime();
    await sleep(5);
  }
}

/** Messages for other chats, more than pacing lets out while the retries are taken. */
async function fillBacklog({ running, people }: World, from: number): Promise<void> {
  const { deps } = running;
  const drafts = people.slice(from).flatMap(({ id }) =>
    Array.from({ length: BACKLOG_EACH }, (_, index): DeliveryDraft => ({
      key: `backlog:${id}:${index}`,
      alertId: null,
      edge: 'backlog',
      place: { channel: 'telegram', chat: String(id), topic: null },
      operation: 'notice',
      silent: true,
      priority: PRIORITY.red,
      hold: null,
      payload: { kind: 'verification_lost', metric: 'backlog', name: `Backlog ${index}` },
    })),
  );
  await inTransaction(deps.db, (tx) =>
    enqueueDeliveries(tx, deps.jobs, { workspaceId: deps.workspaceId, drafts, now: new Date() }),
  );
  deps.outbox.kick();
}

function retryRow(figure: string, late: readonly number[]): BenchRow {
  const ours = toSample(late, 'ms');
  return {
    figure,
    ours,
    peer: null,
    ratio: null,
    goal: `≤ ${RETRY_GOAL_MS} ms`,
    ok: ours.max <= RETRY_GOAL_MS,
  };
}
