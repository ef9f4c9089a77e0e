import { beforeEach, expect, it } from 'vitest';
import { listJournal } from '../../src/journal/index.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { ivan } from '../support/deps.ts';
import { createCommandWorld, textOf, vera, type CommandWorld } from './world.ts';

const database = withEmbeddedDatabase();
let world: CommandWorld;

beforeEach(async () => {
  await database.clear();
  world = await createCommandWorld(database.db);
  world.deps.pulse.refresh = () => Promise.resolve({ kind: 'shared' });
});

const journal = async () => (await listJournal(database.db, { workspaceId: 'shop' })).items;

it('says in the journal who asked, when and from where, by words and by a button', async () => {
  expect(await world.say(ivan, '/refresh cr')).toHaveLength(2);
  world.clock.add(1_000);
  await world.press(ivan, '1:r:conversion');
  const asked = {
    actor: ivan.email,
    channel: 'telegram',
    verb: 'metric.refresh',
    subject: 'metric:conversion',
  };
  const now = world.clock.now();
  expect(await journal()).toMatchObject([
    { ...asked, at: now },
    { ...asked, at: new Date(now.getTime() - 1_000) },
  ]);
});

it('leaves the journal alone where it was refused', async () => {
  const [refusal] = await world.say(vera, '/refresh cr');
  expect(textOf(refusal)).toContain('takes the role operator');
  expect(await journal()).toEqual([]);
});
