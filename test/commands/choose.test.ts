import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { commands } from '../../src/commands/index.ts';
import { chooseOpenAlert } from '../../src/commands/choose.ts';
import { sql } from '../../src/db/index.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aMetric, aRegistry, ivan } from '../support/deps.ts';
import { createCommandWorld, pressesOf, textOf, type CommandWorld } from './world.ts';

const database = withEmbeddedDatabase();
/** More than a page of the alerts. */
const STORM = 150;
const operator = { ...ivan, role: 'operator' as const };
let world: CommandWorld;

beforeEach(async () => {
  await database.clear();
  const all = Array.from({ length: STORM }, (_, at) =>
    aMetric({ id: `m_${at + 1}`, name: `Signal ${at + 1}`, synonyms: [] }),
  );
  const first = aMetric({ id: 'm_1', name: 'Checkout conversion', synonyms: ['cr'] });
  const { metrics } = aRegistry([first, ...all.slice(1)]);
  world = await createCommandWorld(database.db, { metrics, people: [operator] });
  for (let number = 1; number <= STORM; number += 1)
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.alerts (id, workspace_id, number, metric_id, level, state, version, value, worst_level, opened_at)
      values (${randomUUID()}::uuid, 'shop', ${number}::int, ${`m_${number}`}, 'red', 'firing', 1, 3.1, 'red', ${world.clock.now()})`);
});

const say = async (text: string): Promise<string> => textOf((await world.say(operator, text))[0]);

const choose = (query: string) => {
  const { deps } = world;
  const words = deps.wordsFor('en', 'Europe/Madrid');
  const context = { deps, words, caller: world.callerOf(operator), place: null, commands };
  return chooseOpenAlert(context, query, () => ({ lines: [] }));
};

it('an old alert of a storm is found by number and by metric', async () => {
  expect(await choose('A-5')).toMatchObject({ kind: 'one', value: { number: 5, metricId: 'm_5' } });
  expect(await choose('Signal 6')).toMatchObject({ kind: 'one', value: { number: 6 } });
  expect(await choose('cr')).toMatchObject({ kind: 'one', value: { number: 1 } });
  expect(await say('/ack A-5')).not.toMatch(/no open alert/i);
  expect(await say('/note cr a release')).toMatch(/A-1\b/);
  expect(await say('/note A-7 a release')).toMatch(/A-7\b/);
  const notes = await database.db.prisma.$queryRaw(sql`
    select a.number, n.text from heartbeat.alert_note n join heartbeat.alerts a on a.id = n.alert_id order by number`);
  expect(notes).toEqual([
    { number: 1, text: 'a release' },
    { number: 7, text: 'a release' },
  ]);
});

it('what is not open is told; without a name the newest are asked for', async () => {
  expect(await say('/ack A-999')).toMatch(/A-999/);
  const [asked] = await world.say(operator, '/ack');
  expect(pressesOf(asked).filter((press) => press.startsWith('1:a:'))).toEqual(
    [150, 149, 148, 147, 146, 145, 144, 143].map((number) => `1:a:${number}:1`),
  );
});
