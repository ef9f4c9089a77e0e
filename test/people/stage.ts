/** Verbs about people over a real database: who asks, and what the mails and messages would say. */
import { lineText } from '../../src/answers/index.ts';
import { createJobs, sql, type Db } from '../../src/db/index.ts';
import { DELIVER_QUEUE, parsePlaceKey, type Composed } from '../../src/delivery/index.ts';
import { createComposer } from '../../src/messages/index.ts';
import { silentLog } from '../../src/db/index.ts';
import type { Caller } from '../../src/people/index.ts';
import type { Person } from '../../src/registry/index.ts';
import {
  aCaller,
  aMetric,
  aRegistry,
  createDeps,
  fakeWarehouse,
  ivan,
  single,
  stoppedClock,
} from '../support/deps.ts';
import type { TestDeps } from '../support/deps.ts';

export const NOW = '2026-11-20T13:00:00Z';
export const ann: Person = {
  ...ivan,
  email: 'Ann@shop.test',
  name: 'Ann',
  role: 'operator',
  telegramId: null,
};
export const ada: Person = { ...ivan, email: 'ada@shop.test', name: 'Ada', role: 'admin', telegramId: 1004 };

export type PeopleStage = {
  deps: TestDeps;
  clock: ReturnType<typeof stoppedClock>;
  /** somebody unknown, or whoever is linked to that account now */
  callerOf(account: string, channel?: 'telegram' | 'slack'): Caller;
  /** what was enqueued since the last look, with its words */
  said(): Promise<{ place: string; edge: string; text: string; composed: Composed }[]>;
  stop(): Promise<void>;
};

export async function createPeopleStage(
  db: Db,
  people: readonly Person[] = [ivan, ann, ada],
): Promise<PeopleStage> {
  const clock = stoppedClock(NOW);
  const jobs = await createJobs(db, [{ name: DELIVER_QUEUE }], silentLog);
  const deps = await createDeps({
    db,
    jobs,
    clock,
    warehouse: fakeWarehouse(() => single(1)).warehouse,
    registry: aRegistry([aMetric()], { people }),
  });
  deps.channels = new Set(['telegram', 'mail'] as const);
  let seen = 0n;
  return {
    deps,
    clock,
    stop: () => jobs.stop(),
    callerOf(account, channel = 'telegram') {
      const found = deps.registry
        .current()
        .people.find((one) => (channel === 'telegram' ? String(one.telegramId) : one.slackId) === account);
      return aCaller(found ?? null, {
        workspaceId: deps.workspaceId,
        actor: found?.email ?? `${channel}:${account}`,
        channel,
        locale: found?.locale ?? 'en',
      });
    },
    async said() {
      const rows = await db.prisma.$queryRaw<
        { id: string; seq: bigint; place: string; edge: string; payload: Record<string, unknown> }[]
      >(sql`select id, seq, place, edge, payload from heartbeat.delivery where seq > ${seen} order by seq`);
      seen = rows.at(-1)?.seq ?? seen;
      return Promise.all(rows.map((row) => speak(deps, row)));
    },
  };
}

type Row = { id: string; place: string; edge: string; payload: Record<string, unknown> };

async function speak(deps: TestDeps, { id, place, edge, payload }: Row) {
  const composed = await createComposer(deps).compose({
    id,
    alertId: null,
    edge,
    place: parsePlaceKey(place),
    lane: place,
    operation: 'notice',
    silent: false,
    priority: 2,
    attempts: 1,
    maybeSent: false,
    payload,
    createdAt: deps.clock.now(),
    dueAt: deps.clock.now(),
    wasHeld: false,
  });
  const text = composed.kind === 'send' ? composed.answer.lines.map(lineText).join('\n') : composed.reason;
  return { place, edge, text, composed };
}
