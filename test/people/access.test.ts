import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { encodePress } from '../../src/answers/index.ts';
import { answerPress } from '../../src/commands/index.ts';
import { sql } from '../../src/db/index.ts';
import { HOUR } from '../../src/lib/time.ts';
import { askAccess, decideAccess } from '../../src/messages/index.ts';
import { describeOnBothDatabases } from '../support/database.ts';
import { aMetric, aRegistry, ivan } from '../support/deps.ts';
import { ada, createPeopleStage, type PeopleStage } from './stage.ts';

describeOnBothDatabases('asking for access', (database) => {
  let stage: PeopleStage;

  beforeEach(async () => {
    await database.clear();
    stage = await createPeopleStage(database.db, [ivan, ada]);
  });
  afterEach(() => stage.stop());

  const ask = (account = '666', name = 'Mallory') => askAccess(stage.deps, stage.callerOf(account), name);
  const decide = (request: number, decision: 'viewer' | 'operator' | 'denied', by = '1004') =>
    decideAccess(stage.deps, stage.callerOf(by), { request, decision });

  it('tells the admins, once an account while it is open', async () => {
    await ask();
    const said = await stage.said();
    expect(said.map(({ place, edge }) => [place, edge])).toEqual([['telegram:1004', 'access_request']]);
    expect(said[0]?.text).toMatch(/^🙋 Mallory asks for access\nTheir Telegram id: 666\n/);
    await expect(ask()).rejects.toMatchObject({ code: 'access_asked' });
    const both = await Promise.allSettled([ask('667'), ask('667')]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'fulfilled',
      'rejected',
    ]);
  });

  it('tells the ops inbox where no admin has a chat', async () => {
    stage.deps.use(aRegistry([aMetric()], { people: [ivan] }));
    await ask();
    expect((await stage.said()).map(({ place }) => place)).toEqual(['telegram:-100300']);
  });

  it('mails the ops inbox and the linked admins where no chat can be reached', async () => {
    const registry = aRegistry([aMetric()], {
      people: [ivan, { ...ada, telegramId: null, slackId: 'U0ADA' }],
    });
    const { workspace } = registry;
    const opsInbox = { ...workspace.opsInbox, telegram: null, email: 'ops@shop.test' };
    stage.deps.use({ ...registry, workspace: { ...workspace, opsInbox } });
    await ask();
    const said = await stage.said();
    expect(said.map(({ place, edge }) => [place, edge])).toEqual([
      ['mail:ops@shop.test', 'access_request'],
      ['mail:ada@shop.test', 'access_request'],
    ]);
    expect(said[0]?.text).toMatch(/Mallory asks for access\nTheir Telegram id: 666\n/);
  });

  it('says so when there is nobody to ask, and keeps no request', async () => {
    const registry = aRegistry([aMetric()], { people: [ivan, { ...ada, telegramId: null }] });
    const { workspace } = registry;
    const opsInbox = { ...workspace.opsInbox, telegram: null };
    stage.deps.use({ ...registry, workspace: { ...workspace, opsInbox } });
    await expect(ask()).rejects.toMatchObject({ code: 'access_nobody' });
    expect(await stage.said()).toEqual([]);
    const caller = stage.callerOf('666');
    const pressed = await answerPress(
      { deps: stage.deps, caller, words: stage.deps.wordsFor('en', 'UTC'), place: null },
      encodePress({ kind: 'access_ask' }),
    );
    expect(pressed.toast.toast).toMatch(/can reach no admin/);
    stage.deps.use(aRegistry([aMetric()], { people: [ivan, ada] }));
    await ask();
    expect((await stage.said()).map(({ place }) => place)).toEqual(['telegram:1004']);
  });

  it('is decided once, by an admin; who asked hears it, in their language, and nothing else', async () => {
    await askAccess(stage.deps, { ...stage.callerOf('666'), locale: 'ru' }, 'Mallory "M" # 1');
    await stage.said();
    await expect(decide(1, 'operator', '1001')).rejects.toMatchObject({ code: 'role_too_low' });
    await expect(decide(9, 'operator')).rejects.toMatchObject({ code: 'access_unknown' });
    const { entry } = await decide(1, 'operator');
    expect(parse(entry ?? '')).toEqual([
      { email: 'name@example.com', name: 'Mallory "M" # 1', role: 'operator', telegram_id: 666 },
    ]);
    expect((await stage.said()).map(({ place, text }) => [place, text])).toEqual([
      ['telegram:666', 'Вас впускают. Напишите /start немного погодя.'],
    ]);
    await expect(decide(1, 'denied')).rejects.toMatchObject({
      code: 'access_decided',
      details: { name: 'Ada' },
    });
    expect(stage.callerOf('666').person, 'the file says who is in').toBeNull();
  });

  it('is over with a no, for a day', async () => {
    await ask();
    await stage.said();
    expect((await decide(1, 'denied')).entry).toBeNull();
    expect((await stage.said())[0]?.text).toBe('There is no access for you here.');
    await expect(ask()).rejects.toMatchObject({ code: 'access_wait' });
    stage.clock.add(25 * HOUR);
    await ask();
    const journal = await stage.deps.db.prisma.$queryRaw(
      sql`select actor, verb from heartbeat.journal order by id`,
    );
    expect(journal).toEqual([
      { actor: 'telegram:666', verb: 'access.ask' },
      { actor: 'ada@shop.test', verb: 'access.decide' },
      { actor: 'telegram:666', verb: 'access.ask' },
    ]);
  });

  it('spares the admins a crowd, and refuses who is in', async () => {
    for (let n = 0; n < 30; n += 1) await ask(String(7_000 + n));
    await expect(ask('8000')).rejects.toMatchObject({ code: 'access_full' });
    await expect(ask('1001')).rejects.toMatchObject({ code: 'access_known' });
  });
});
