import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJobs, inTransaction, openDatabase, silentLog, sql, type Db } from '../src/db/index.ts';
import type { CallView } from '../src/playground/bot-api/index.ts';
import { enqueueDeliveries, PRIORITY, type DeliveryDraft } from '../src/delivery/index.ts';
import { benchBurst } from './burst.ts';
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
  const ours: number[][] = [];
  const peer: number[][] = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    ours.push(await takeAlerts(world, commits, batch * ALERTS));
    peer.push(await relay.take(ALERTS));
  }
  await relay.close();
  return latencyRows(ours.slice(1), peer.slice(1));
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

/** What a durable relay takes at least: a job in the same database, sent in a transaction, whose worker makes a call. */
async function openRelay(databaseUrl: string) {
  const db = await openDatabase({ databaseUrl, dataDir: '' });
  const jobs = await createJobs(db, [{ name: 'relay' }], silentLog);
  let arrived = Promise.withResolvers<number>();
  const server = createServer((_, response) => {
    arrived.resolve(preciseNow());
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await jobs.work('relay', { batchSize: 20 }, async () => {
    request({ port, host: '127.0.0.1', method: 'POST' }, (response) => response.resume()).end('{}');
  });
  return {
    take: async (count: number): Promise<number[]> => {
      const times: number[] = [];
      for (let index = 0; index < count; index += 1) {
        arrived = Promise.withResolvers<number>();
        await inTransaction(db, (tx) => jobs.send(tx, 'relay', [{ data: { index } }]));
        const committedAt = preciseNow();
        times.push((await arrived.promise) - committedAt);
        await sleep(PAUSE_MS / 2);
      }
      return times;
    },
    close: async () => {
      await jobs.stop();
      server.closeAllConnections();
      server.close();
      await db.close();
    },
  };
}

function latencyRows(ours: readonly number[][], peer: readonly number[][]): BenchRow[] {
  return ([95, 50] as const).map((rank) => {
    const our = samplesOf(ours, rank);
    const their = samplesOf(peer, rank);
    return {
      figure: `reading committed → call to the chat begins, p${rank}`,
      ours: our,
      peer: { name: 'durable relay on pg-boss', sample: their },
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
