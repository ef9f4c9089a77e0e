import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createOutbox, type Outbox } from '../../src/delivery/index.ts';
import { listDeliveries } from '../../src/delivery/index.ts';
import { listJournal } from '../../src/journal/index.ts';
import { awaitTest, createComposer, fireTest } from '../../src/messages/index.ts';
import { fakeChannel } from '../delivery/fake-channel.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { ivan } from '../support/deps.ts';
import { ada, createCommandWorld, textOf, vera, type CommandWorld } from './world.ts';

const database = withEmbeddedDatabase();
let world: CommandWorld;
let outbox: Outbox | undefined;

beforeEach(async () => {
  await database.clear();
  world = await createCommandWorld(database.db);
});
afterEach(async () => {
  await outbox?.stop();
  outbox = undefined;
});

async function startOutbox(): Promise<ReturnType<typeof fakeChannel>> {
  const fake = fakeChannel();
  outbox = createOutbox({
    ...world.deps,
    channels: [fake.channel],
    composer: createComposer(world.deps),
    log: pino({ level: 'silent' }),
  });
  await outbox.start();
  return fake;
}

const textsOf = (fake: ReturnType<typeof fakeChannel>): string[] =>
  fake.requests.map(({ answer }) => textOf(answer).split('\n')[0] ?? '');

it('sends a marked message the whole way, and says how long it took', async () => {
  const fake = await startOutbox();
  const [running, done] = await world.say(ivan, '/test');
  expect(textOf(running)).toBe('🧪 Test messages are on their way\nIvan');
  expect(textOf(done)).toMatch(/^🧪 Every test message arrived\n✅ Ivan: arrived after [\d.,]+.(ms|s)$/);
  expect(textsOf(fake)).toEqual(['🧪 Test: nothing is wrong']);
  const { items } = await listDeliveries(database.db, 'shop', { limit: 5 });
  expect(items).toMatchObject([
    { edge: 'test', status: 'sent', place: 'telegram:1001', operation: 'notice' },
  ]);
  expect((await listJournal(database.db, { workspaceId: 'shop' })).items).toMatchObject([
    {
      at: world.clock.now(),
      actor: ivan.email,
      channel: 'telegram',
      verb: 'test',
      subject: 'workspace:shop',
      after: { places: ['telegram:1001'] },
    },
  ]);
});

it('says why one did not arrive', async () => {
  const fake = await startOutbox();
  fake.script.push(() => ({ kind: 'gone', reason: '403 bot was blocked', statusCode: 403 }));
  const [, done] = await world.say(ada, '/test ops');
  expect(textOf(done)).toBe(
    '🧪 One test message did not arrive\n⛔ Telegram -100300: refused. 403 bot was blocked',
  );
});

it('refuses a viewer, an operator’s test of a room, and an unknown word', async () => {
  await startOutbox();
  const refusal = async (person: typeof ivan, text: string) => textOf((await world.say(person, text))[0]);
  expect(await refusal(vera, '/test')).toContain('takes the role operator');
  expect(await refusal(ivan, '/test ops')).toContain('takes the role admin');
  expect(await refusal(ivan, '/test pigeon')).toContain('“pigeon” cannot be tested');
  expect(await refusal(ivan, '/test mail')).toContain('no address to test');
  expect((await listDeliveries(database.db, 'shop', { limit: 5 })).items).toEqual([]);
  expect((await listJournal(database.db, { workspaceId: 'shop' })).items).toEqual([]);
});

it('takes back what nobody sends, so that no test comes hours later', async () => {
  const place = { channel: 'telegram', chat: '1001', topic: null } as const;
  const caller = world.callerOf(ivan);
  const shot = await fireTest(world.deps, { places: [place], by: 'Ivan', caller });
  expect(await awaitTest(world.deps, shot, 50)).toMatchObject([{ kind: 'late', waitedMs: 50, reason: null }]);
  const fake = await startOutbox();
  const again = await fireTest(world.deps, { places: [place], by: 'Ivan', caller });
  expect(await awaitTest(world.deps, again)).toMatchObject([{ kind: 'arrived' }]);
  expect(fake.requests).toHaveLength(1);
});
