import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTransaction, sql, type Db, type Jobs } from '../db/index.ts';
import {
  enqueueDeliveries,
  placeKey,
  PRIORITY,
  type DeliveryDraft,
  type Outbox,
  type Place,
} from '../delivery/index.ts';
import { recordAct } from '../journal/index.ts';
import type { Clock } from '../lib/clock.ts';
import { SECOND } from '../lib/time.ts';
import type { Caller } from '../people/index.ts';
import type { Notice } from './notices.ts';

/** What a test works with: less than the whole program has, so that a command of a shell can fire one. */
export type FireDeps = {
  db: Pick<Db, 'prisma'>;
  jobs: Pick<Jobs, 'send'>;
  workspaceId: string;
  clock: Clock;
  outbox: Pick<Outbox, 'kick'>;
};

/** What became of a test at one place. `tookMs`: from the request to the platform's yes. */
export type TestResult = { place: Place } & (
  | { kind: 'arrived'; tookMs: number }
  | { kind: 'refused'; reason: string }
  /** taken back: it will not come later either */
  | { kind: 'late'; waitedMs: number; reason: string | null }
);

/** A test that is on its way: the keys of its deliveries, by place. */
export type TestShot = { place: Place; key: string }[];

const PATIENCE_MS = 30 * SECOND;
const POLL_MS = 100;

/** Stores a marked message for each place, as an alert's would be, so that it takes the whole path; the journal says whose it is. */
export async function fireTest(
  deps: FireDeps,
  { places, by, caller }: { places: readonly Place[]; by: string; caller: Caller },
): Promise<TestShot> {
  const shot = places.map((place) => ({ place, key: `notice:test:${randomUUID()}:${placeKey(place)}` }));
  const drafts = shot.map(({ place, key }) => toDraft(place, key, by));
  const { db, jobs, workspaceId, clock, outbox } = deps;
  const now = clock.now();
  await inTransaction(db, async (tx) => {
    await enqueueDeliveries(tx, jobs, { workspaceId, drafts, now });
    await recordAct(tx, caller, {
      at: now,
      verb: 'test',
      subject: `workspace:${workspaceId}`,
      before: null,
      after: { places: places.map(placeKey) },
    });
  });
  outbox.kick();
  return shot;
}

function toDraft(place: Place, key: string, by: string): DeliveryDraft {
  const payload: Notice = { kind: 'test', by };
  return {
    key,
    alertId: null,
    edge: 'test',
    place,
    operation: 'notice',
    silent: false,
    priority: PRIORITY.press,
    hold: null,
    payload,
  };
}

type Row = { key: string; status: string; reason: string | null; took_ms: number | null };

/** Waits until every place has said yes or no, for 30 s at most; what nobody sent by then is taken back. */
export async function awaitTest(
  deps: Pick<FireDeps, 'db' | 'workspaceId'>,
  shot: TestShot,
  patienceMs = PATIENCE_MS,
): Promise<TestResult[]> {
  const startedAtMs = performance.now();
  let rows = await readRows(deps, shot);
  while (rows.some(isUnderWay) && performance.now() - startedAtMs < patienceMs) {
    await sleep(POLL_MS);
    rows = await readRows(deps, shot);
  }
  if (rows.some(isUnderWay)) rows = await takeBack(deps, shot);
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return shot.map(({ place, key }) => ({ place, ...toResult(byKey.get(key), patienceMs) }));
}

function isUnderWay({ status }: Row): boolean {
  return status === 'pending' || status === 'sending' || status === 'held';
}

function toResult(row: Row | undefined, waitedMs: number) {
  if (row?.status === 'sent' && row.took_ms !== null)
    return { kind: 'arrived', tookMs: Math.round(row.took_ms) } as const;
  if (row?.status === 'dead') return { kind: 'refused', reason: row.reason ?? '' } as const;
  return { kind: 'late', waitedMs, reason: row?.reason ?? null } as const;
}

async function readRows(
  { db, workspaceId }: Pick<FireDeps, 'db' | 'workspaceId'>,
  shot: TestShot,
): Promise<Row[]> {
  return db.prisma.$queryRaw<Row[]>(sql`
    select key, status, reason, (extract(epoch from sent_at - created_at) * 1000)::float8 as took_ms
    from heartbeat.delivery where workspace_id = ${workspaceId} and key = any(${shot.map(({ key }) => key)})`);
}

/** Ends what still waits and keeps why it does; a message that is being sent right now ends as it ends. */
async function takeBack(deps: Pick<FireDeps, 'db' | 'workspaceId'>, shot: TestShot): Promise<Row[]> {
  const { db, workspaceId } = deps;
  await db.prisma.$executeRaw(sql`
    update heartbeat.delivery set status = 'superseded'
    where workspace_id = ${workspaceId} and key = any(${shot.map(({ key }) => key)}) and status in ('pending', 'held')`);
  return readRows(deps, shot);
}
