import { expect, it } from 'vitest';
import { sql } from '../src/db/index.ts';
import { forgetOld } from '../src/upkeep.ts';
import { withEmbeddedDatabase } from './support/database.ts';

const NOW = new Date('2026-11-20T13:00:00Z');
const database = withEmbeddedDatabase();

it('forgets old updates, tickets, answers and questions, and keeps the young', async () => {
  const { prisma } = database.db;
  await prisma.$executeRaw(sql`
    insert into heartbeat.handled_update (channel, update_id, at)
    values ('telegram', 'old', now() - interval '8 days'), ('telegram', 'young', now() - interval '6 days')`);
  await prisma.$executeRaw(sql`
    insert into heartbeat.api_request (workspace_id, actor, key, request_hash, at)
    values ('shop', 'api:a', 'old', 'h', now() - interval '3 days'), ('shop', 'api:a', 'young', 'h', now())`);
  await prisma.$executeRaw(sql`
    insert into heartbeat.conversation (workspace_id, key, state, expires_at)
    values ('shop', 'old', '{}', ${NOW}), ('shop', 'young', '{}', ${new Date(NOW.getTime() + 1)})`);
  await forgetOld({ db: database.db, clock: { now: () => NOW } });
  expect(await prisma.$queryRaw(sql`select update_id from heartbeat.handled_update`)).toEqual([
    { update_id: 'young' },
  ]);
  expect(await prisma.$queryRaw(sql`select key from heartbeat.api_request`)).toEqual([{ key: 'young' }]);
  expect(await prisma.$queryRaw(sql`select key from heartbeat.conversation`)).toEqual([{ key: 'young' }]);
});
