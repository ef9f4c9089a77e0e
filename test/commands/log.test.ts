import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import { getDelivery } from '../../src/delivery/index.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aMetric, aRegistry, ivan } from '../support/deps.ts';
import { insertDelivery } from '../delivery/rows.ts';
import { createCommandWorld, pressesOf, textOf, vera, type CommandWorld } from './world.ts';

const database = withEmbeddedDatabase();
let world: CommandWorld;

beforeEach(async () => {
  await database.clear();
  world = await createCommandWorld(database.db);
});

async function insertAlert(number: number, metricId = 'conversion'): Promise<string> {
  const id = randomUUID();
  await database.db.prisma.$executeRaw(sql`
    insert into heartbeat.alerts (id, workspace_id, number, metric_id, level, state, version, worst_level, opened_at)
    values (${id}::uuid, 'shop', ${number}::int, ${metricId}, 'red', 'firing', 1, 'red', now())`);
  return id;
}

const log = async (text: string, person = ivan): Promise<string> =>
  textOf((await world.say(person, text))[0]);

it('lists the newest deliveries with alert, metric, place and state, a page at a time', async () => {
  const alertId = await insertAlert(1042);
  for (let n = 0; n < 8; n += 1)
    await insertDelivery(database.db, { edge: 'value_changed', operation: 'edit' });
  await insertDelivery(database.db, { alertId, status: 'sent', place: 'telegram:1001' });
  const [first] = await world.say(ivan, '/log');
  expect(textOf(first)).toContain('red → Ivan · A-1042 Checkout conversion · message · sent');
  expect(first?.lines).toHaveLength(9);
  const [older] = pressesOf(first);
  const { answers } = await world.press(ivan, older ?? '');
  expect(answers[0]?.lines).toHaveLength(2);
  expect(pressesOf(answers[0])).toEqual(['1:lg:n:']);
});

it('narrows to today, to what failed, to a metric and to an alert', async () => {
  const alertId = await insertAlert(1042);
  const other = await insertAlert(1043, 'revenue');
  await insertDelivery(database.db, { alertId, createdAt: '2026-11-20T00:30:00Z', edge: 'entered_red' });
  await insertDelivery(database.db, { alertId, createdAt: '2026-11-19T22:30:00Z', edge: 'resolved' });
  await insertDelivery(database.db, {
    alertId: other,
    status: 'dead',
    edge: 'acked',
    createdAt: '2026-11-01T00:00Z',
  });
  const lines = (text: string): string[] =>
    text
      .split('\n')
      .slice(1)
      .map((line) => line.split(' → ')[0] ?? '');
  expect(lines(await log('/log today'))).toEqual(['01:30 red']);
  expect(lines(await log('/log failed'))).toEqual([expect.stringContaining('acked')]);
  expect(lines(await log('/log cr'))).toHaveLength(2);
  expect(lines(await log('/log A-1043'))).toEqual([expect.stringContaining('acked')]);
  expect(lines(await log('/log cr today'))).toEqual(['01:30 red']);
  expect(lines(await log('/log сегодня growth'))).toEqual(['01:30 red']);
  expect(lines(await log('/log failed A-1043'))).toEqual([expect.stringContaining('acked')]);
  for (const none of ['/log failed today', '/log A-1043 failed today', '/log cr failed', '/log today A-1043'])
    expect(await log(none)).toContain('Nothing here.');
  expect(await log('/log cr failed today')).toMatch(
    /^📜 Could not be delivered today · Checkout conversion\n/u,
  );
  expect(await log('/log A-7')).toContain('A-7');
  expect(await log('/log nonsense')).toContain('Did you mean');
});

it('keeps what narrows it from page to page', async () => {
  const alertId = await insertAlert(1042);
  for (let n = 0; n < 9; n += 1)
    await insertDelivery(database.db, { alertId, status: 'dead', createdAt: '2026-11-20T00:30:00Z' });
  await insertDelivery(database.db, { alertId, status: 'sent', createdAt: '2026-11-20T00:30:00Z' });
  const [first] = await world.say(vera, '/log cr failed');
  expect(first?.lines).toHaveLength(9);
  const { answers } = await world.press(vera, pressesOf(first).at(-1) ?? '');
  expect(textOf(answers[0])).toMatch(/^📜 Could not be delivered · Checkout conversion\n/u);
  expect(answers[0]?.lines).toHaveLength(2);
});

it('takes a metric by its whole name, whatever words that has', async () => {
  world = await createCommandWorld(database.db, {
    metrics: aRegistry([
      aMetric({ id: 'failed_payments', name: 'Payments failed', synonyms: ['failed today'] }),
    ]).metrics,
  });
  const title = async (text: string): Promise<string> => (await log(text)).split('\n')[0] ?? '';
  expect(await title('/log Payments failed')).toBe('📜 Delivery log · Payments failed');
  expect(await title('/log failed today'), 'the words of the command come first').toBe(
    '📜 Could not be delivered today',
  );
  expect(await title('/log payments failed today')).toBe('📜 Could not be delivered today · Payments failed');
});

it('T17 retries a dead letter by its button, once, for an approver; a viewer sees no button and may not', async () => {
  const id = await insertDelivery(database.db, { status: 'dead', attempts: 2, reason: 'blocked' });
  expect(pressesOf((await world.say(vera, '/log failed'))[0])).toEqual([]);
  const [retry = ''] = pressesOf((await world.say(ivan, '/log failed'))[0]);
  expect(retry).toBe(`1:rt:${id}`);
  expect((await world.press(vera, retry)).toast).toContain('takes the role approver');
  expect((await getDelivery(database.db, 'shop', id)).status).toBe('dead');
  expect((await world.press(ivan, retry)).toast).toBe('It is sent again now. /log shows how it goes.');
  expect((await getDelivery(database.db, 'shop', id)).status).toBe('pending');
  expect((await world.press(ivan, retry)).toast).toContain('Only a message that was given up');
  expect((await world.press(ivan, `1:rt:${randomUUID()}`)).toast).toContain('There is no delivery');
});
