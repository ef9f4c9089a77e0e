import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import { insertDelivery } from '../delivery/rows.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { createCommandWorld, NOW, pressesOf, textOf, vera, type CommandWorld } from './world.ts';

const database = withEmbeddedDatabase();
let world: CommandWorld;

beforeEach(async () => {
  await database.clear();
  world = await createCommandWorld(database.db);
});

it('is calm when nothing is wrong', async () => {
  world.deps.readiness = async () => ({
    parts: [{ name: 'database', ok: true, severity: 'error', reason: null }],
    lastLoopAt: new Date(NOW),
  });
  const [answer] = await world.say(vera, '/health');
  expect(textOf(answer)).toBe(
    [
      '🩺 Heartbeat is well',
      '✅ database',
      'Looked for due metrics 0\u202Fms ago · none is late',
      'No message waits',
      'Today nothing was given up.',
    ].join('\n'),
  );
  expect(pressesOf(answer)).toEqual([]);
});

it('tells of late ticks, waiting and failed messages, silent sources and places that cannot be reached', async () => {
  const { prisma } = database.db;
  world.deps.readiness = async () => ({
    parts: [{ name: 'telegram', ok: false, severity: 'warning', reason: '401 Unauthorized' }],
    lastLoopAt: null,
  });
  const minutesAgo = (minutes: number) => new Date(Date.parse(NOW) - minutes * 60_000);
  await prisma.$executeRaw(sql`
    insert into heartbeat.metric_state (workspace_id, metric_id, next_due_at)
    values ('shop', 'conversion', ${minutesAgo(5)}), ('shop', 'retired', ${minutesAgo(90)})`);
  await insertDelivery(database.db, { dueInMs: -95_000 });
  await insertDelivery(database.db, { status: 'held' });
  await insertDelivery(database.db, { status: 'dead', createdAt: '2026-11-20T00:30:00Z' });
  await insertDelivery(database.db, { status: 'dead', createdAt: '2026-11-19T22:30:00Z' });
  await prisma.$executeRaw(sql`
    insert into heartbeat.source_alert (id, workspace_id, number, source, opened_at, recovered_at, metrics, ever_metrics)
    values (${randomUUID()}::uuid, 'shop', 1, 'marts.orders', ${minutesAgo(60)}, null, array['conversion'], array['conversion']),
           (${randomUUID()}::uuid, 'shop', 2, 'marts.old', ${minutesAgo(90)}, ${minutesAgo(80)}, array[]::text[], array['conversion'])`);
  await prisma.$executeRaw(sql`
    insert into heartbeat.place (workspace_id, key, channel, gone_at, gone_reason, held_until)
    values ('shop', 'telegram:1001', 'telegram', ${minutesAgo(10)}, 'the bot was blocked', null),
           ('shop', 'telegram:*', 'telegram', null, null, '2027-01-01T00:00:00Z')`);
  const [answer] = await world.say(vera, '/health');
  const text = textOf(answer).replaceAll('\u202F', ' ').replaceAll('\u00A0', ' ');
  expect(text).toMatch(/^🩺 One part is in trouble\n⚠️ telegram: 401 Unauthorized\n/);
  expect(text).toContain('Has not looked for due metrics yet · one is late by 5 min: Checkout conversion');
  expect(text).toMatch(/One message waits, for 1 min 3\d s · 1 held by quiet hours or maintenance/);
  expect(text).toContain('Today one message was given up.');
  expect(text).toContain('Nothing fresh from marts.orders since 13:00: one metric is stale');
  expect(text).not.toContain('marts.old');
  expect(text).toContain('⚠️ Ivan cannot be reached since 13:50 · the bot was blocked');
  expect(text).toContain('⚠️ telegram was told to wait until');
  expect(pressesOf(answer)).toEqual(['1:lg:f:']);
});
