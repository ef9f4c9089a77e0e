import { beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answers/index.ts';
import { answerQuestion, type Question } from '../../src/commands/index.ts';
import { MINUTE } from '../../src/lib/time.ts';
import type { Person } from '../../src/registry/index.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aMetric, aRegistry, ivan } from '../support/deps.ts';
import { ada, createCommandWorld, pressesOf, textOf, vera, type CommandWorld, type Over } from './world.ts';

const database = withEmbeddedDatabase();
const olga: Person = {
  ...ivan,
  email: 'olga@shop.test',
  name: 'Olga',
  role: 'operator',
  teams: ['risk'],
  telegramId: 1005,
};
const METRICS = [
  aMetric(),
  aMetric({ id: 'kyc_backlog', name: 'KYC backlog', synonyms: [], teams: ['risk'], domain: 'compliance' }),
  aMetric({
    id: 'late_reports',
    name: 'Late reports',
    synonyms: [],
    teams: ['risk'],
    tags: ['slo'],
    domain: 'money',
  }),
  aMetric({ id: 'revenue', name: 'Revenue', synonyms: [], teams: ['growth'], domain: 'money' }),
];
let world: CommandWorld;
let round = 0;

beforeEach(async () => {
  await database.clear();
  const { metrics } = aRegistry(METRICS);
  world = await createCommandWorld(database.db, { metrics, people: [ivan, vera, ada, olga] });
  // sixty commands a minute are counted over the whole file
  round += 1;
  world.clock.add(round * 2 * MINUTE);
});

const say = async (person: Person, text: string, over?: Over): Promise<Answer> => {
  const [answer, ...more] = await world.say(person, text, over);
  expect(more).toEqual([]);
  return answer ?? { lines: [] };
};
const told = async (person: Person, text: string, over?: Over): Promise<string> =>
  textOf(await say(person, text, over));
const buttonOf = (answer: Answer, code: string): string =>
  pressesOf(answer).find((data) => data.startsWith(`1:${code}:`)) ?? `no ${code}`;
const tilesOf = (answer: Answer): string[] => {
  const spec = answer.picture?.spec;
  return spec?.kind === 'cockpit' ? spec.tiles.map(({ id }) => id) : [];
};
const inRoom = { place: { channel: 'telegram', chat: '-100200', topic: null } } as const;

describe('/watchlist', () => {
  it('makes a list of what is named at once, and draws it under its name, in its order', async () => {
    const made = await say(vera, '/watchlist create compliance late reports, kyc_backlog');
    expect(textOf(made)).toBe('📋 compliance is there.\nLate reports, KYC backlog\n2 metrics');
    const { answers } = await world.press(vera, buttonOf(made, 'wl'));
    const drawn = await say(vera, '/watchlist COMP');
    expect(answers[0]).toEqual(drawn);
    expect(textOf(drawn)).toMatch(/^. compliance/u);
    expect(drawn.picture?.spec).toMatchObject({ title: 'compliance' });
    expect(tilesOf(drawn)).toEqual(['late_reports', 'kyc_backlog']);
  });

  it('makes nothing of what is misspelt, and says what may be meant', async () => {
    const text = await told(vera, '/watchlist create monday review kyc');
    expect(text).toContain('“review kyc” is no metric here. Did you mean');
    expect(text).toContain('A name of several words stands in quotes');
    expect(await told(vera, '/watchlist create x tag:none')).toContain('“tag:none” is no metric here.\n');
    expect(await told(vera, '/watchlist')).toContain('There is no watchlist yet.');
  });

  it('asks for metrics where none are named, and takes them in words until they are understood', async () => {
    const asked: Question[] = [];
    const openQuestion = async (question: Question): Promise<void> => void asked.push(question);
    const question = await say(vera, '/watchlist create "week start"', { openQuestion });
    expect(textOf(question)).toMatch(/week start is there\.\n❓ Which metrics shall week start have\?/);
    expect(question.asks).toEqual({ hint: 'conversion, team:growth' });
    const [open] = asked;
    if (!open) throw new Error('nothing was asked');
    const context = {
      deps: world.deps,
      caller: world.callerOf(vera),
      words: world.deps.wordsFor('en', 'UTC'),
      place: null,
    };
    const some = await answerQuestion(context, open, 'kyc, convresion rate');
    expect(some.isOver).toBe(false);
    expect(textOf(some.answer)).toContain('“convresion rate” is no metric here.');
    expect(textOf(some.answer)).toContain('The others are added.');
    expect(some.answer.asks).toBeDefined();
    expect((await answerQuestion(context, open, ' , ')).isOver).toBe(false);
    const done = await answerQuestion(context, open, 'team:growth');
    expect(done).toMatchObject({ isOver: true });
    expect(textOf(done.answer)).toBe(
      '📋 Added 2 metrics to week start.\nCheckout conversion, Revenue\n3 metrics',
    );
    const other = { ...context, caller: world.callerOf(ivan) };
    expect(await answerQuestion(other, open, 'cr')).toMatchObject({ isOver: true });
    expect(tilesOf(await say(vera, '/watchlist week'))).toEqual(['kyc_backlog', 'conversion', 'revenue']);
  });

  it('says how to go on where nothing can be asked', async () => {
    expect(await told(vera, '/watchlist create week')).toBe('📋 week is there.\n0 metrics');
    expect(await told(vera, '/watchlist add week')).toContain('/watchlist add compliance team:growth');
  });

  it('adds by part, team, domain and tag, and takes off by name or by button', async () => {
    await say(vera, '/watchlist create "week start"');
    expect(await told(vera, '/watchlist add week start domain:money')).toContain('Added 2 metrics');
    expect(await told(vera, '/watchlist add week start tag:slo, cr kyc')).toContain('Added 2 metrics');
    expect(await told(vera, '/watchlist add week start cr')).toContain(
      'week start had all of these already.',
    );
    expect(await told(vera, '/watchlist add week start nonsense')).toContain('Nothing was changed.');
    expect(await told(vera, '/watchlist remove week start team:risk')).toContain(
      'Took 2 metrics off week start.',
    );
    const offered = await say(vera, '/watchlist remove week start');
    expect(pressesOf(offered)).toHaveLength(2);
    const [first = ''] = pressesOf(offered);
    const removed = await world.press(vera, first);
    expect(removed).toMatchObject({ toast: 'It is off the list.' });
    expect(removed.buttons).toHaveLength(1);
    expect((await world.press(vera, first)).toast).toBe('It was not on the list.');
    expect((await world.press(ivan, first)).toast).toContain('There is no such watchlist');
  });

  it('refuses the fifty-first metric with a word', async () => {
    const many = Array.from({ length: 51 }, (_, n) =>
      aMetric({ id: `m${n}`, name: `Metric ${n}`, tags: ['x'] }),
    );
    world.deps.use(aRegistry(many, { people: [vera] }));
    await say(vera, '/watchlist create week');
    expect(await told(vera, '/watchlist add week tag:x')).toContain(
      'holds at most 50 metrics: this one has 0, so 51 more do not fit',
    );
  });

  it('renames, describes, deletes, and undoes the deletion by its button for ten minutes', async () => {
    await say(vera, '/watchlist create week cr');
    expect(await told(vera, '/watchlist rename week Monday review')).toContain(
      'It is called Monday review now.',
    );
    await say(vera, '/watchlist describe monday review What we look at first');
    expect(await told(vera, '/watchlist monday review')).toContain('\nWhat we look at first');
    const deleted = await say(vera, '/watchlist delete monday review');
    expect(await told(vera, '/watchlist')).toContain('There is no watchlist yet.');
    const undone = await world.press(vera, buttonOf(deleted, 'wu'));
    expect(undone.toast).toBe('It is back.');
    expect(textOf(undone.answers[0])).toContain('Monday review is back.');
    expect((await world.press(vera, buttonOf(deleted, 'wu'))).toast).toContain('is not deleted');
    await say(vera, '/watchlist delete Monday review');
    world.clock.add(11 * MINUTE);
    expect((await world.press(vera, buttonOf(deleted, 'wu'))).toast).toContain('more than ten minutes ago');
  });

  it('T15 reaches a list that is named like a subcommand by quotes, and offers the nearest of a misspelt one', async () => {
    await say(vera, '/watchlist create "create" cr');
    await say(vera, '/watchlist create compliance kyc');
    expect(tilesOf(await say(vera, '/watchlist "create"'))).toEqual(['conversion']);
    expect(await told(vera, '/watchlist create')).toContain('needs a name');
    const asked = await say(vera, '/watchlist complaince');
    expect(textOf(asked)).toContain('No watchlist is called “complaince”.');
    expect(pressesOf(asked)).toHaveLength(2);
    expect(await told(vera, '/watchlist delete')).toBe('Which watchlist?');
    expect(tilesOf(await say(vera, '/watchlist_compliance'))).toEqual(['kyc_backlog']);
  });

  it('lists mine and my teams’, with how they stand, and finds other teams’ by name', async () => {
    await say(vera, '/watchlist create mine cr');
    await say(ivan, '/watchlist create team growth week cr, revenue');
    await say(olga, '/watchlist create team risk compliance kyc');
    const lists = await say(vera, '/watchlist');
    expect(lists.lines.slice(1, 3).map((line) => textOf({ lines: [line] }))).toEqual([
      expect.stringMatching(/^mine/),
      expect.stringMatching(/^week.* · team growth$/),
    ]);
    expect(textOf(lists)).not.toContain('compliance ·');
    expect(tilesOf(await say(vera, '/watchlist compliance'))).toEqual(['kyc_backlog']);
    expect(await told(vera, '/watchlist add week kyc')).toContain('takes the role operator');
    expect(await told(olga, '/watchlist add week kyc')).toContain('Only people of the team growth');
    expect(await told(vera, '/watchlist remove week')).toContain('takes the role operator');
    expect(pressesOf(await say(vera, '/watchlist week'))).toEqual([]);
    expect(await told(ada, '/watchlist add week kyc')).toContain('Added 1 metric');
  });

  it('shares by links and a command; who opens one may follow a copy, once', async () => {
    await say(ivan, '/watchlist create week cr, kyc');
    const startUrl = (payload: string): string => `https://t.me/heartbeat_bot?start=${payload}`;
    const text = await told(ivan, '/watchlist share week', { startUrl });
    const [, payload = ''] = /\?start=(\S+)/.exec(text) ?? [];
    expect(payload).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    const token = payload.slice('wl_'.length);
    expect(text).toContain(`http://localhost:8080/cockpit?watchlist=${token}\n/watchlist open ${token}`);
    expect(await told(ivan, '/watchlist share week')).not.toContain('t.me');
    const opened = await say(vera, `/start ${payload}`);
    expect(tilesOf(opened)).toEqual(['conversion', 'kyc_backlog']);
    expect(pressesOf(opened)).toEqual([`1:wf:${token}`]);
    expect(tilesOf(await say(vera, `/watchlist open ${token}`))).toEqual(['conversion', 'kyc_backlog']);
    const copied = await world.press(vera, `1:wf:${token}`);
    expect(textOf(copied.answers[0])).toContain('week is your own copy now');
    const again = await world.press(vera, `1:wf:${token}`);
    expect(textOf(again.answers[0])).toContain('You have a copy of it already');
    expect(await told(vera, '/watchlist add week revenue')).toContain('3 metrics');
    await say(ivan, '/watchlist unshare week');
    expect(await told(vera, `/start ${payload}`)).toContain('There is no such watchlist');
    expect(textOf((await world.press(vera, `1:wf:${token}`)).answers[0])).toContain(
      'There is no such watchlist',
    );
  });

  it('T16 shows a link to nobody outside', async () => {
    await say(ivan, '/watchlist create week cr');
    const [, payload = ''] = /open (\S+)/.exec(await told(ivan, '/watchlist share week')) ?? [];
    const caller = { ...world.callerOf(vera), person: null, role: null, actor: 'telegram:6666' };
    const stranger: Person = { ...vera, telegramId: 6666 };
    const strange: Over = { caller };
    expect(await told(stranger, `/start wl_${payload}`, strange)).toContain(
      'You do not have access here yet.',
    );
    expect((await world.press(stranger, `1:wf:${payload}`, strange)).toast).toContain('do not have access');
  });

  it('asks for more by its button only whom it belongs to', async () => {
    const made = await say(ivan, '/watchlist create week cr');
    const id = buttonOf(made, 'wl').slice('1:wl:'.length);
    const drawn = await say(ivan, '/watchlist week');
    expect(pressesOf(drawn)).toEqual([`1:wq:${id}`, `1:ws:${id}`]);
    const { asks } = await world.press(ivan, `1:wq:${id}`);
    expect(asks?.question).toEqual({ kind: 'watchlist_items', list: id });
    expect(await world.press(vera, `1:wq:${id}`)).toMatchObject({
      toast: expect.stringContaining('There is no such watchlist'),
      asks: undefined,
    });
    const shared = await world.press(ivan, `1:ws:${id}`);
    expect(textOf(shared.answers[0])).toContain('week is shared');
  });
});

describe('stars', () => {
  it('are put by name and by the button of a card, and come first in one’s own cockpit', async () => {
    expect(await told(vera, '/star')).toContain('You have not starred anything yet');
    expect(await told(vera, '/star rev')).toContain('Revenue is starred');
    expect(await told(vera, '/star rev')).toContain('Revenue had your star already.');
    world.clock.add(1000);
    const card = await say(vera, '/metric kyc 7d');
    expect(buttonOf(card, 'st')).toBe('1:st:kyc_backlog:7d');
    const pressed = await world.press(vera, '1:st:kyc_backlog:7d');
    expect(pressed.toast).toContain('Starred.');
    expect(pressed.buttons?.flat()).toContainEqual({ label: '★ Starred', press: '1:su:kyc_backlog:7d' });
    expect(tilesOf(await say(vera, '/star'))).toEqual(['revenue', 'kyc_backlog']);
    const cockpit = await say(vera, '/cockpit');
    const spec = cockpit.picture?.spec;
    const starred =
      spec?.kind === 'cockpit' ? spec.tiles.filter((tile) => tile.starred).map(({ id }) => id) : [];
    expect(starred).toEqual(['kyc_backlog', 'revenue']);
    expect(textOf(cockpit).split('\n').slice(2).join()).toMatch(/KYC backlog.*Revenue/);
    await world.press(vera, '1:su:kyc_backlog:7d');
    expect(await told(vera, '/unstar revenue')).toContain('no longer starred');
    expect(await told(vera, '/unstar revenue')).toContain('had no star of yours');
    expect(await told(vera, '/watchlist')).not.toContain('/star');
  });

  it('are each one’s own: a card in a group stars for whoever presses, and its cockpit shows nobody’s', async () => {
    await say(vera, '/star conversion');
    const card = await say(vera, '/metric cr', inRoom);
    expect(buttonOf(card, 'st')).toMatch(/^1:st:conversion:/);
    const pressed = await world.press(ivan, buttonOf(card, 'st'), inRoom);
    expect(pressed).toMatchObject({ toast: expect.stringContaining('Starred'), buttons: undefined });
    expect(tilesOf(await say(ivan, '/star'))).toEqual(['conversion']);
    expect(JSON.stringify((await say(vera, '/cockpit', inRoom)).picture)).not.toContain('starred');
    expect((await world.press(ivan, '1:st:gone_metric:7d')).toast).toContain(
      'There is no metric gone_metric',
    );
  });
});

describe('scopes', () => {
  it('narrow the cockpit to a team, a domain, a tag or what is mine', async () => {
    expect(tilesOf(await say(vera, '/cockpit risk'))).toEqual(['kyc_backlog', 'late_reports']);
    expect(tilesOf(await say(vera, '/cockpit MONEY'))).toEqual(['late_reports', 'revenue']);
    expect(tilesOf(await say(vera, '/cockpit tag:slo'))).toEqual(['late_reports']);
    expect(tilesOf(await say(vera, '/cockpit compl'))).toEqual(['kyc_backlog']);
    await say(olga, '/star kyc');
    const mine = await say(olga, '/cockpit @me');
    expect(tilesOf(mine)).toEqual(['kyc_backlog']);
    expect(textOf(mine)).toMatch(/Corner Shop · mine/);
    expect(tilesOf(await say(ivan, '/cockpit @me'))).toHaveLength(4);
    const asked = await say(vera, '/cockpit mony');
    expect(textOf(asked)).toContain('No team, domain or tag is called “mony”.');
    expect(pressesOf(asked)).toHaveLength(3);
    expect(pressesOf(asked)[0]).toBe('1:k:n.money');
    const { answers } = await world.press(vera, '1:k:n.money');
    expect(tilesOf(answers[0] ?? { lines: [] })).toEqual(['late_reports', 'revenue']);
  });

  it('are a room’s own teams where nothing is said, with a button for everything', async () => {
    const room = { ...inRoom, roomTeams: ['risk'] };
    const cockpit = await say(vera, '/cockpit', room);
    expect(tilesOf(cockpit)).toEqual(['kyc_backlog', 'late_reports']);
    expect(textOf(cockpit)).toMatch(/Corner Shop · risk/);
    expect(pressesOf(cockpit)).toEqual(['1:k:*']);
    const { answers } = await world.press(vera, '1:k:*', room);
    expect(tilesOf(answers[0] ?? { lines: [] })).toHaveLength(4);
    expect(tilesOf(await say(vera, '/cockpit all', room))).toHaveLength(4);
    expect(tilesOf(await say(vera, '/cockpit', { ...inRoom, roomTeams: ['nobody'] }))).toHaveLength(4);
    expect(tilesOf(await say(vera, '/cockpit'))).toHaveLength(4);
  });

  it('T15 show a team: its people, rooms and metrics', async () => {
    const team = await say(vera, '/team GROWTH');
    expect(textOf(team)).toContain('👥 growth\nPeople: Ivan, Vera, Ada\nRooms: Telegram -100200\nMetrics: 2');
    expect(pressesOf(team)).toEqual(['1:k:t.growth', '1:l:0:t.growth']);
    expect(await told(vera, '/team risk')).toContain('People: Olga\nRooms: none');
    const asked = await say(vera, '/team');
    expect(pressesOf(asked)).toEqual(['1:te:growth', '1:te:risk']);
    expect(textOf((await world.press(vera, '1:te:risk')).answers[0])).toContain('👥 risk');
    expect(await told(vera, '/team growht')).toContain('No team is called “growht”.');
  });
});
