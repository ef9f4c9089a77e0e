import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createLookup } from '../../../src/channels/slack/lookup.ts';
import { createSelf } from '../../../src/channels/slack/self.ts';
import { sql } from '../../../src/db/index.ts';
import { unlink } from '../../../src/people/index.ts';
import type { Person } from '../../../src/registry/index.ts';
import { withEmbeddedDatabase } from '../../support/database.ts';
import { ivan } from '../../support/deps.ts';
import { ada, ann, createPeopleStage, type PeopleStage } from '../../people/stage.ts';
import { keepLog } from '../requests.ts';
import { startSlack } from './slack.ts';

const database = withEmbeddedDatabase();
const inFile: Person = { ...ivan, slackId: 'U0IVAN' };
let stage: PeopleStage;

beforeEach(() => database.clear());
afterEach(() => stage.stop());

async function startLookups(people: readonly Person[], { processes = 1, gapMs = 5 } = {}) {
  stage = await createPeopleStage(database.db, people);
  const { slack, channel } = await startSlack();
  const { log, lines } = keepLog();
  const deps = { ...stage.deps, log };
  const self = createSelf(channel.client);
  const make = () => {
    const lookup = createLookup({ deps, client: channel.client, self, gapMs });
    onTestFinished(() => lookup.stop());
    return lookup;
  };
  const lookups = Array.from({ length: processes }, make);
  return {
    slack,
    lines,
    make,
    start: () => lookups.forEach((lookup) => lookup.start()),
    stop: () => Promise.all(lookups.map((lookup) => lookup.stop())),
    look: () => lookups.forEach((lookup) => lookup.look()),
    asked: () =>
      slack.calls.flatMap(({ method, params }) =>
        method === 'users.lookupByEmail' ? [params['email']] : [],
      ),
    slackOf: (name: string) => stage.deps.registry.current().people.find((one) => one.name === name)?.slackId,
  };
}

function addPerson(person: Person): void {
  const registry = stage.deps.registry.current();
  stage.deps.use({ ...registry, people: [...registry.people, person] });
}
const journal = () =>
  database.db.prisma.$queryRaw(
    sql`select actor, verb, subject, after from heartbeat.journal order by at, id`,
  );

describe('people without a Slack account', () => {
  it('are looked up by e-mail, remembered and journalled; who is not there is asked for once', async () => {
    const { start, look, asked, slackOf } = await startLookups([inFile, ada, ann]);
    start();
    await expect.poll(() => slackOf('Ann')).toBe('U0ANN');
    expect(asked()).toEqual(['ada@shop.test', 'Ann@shop.test']);
    const after: object = { account: 'slack:U0ANN', by: 'e-mail' };
    const entry = { actor: 'heartbeat', verb: 'people.link', subject: 'person:Ann@shop.test', after };
    expect(await journal()).toEqual([entry]);
    addPerson({ ...ada, email: 'vera@shop.test', name: 'Vera' });
    look();
    await expect.poll(() => slackOf('Vera')).toBe('U0VERA');
    expect(asked()).toEqual(['ada@shop.test', 'Ann@shop.test', 'vera@shop.test']);
  });

  it('T16 are not found in accounts of others: bots, strangers, who left, whom the file names otherwise', async () => {
    const others = ['bot', 'guest', 'left', 'other', 'channel', 'named'];
    const people = others.map((name) => ({ ...ann, name, email: `${name}@shop.test` }));
    const { slack, start, asked, slackOf } = await startLookups([inFile, ...people]);
    slack.user({ id: 'U0BOT', name: 'bot', email: 'bot@shop.test', isBot: true });
    slack.user({ id: 'U0OTHER', name: 'other', email: 'other@shop.test', team: 'T0OTHER' });
    slack.user({ id: 'U0IVAN', name: 'named', email: 'named@shop.test' });
    const answer = (user: object) => ({ status: 200, body: JSON.stringify({ ok: true, user }) });
    slack.fail({ method: 'users.lookupByEmail', times: 1, with: { delayMs: 0 } });
    slack.fail({ method: 'users.lookupByEmail', with: answer({ id: 'U0GUEST', is_stranger: true }) });
    slack.fail({ method: 'users.lookupByEmail', with: answer({ id: 'U0LEFT', deleted: true }) });
    slack.fail({ method: 'users.lookupByEmail', times: 1, with: { delayMs: 0 } });
    slack.fail({ method: 'users.lookupByEmail', with: answer({ id: 'C0CHANNEL' }) });
    start();
    await expect.poll(() => asked().length).toBe(others.length);
    await expect.poll(() => slack.calls.at(-1)?.ok).toBe(true);
    expect(others.map(slackOf)).toEqual(others.map(() => null));
    expect(await journal()).toEqual([]);
  });

  it('who took an account back are not linked to it again', async () => {
    const { slack, start, stop, make, slackOf, asked } = await startLookups([ann]);
    start();
    await expect.poll(() => slackOf('Ann')).toBe('U0ANN');
    await stop();
    await unlink(stage.deps, stage.callerOf('U0ANN', 'slack'));
    expect(slackOf('Ann')).toBeNull();
    make().start();
    await expect.poll(() => asked().length).toBe(2);
    await expect.poll(() => slack.calls.at(-1)?.ok).toBe(true);
    expect(slackOf('Ann')).toBeNull();
    expect(await journal()).toMatchObject([{ verb: 'people.link' }, { verb: 'people.unlink' }]);
  });

  it('are asked for by one process, one at a time', async () => {
    const people = [1, 2, 3].map((n) => ({ ...ann, name: `${n}`, email: `${n}@shop.test` }));
    const { slack, start, asked } = await startLookups(people, { processes: 3, gapMs: 100 });
    start();
    await expect.poll(() => asked().length).toBe(3);
    const at = slack.calls.filter(({ method }) => method === 'users.lookupByEmail').map((call) => call.at);
    const gaps = at.slice(1).map((one, index) => one - (at[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(95);
    expect(asked()).toEqual(['1@shop.test', '2@shop.test', '3@shop.test']);
  });

  it('are asked for again when Slack wants us to wait, after as long as told', async () => {
    const { slack, start, look, slackOf } = await startLookups([ann]);
    slack.fail({ method: 'users.lookupByEmail', with: { status: 429, retryAfter: 1 } });
    const begunMs = performance.now();
    start();
    await expect.poll(() => slack.calls.length).toBeGreaterThan(0);
    look();
    await expect.poll(() => slackOf('Ann'), { timeout: 5_000 }).toBe('U0ANN');
    expect(performance.now() - begunMs).toBeGreaterThanOrEqual(1_000);
  });

  it('stay as they are where the app may not ask; that is told once, without secrets', async () => {
    const { slack, lines, start, look, asked } = await startLookups([ann, ada]);
    slack.fail({ method: 'users.lookupByEmail', times: 9, with: { error: 'missing_scope' } });
    start();
    await expect.poll(() => lines.length).toBe(1);
    look();
    await expect.poll(() => asked().length).toBe(1);
    expect(lines.join('')).toMatch(/missing_scope/);
    expect(lines.join('')).not.toContain(slack.token);
  });
});
