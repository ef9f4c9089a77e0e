import { afterEach, beforeEach, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import { routeAlert } from '../../src/alerts/index.ts';
import { requestLink } from '../../src/messages/index.ts';
import { followPeople, forgetLeavers, mergeLinked, proveLink, unlink } from '../../src/people/index.ts';
import type { Person } from '../../src/registry/index.ts';
import { MINUTE } from '../../src/lib/time.ts';
import { describeOnBothDatabases } from '../support/database.ts';
import { aMetric, aRegistry, ivan } from '../support/deps.ts';
import { ada, ann, createPeopleStage, type PeopleStage } from './stage.ts';

describeOnBothDatabases('linking a chat', (database) => {
  let stage: PeopleStage;

  beforeEach(async () => {
    await database.clear();
    stage = await createPeopleStage(database.db);
  });
  afterEach(() => stage.stop());

  const idOf = (email: string): number | null | undefined =>
    stage.deps.registry.current().people.find((one) => one.email === email)?.telegramId;

  /** Asks for a code as an account, and reads it from the mail. */
  async function codeFor(account: string, email = 'ann@shop.test'): Promise<string> {
    await requestLink(stage.deps, stage.callerOf(account), email);
    const mails = (await stage.said()).filter(({ edge }) => edge === 'link_code');
    expect(mails.map(({ place }) => place)).toEqual(['mail:Ann@shop.test']);
    return /\d{4} \d{4}/.exec(mails[0]?.text ?? '')?.[0].replace(' ', '') ?? '';
  }

  const wrongFor = (code: string): string => String((Number(code) + 1) % 1e8).padStart(8, '0');

  it('takes the code from the mailbox: mailbox and chat are proven at once', async () => {
    expect(stage.callerOf('77').person).toBeNull();
    const code = await codeFor('77', ' ANN@shop.test ');
    const proven = await proveLink(stage.deps, stage.callerOf('77'), code);
    expect(proven).toMatchObject({ kind: 'linked', person: { name: 'Ann' } });
    expect(stage.callerOf('77')).toMatchObject({ actor: 'Ann@shop.test', role: 'operator' });
    const journal = await stage.deps.db.prisma.$queryRaw(
      sql`select actor, verb, subject, after from heartbeat.journal where verb = 'people.link'`,
    );
    expect(journal).toEqual([
      {
        actor: 'Ann@shop.test',
        verb: 'people.link',
        subject: 'person:Ann@shop.test',
        after: { account: 'telegram:77' },
      },
    ]);
  });

  it('T16 leaves the code in no table, payload or journal', async () => {
    const code = await codeFor('77');
    await proveLink(stage.deps, stage.callerOf('77'), wrongFor(code));
    const tables = await stage.deps.db.prisma.$queryRaw<{ name: string }[]>(sql`
      select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('heartbeat', 'pgboss')`);
    const found = await Promise.all(
      tables.map(async ({ name }) => {
        const rows = await stage.deps.db.prisma.$queryRawUnsafe<{ n: number }[]>(
          `select count(*)::int as n from ${name} t where t::text like '%${code}%' or t::text like '%${code.slice(0, 4)} ${code.slice(4)}%'`,
        );
        return [name, rows[0]?.n];
      }),
    );
    expect(found.length).toBeGreaterThan(20);
    expect(found.filter(([, n]) => n !== 0)).toEqual([]);
  });

  it('T16 tells nobody whether an address is known: the same answer, a code that is never right', async () => {
    await requestLink(stage.deps, stage.callerOf('77'), 'nobody@else.test');
    expect(await stage.said()).toEqual([]);
    const tried = await proveLink(stage.deps, stage.callerOf('77'), '00000000');
    expect(tried).toEqual({ kind: 'wrong', left: 4 });
  });

  it('is over after five wrong codes, fifteen minutes, one right code, or a newer one', async () => {
    const first = await codeFor('77');
    for (const left of [4, 3, 2, 1, 0])
      expect(await proveLink(stage.deps, stage.callerOf('77'), wrongFor(first))).toEqual({
        kind: 'wrong',
        left,
      });
    expect(await proveLink(stage.deps, stage.callerOf('77'), first)).toEqual({ kind: 'none' });

    const second = await codeFor('77');
    stage.clock.add(15 * MINUTE);
    expect(await proveLink(stage.deps, stage.callerOf('77'), second)).toEqual({ kind: 'none' });

    const third = await codeFor('77');
    stage.clock.add(46 * MINUTE);
    const fourth = await codeFor('77');
    expect(third).not.toBe(fourth);
    expect(await proveLink(stage.deps, stage.callerOf('88'), fourth)).toEqual({ kind: 'none' });
    expect(await proveLink(stage.deps, stage.callerOf('77'), fourth)).toMatchObject({ kind: 'linked' });
    await expect(proveLink(stage.deps, stage.callerOf('77'), fourth)).rejects.toMatchObject({
      code: 'link_known',
    });
  });

  it('counts a try once for two at the same time', async () => {
    const code = await codeFor('77');
    const caller = stage.callerOf('77');
    const both = await Promise.all([1, 2].map(() => proveLink(stage.deps, caller, wrongFor(code))));
    expect(both.map((one) => ('left' in one ? `${one.left} left` : one.kind)).toSorted()).toEqual([
      '3 left',
      '4 left',
    ]);
    const done = await Promise.all([1, 2].map(() => proveLink(stage.deps, caller, code)));
    expect(done.map(({ kind }) => kind).toSorted()).toEqual(['linked', 'none']);
  });

  it('gives an account three codes an hour, and a mailbox five mails', async () => {
    for (let n = 0; n < 3; n += 1) await codeFor('77');
    await expect(requestLink(stage.deps, stage.callerOf('77'), 'x@y.test')).rejects.toMatchObject({
      code: 'link_too_many',
    });
    await codeFor('78');
    await codeFor('79');
    await requestLink(stage.deps, stage.callerOf('80'), 'ann@shop.test');
    expect(await stage.said()).toEqual([]);
    stage.clock.add(61 * MINUTE);
    expect(await codeFor('77')).toMatch(/^\d{8}$/);
  });

  it('sends no code that is over by the time its mail goes', async () => {
    await requestLink(stage.deps, stage.callerOf('77'), 'ann@shop.test');
    stage.clock.add(20 * MINUTE);
    expect((await stage.said())[0]?.composed).toEqual({ kind: 'skip', reason: 'the code is over' });
  });

  it('says what to do where no mail is set up, and refuses what is no address', async () => {
    stage.deps.channels = new Set(['telegram'] as const);
    await expect(requestLink(stage.deps, stage.callerOf('77'), 'ann@shop.test')).rejects.toMatchObject({
      code: 'link_no_mail',
      details: { key: 'telegram_id', id: '77' },
    });
    stage.deps.channels = new Set(['mail'] as const);
    await expect(requestLink(stage.deps, stage.callerOf('77'), 'ann')).rejects.toMatchObject({
      code: 'link_email_invalid',
    });
    await expect(requestLink(stage.deps, stage.callerOf('1001'), 'ann@shop.test')).rejects.toMatchObject({
      code: 'link_known',
    });
  });

  it('moves with a person to another chat; the old one is a stranger’s', async () => {
    await proveLink(stage.deps, stage.callerOf('77'), await codeFor('77'));
    await proveLink(stage.deps, stage.callerOf('78'), await codeFor('78'));
    expect([stage.callerOf('77').person, stage.callerOf('78').person?.name]).toEqual([null, 'Ann']);
    const rows = await stage.deps.db.prisma.$queryRaw(
      sql`select account, unlinked_reason from heartbeat.linked_account order by id`,
    );
    expect(rows).toEqual([
      { account: '77', unlinked_reason: 'replaced' },
      { account: '78', unlinked_reason: null },
    ]);
  });

  it('T16 does not change an account that the file names', async () => {
    const code = await codeFor('77');
    stage.deps.use(aRegistry([aMetric()], { people: [ivan, { ...ann, telegramId: 1002 }] }));
    await expect(proveLink(stage.deps, stage.callerOf('77'), code)).rejects.toMatchObject({
      code: 'link_file_names',
    });
    expect(idOf(ann.email)).toBe(1002);
  });

  it('ends by /unlink, which the file’s accounts refuse', async () => {
    await proveLink(stage.deps, stage.callerOf('77'), await codeFor('77'));
    await unlink(stage.deps, stage.callerOf('77'));
    expect(stage.callerOf('77').person).toBeNull();
    await expect(unlink(stage.deps, stage.callerOf('77'))).rejects.toMatchObject({ code: 'not_a_member' });
    await expect(unlink(stage.deps, stage.callerOf('1001'))).rejects.toMatchObject({
      code: 'unlink_by_file',
    });
  });

  it('counts in another process within two seconds', async () => {
    const { deps } = stage;
    let people: readonly Person[] = [];
    let told = 0;
    const other = await followPeople({ ...deps, put: (change) => (people = change([ivan, ann, ada])) });
    other.start(() => (told += 1));
    try {
      const code = await codeFor('77');
      const startedAtMs = performance.now();
      await proveLink(deps, stage.callerOf('77'), code);
      while (people[1]?.telegramId !== 77 && performance.now() - startedAtMs < 5_000)
        await new Promise((resolve) => setTimeout(resolve, 20));
      expect(people[1]?.telegramId).toBe(77);
      expect(performance.now() - startedAtMs).toBeLessThan(2_000);
      expect(told).toBe(1);
    } finally {
      await other.stop();
    }
  });

  it('is told again when what follows from it failed, also what changed before the start', async () => {
    const { deps } = stage;
    let told = 0;
    const follower = await followPeople({ ...deps, put: () => {} });
    await follower.reload();
    follower.start(() => {
      told += 1;
      if (told === 1) throw new Error('the database is away');
    });
    try {
      await expect.poll(() => told, { timeout: 5_000 }).toBe(2);
    } finally {
      await follower.stop();
    }
  });

  it('makes the owner a recipient, and ends with the entry in the file: alerts go to the ops inbox', async () => {
    await proveLink(stage.deps, stage.callerOf('77'), await codeFor('77'));
    const { deps } = stage;
    const routed = () => {
      const { people, workspace } = deps.registry.current();
      return routeAlert({
        metric: { owner: ann.email, teams: [] },
        people,
        workspace,
        channels: deps.channels,
      });
    };
    expect(routed()).toMatchObject({
      unowned: false,
      places: [{ chat: '77' }, { channel: 'mail', address: 'Ann@shop.test' }],
    });

    const without = aRegistry([aMetric()], { people: [ivan, ada] });
    deps.use(without);
    expect(stage.callerOf('77').person).toBeNull();
    expect(routed()).toMatchObject({ unowned: true, places: [{ chat: '-100300' }] });

    const { workspaceId, clock } = deps;
    await forgetLeavers(deps.db, { workspaceId, people: without.people, now: clock.now() });
    deps.use(aRegistry([aMetric()], { people: [ivan, ann] }));
    await deps.people.reload();
    expect(stage.callerOf('77').person, 'the same address in other hands').toBeNull();
    expect(mergeLinked([ann], { links: [], settings: [] })[0]?.telegramId).toBeNull();
  });
});
