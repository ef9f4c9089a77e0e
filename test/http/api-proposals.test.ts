import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import { ProposalItem } from '../../src/http/api/proposal-routes.ts';
import { listOf } from '../../src/http/api/schemas.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { createWorld, TOKENS, type World } from './world.ts';

const database = withEmbeddedDatabase();
let world: World;

beforeEach(async () => {
  await database.clear();
  world = await createWorld({ db: database.db, tokens: TOKENS });
});
afterEach(() => world.close());

async function store(number: number, state: string, workspaceId = world.deps.workspaceId): Promise<void> {
  await world.deps.db.prisma.$executeRaw(sql`
    insert into heartbeat.proposal (id, workspace_id, number, kind, subject, title, detail, state, proposed_by, proposed_at)
    values (${randomUUID()}::uuid, ${workspaceId}, ${number}::int, 'metric', 'orders', 'Orders', '{}', ${state}, 'heartbeat',
      '2026-11-20T09:00:00Z'::timestamptz)`);
}

const ask = (query = ''): Promise<Response> => world.ask(`/api/proposals${query}`, { token: 'look-only' });

async function read(query = '') {
  const { items, next } = listOf(ProposalItem, 'x').parse(await (await ask(query)).json());
  return { numbers: items.map(({ number }) => number), items, next };
}

it('lists what waits for a yes, of this workspace, newest first', async () => {
  expect(await read()).toEqual({ numbers: [], items: [], next: null });
  await store(1, 'open');
  await store(2, 'approved');
  await store(3, 'open');
  await store(4, 'open', 'other');
  const { numbers, items } = await read();
  expect(numbers).toEqual(['P-3', 'P-1']);
  expect(items[0]).toMatchObject({ subject: 'orders', state: 'open', version: 1, decided_by: null });
  expect((await read('?state=approved')).numbers).toEqual(['P-2']);
});

it('pages, and refuses a state and a cursor that are none', async () => {
  for (const number of [1, 2, 3]) await store(number, 'open');
  const first = await read('?limit=2');
  expect(first.numbers).toEqual(['P-3', 'P-2']);
  expect(await read(`?limit=2&cursor=${first.next}`)).toMatchObject({ numbers: ['P-1'], next: null });
  expect((await ask('?state=maybe')).status).toBe(400);
  expect((await ask('?cursor=x')).status).toBe(400);
});
