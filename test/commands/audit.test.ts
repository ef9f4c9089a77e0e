import { beforeAll, expect, it } from 'vitest';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aMetric, aRegistry, ivan } from '../support/deps.ts';
import { aCut } from '../http/world.ts';
import { createCommandWorld, textOf, vera, type CommandWorld } from './world.ts';

const database = withEmbeddedDatabase();
const { metrics } = aRegistry([aMetric(), aMetric({ id: 'kyc', name: 'KYC backlog', synonyms: [] })]);
const people = [ivan, vera];
const CUTS = [
  aCut(),
  aCut({ id: 'lost_baskets', title: 'Lost baskets' }),
  aCut({
    id: 'by_age',
    title: 'Backlog by age',
    page: 'kyc_audit',
    feeds: [{ metric: 'kyc', role: 'drilldown' }],
  }),
];
let world: CommandWorld;

beforeAll(async () => {
  const cuts = new Map(CUTS.map((cut) => [cut.id, cut]));
  world = await createCommandWorld(database.db, { metrics, cuts, people });
});

const ask = async (text: string): Promise<string> => textOf((await world.say(vera, text))[0]);

it.each([
  ['/audit', ['Conversion by device', 'Lost baskets', 'Backlog by age']],
  ['/audit checkout', ['Conversion by device', 'Lost baskets']],
  ['/audit cr', ['Conversion by device', 'Lost baskets']],
  ['/audit kyc backlog', ['Backlog by age']],
  ['/audit lost', ['Lost baskets']],
])('%s lists what explains it', async (text, titles) => {
  const answer = await ask(text);
  const listed = CUTS.map(({ title }) => title).filter((title) => answer.includes(title));
  expect(listed).toEqual(titles);
  expect(answer.split('\n')[0]?.length).toBeLessThanOrEqual(60);
});

it('links each to its place on the audit page', async () => {
  const [answer] = await world.say(vera, '/audit kyc audit');
  expect(answer?.lines[1]?.[0]).toMatchObject({
    kind: 'link',
    url: expect.stringMatching(/\/audit\/kyc_audit#by_age$/),
  });
});

it.each(['/discover', '/proposals', '/Discover'])('%s is told to be planned', async (text) => {
  expect(await ask(text)).toMatch(/^“\/\w+” is not there yet\.\n/);
});

it('says that nothing is called so, and that there is nothing yet', async () => {
  expect(await ask('/audit the moon')).toContain('“the moon”');
  const empty = await createCommandWorld(database.db, { metrics, people });
  expect(textOf((await empty.say(vera, '/audit cr'))[0])).toContain('There are no breakdowns here yet.');
});
