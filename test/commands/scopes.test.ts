import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import type { Answer } from '../../src/answers/index.ts';
import { sql } from '../../src/db/index.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aMetric, aRegistry, ivan } from '../support/deps.ts';
import { insertDelivery } from '../delivery/rows.ts';
import { createCommandWorld, pressesOf, textOf, vera, type CommandWorld } from './world.ts';

const database = withEmbeddedDatabase();
let world: CommandWorld;

const METRICS = [
  aMetric(),
  aMetric({ id: 'kyc', name: 'KYC backlog', synonyms: ['risk'], teams: ['Risk & rules'], domain: 'rules' }),
  aMetric({ id: 'reports', name: 'Late reports', synonyms: [], teams: ['Risk & rules'], tags: ['slo'] }),
];

beforeAll(async () => {
  const { metrics } = aRegistry(METRICS);
  world = await createCommandWorld(database.db, { metrics, people: [ivan, vera] });
  for (let number = 1; number <= 9; number += 1)
    await insertAlert(number, number === 1 ? 'conversion' : number % 2 === 0 ? 'kyc' : 'reports');
});

async function insertAlert(number: number, metricId: string): Promise<void> {
  const id = randomUUID();
  await database.db.prisma.$executeRaw(sql`
    insert into heartbeat.alerts (id, workspace_id, number, metric_id, level, state, version, value, worst_level, opened_at)
    values (${id}::uuid, 'shop', ${number}::int, ${metricId}, 'red', 'firing', 1, 3.1, 'red', ${world.clock.now()})`);
  await insertDelivery(database.db, { alertId: id, status: 'sent', place: 'telegram:1001' });
}

const say = async (text: string): Promise<Answer> => (await world.say(vera, text))[0] ?? { lines: [] };
const numbersOf = (answer: Answer | undefined): number[] =>
  [...textOf(answer).matchAll(/A-(\d+)/g)].map((match) => Number(match[1]));

it('narrow the open alerts to a team, a domain or a tag, page by page', async () => {
  expect(numbersOf(await say('/alerts'))).toHaveLength(7);
  expect(numbersOf(await say('/alerts 2'))).toEqual([8, 9]);
  const first = await say('/alerts risk & rules');
  expect(textOf(first)).toMatch(/^🔔 8 open alerts · Risk & rules · page 1 of 2\n/u);
  expect(numbersOf(first)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  const next = pressesOf(first).at(-1) ?? '';
  expect(next).toMatch(/^1:l:1:n\.~/);
  const { answers } = await world.press(vera, next);
  expect(textOf(answers[0])).toMatch(/ · Risk & rules · page 2 of 2\n/);
  expect(numbersOf(answers[0])).toEqual([9]);
  expect(numbersOf(await say('/alerts Risk & rules 2'))).toEqual([9]);
  expect(numbersOf(await say('/alerts tag:slo'))).toEqual([3, 5, 7, 9]);
  expect(numbersOf(await say('/alerts domain:rules'))).toEqual([2, 4, 6, 8]);
  expect(numbersOf(await say('/alerts all'))).toHaveLength(7);
  expect(textOf(await say('/alerts @me'))).toBe('🟢 No open alerts: mine');
  const asked = await say('/alerts growht');
  expect(textOf(asked)).toContain('No team, domain or tag is called “growht”.');
  expect(pressesOf(asked)[0]).toBe('1:l:0:n.growth');
});

it('narrow the delivery log; the whole name of a metric is the metric', async () => {
  expect(numbersOf(await say('/log team:Risk & rules'))).toEqual([9, 8, 7, 6, 5, 4, 3, 2]);
  const growth = await say('/log growth');
  expect(textOf(growth)).toMatch(/^📜 Delivery log · growth\n/u);
  expect(numbersOf(growth)).toEqual([9, 7, 5, 3, 1]);
  expect(numbersOf(await say('/log risk'))).toEqual([8, 6, 4, 2]);
  expect(numbersOf(await say('/log rules'))).toEqual([8, 6, 4, 2]);
  expect(textOf(await say('/log tag:none'))).toContain('No team, domain or tag is called “none”.');
});

it('keep their pages in the log', async () => {
  for (let n = 0; n < 9; n += 1) await insertAlert(100 + n, 'conversion');
  const first = await say('/log domain:growth');
  const [older = ''] = pressesOf(first);
  expect(older).toMatch(/^1:lg:d\.growth:/);
  const { answers } = await world.press(vera, older);
  expect(textOf(answers[0])).toMatch(/^📜 Delivery log · growth\n/u);
  expect(numbersOf(answers[0])).toEqual([100, 9, 7, 5, 3, 1]);
});

it('in a room are of its teams, with the way to see all, page by page', async () => {
  const room = { roomTeams: ['Risk & rules'] };
  const inRoom = async (text: string): Promise<Answer> =>
    (await world.say(vera, text, room))[0] ?? { lines: [] };
  const pressLast = async (answer: Answer): Promise<Answer> =>
    (await world.press(vera, pressesOf(answer).at(-1) ?? '', room)).answers[0] ?? { lines: [] };

  const alerts = await inRoom('/alerts');
  expect(textOf(alerts)).toMatch(/^🔔 8 open alerts · Risk & rules · page 1 of 2\n/u);
  expect(textOf(alerts)).toMatch(
    /\nThis room’s teams alone: Risk & rules\. \/alerts all shows everything\.$/,
  );
  expect(numbersOf(alerts)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  expect(numbersOf(await pressLast(alerts))).toEqual([9]);
  const all = await inRoom('/alerts all');
  expect(textOf(all)).not.toContain('This room');
  expect(numbersOf(all)).toContain(1);
  expect(numbersOf(await pressLast(all))).toContain(9);
  expect(textOf(await pressLast(all))).toMatch(/ · page 2 of \d\n/);
  expect(textOf(await pressLast(all))).not.toContain('This room');

  const log = await inRoom('/log');
  expect(textOf(log)).toMatch(/^📜 Delivery log · Risk & rules\n/u);
  expect(textOf(log)).toMatch(/ \/log all shows everything\.$/);
  expect(numbersOf(log)).toEqual([9, 8, 7, 6, 5, 4, 3, 2]);
  expect(textOf(await inRoom('/log failed'))).toMatch(/ \/log all failed shows everything\.$/);
  const everything = await inRoom('/log all');
  expect(numbersOf(everything)).toContain(108);
  expect(numbersOf(await pressLast(everything))).toContain(100);
  expect(numbersOf(await inRoom('/log cr'))).toContain(108);
});
