import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import type { Person } from '../../src/registry/index.ts';
import { insertDelivery } from '../delivery/rows.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aMetric, aRegistry, ivan } from '../support/deps.ts';
import { createCommandWorld, textOf, vera, type CommandWorld } from './world.ts';

const database = withEmbeddedDatabase();
const SIESTA = { from: '13:00', to: '18:00' };
const quiet = (name: string, telegramId: number | null, over: Partial<Person> = {}): Person => ({
  ...ivan,
  email: `${name.toLowerCase()}@shop.test`,
  name,
  telegramId,
  quietHours: SIESTA,
  ...over,
});
const { workspace } = aRegistry([aMetric()]);
let world: CommandWorld;

beforeEach(async () => {
  await database.clear();
  world = await createCommandWorld(database.db, {
    workspace: {
      ...workspace,
      opsInbox: { ...workspace.opsInbox, telegram: 2003 },
      policies: { ...workspace.policies, escalation: ['owner', 'deputy@shop.test', 'ops'] },
    },
    people: [
      { ...ivan, quietHours: SIESTA },
      quiet('Deputy', 2001),
      quiet('Acker', 2002),
      quiet('Keeper', 2003),
      quiet('Awake', 2004, { email: 'deputy2@shop.test' }),
      quiet('Mailed', null, { email: 'mailed@shop.test' }),
      vera,
    ],
  });
});

const whyOf = async (): Promise<string> => textOf((await world.say(vera, '/why cr'))[0]);
const quietOnes = (text: string): string[] =>
  [...text.matchAll(/Quiet hours of (\w+) until 18:00/g)].map(([, name = '']) => name);

async function insertState(sourceAlertId: string | null): Promise<void> {
  await database.db.prisma.$executeRaw(sql`
    insert into heartbeat.metric_state (workspace_id, metric_id, source_alert_id)
    values ('shop', 'conversion', ${sourceAlertId}::uuid)`);
}

it('names the quiet hours of everybody who would hear of it, and of nobody else', async () => {
  expect(quietOnes(await whyOf())).toEqual(['Ivan', 'Deputy', 'Keeper']);
  await database.db.prisma.$executeRaw(sql`
    insert into heartbeat.alerts (id, workspace_id, number, metric_id, level, state, version, worst_level, opened_at, acked_by, acked_at)
    values (${randomUUID()}::uuid, 'shop', 7, 'conversion', 'red', 'acked', 1, 'red', now(), 'acker@shop.test', now())`);
  expect(quietOnes(await whyOf())).toEqual(['Ivan', 'Deputy', 'Acker', 'Keeper']);
});

it('lists what was sent of a silent source, with its ids, among what was sent of the alert', async () => {
  const [source, alert] = [randomUUID(), randomUUID()];
  await database.db.prisma.$executeRaw(sql`
    insert into heartbeat.source_alert (id, workspace_id, number, source, open_source, opened_at, metrics, ever_metrics)
    values (${source}::uuid, 'shop', 8, 'marts.orders', 'marts.orders', now(), array['conversion'], array['conversion'])`);
  await database.db.prisma.$executeRaw(sql`
    insert into heartbeat.alerts (id, workspace_id, number, metric_id, level, state, version, worst_level, opened_at)
    values (${alert}::uuid, 'shop', 7, 'conversion', 'red', 'firing', 1, 'red', now())`);
  const at = (minute: number) => `2026-11-20T12:0${minute}:00Z`;
  const ids = [
    await insertDelivery(database.db, { alertId: alert, createdAt: at(1) }),
    await insertDelivery(database.db, { alertId: source, edge: 'stale', createdAt: at(2) }),
    await insertDelivery(database.db, { alertId: alert, edge: 'acked', createdAt: at(3) }),
  ];
  await insertState(null);
  expect(await whyOf()).not.toContain(ids[1]);
  await database.db.prisma.$executeRaw(
    sql`update heartbeat.metric_state set source_alert_id = ${source}::uuid`,
  );
  const text = await whyOf();
  expect(ids.toReversed().map((id) => text.indexOf(id))).toEqual(
    ids.map((id) => text.indexOf(id)).toSorted((a, b) => a - b),
  );
  expect(text).toContain(ids[1]);
});
