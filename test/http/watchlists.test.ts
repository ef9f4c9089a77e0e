import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listOf, WatchlistItem } from '../../src/http/api/schemas.ts';
import { createWatchlist, describeWatchlist, shareWatchlist } from '../../src/watchlists/index.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aCaller, ivan } from '../support/deps.ts';
import { createWorld, TOKENS, type World } from './world.ts';

const database = withEmbeddedDatabase();
let world: World;

const caller = aCaller(ivan);
const make = (name: string, team: string | null, metricIds: readonly string[]) =>
  createWatchlist(world.deps, caller, { name, team, metricIds });

beforeEach(async () => {
  await database.clear();
});
afterEach(() => world.close());

describe('GET /cockpit?watchlist=', () => {
  beforeEach(async () => {
    world = await createWorld({ db: database.db });
  });

  const tilesOf = (): string[] => {
    const spec = world.drawn.at(-1);
    return spec?.kind === 'cockpit' ? spec.tiles.map(({ id }) => id) : [];
  };

  it('shows what a link shares: name, description, and the metrics in the list’s order', async () => {
    const { id } = await make('Rules <b>', null, ['revenue', 'conversion']);
    await describeWatchlist(world.deps, caller, { id, text: 'Monday & Friday' });
    const { token } = await shareWatchlist(world.deps, caller, id);
    const page = await world.ask(`/cockpit?watchlist=${token}`);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain('<h1>Rules &lt;b&gt;</h1><p>Monday &amp; Friday</p>');
    expect(html).toContain('#revenue');
    expect(html).not.toContain('#latency');
    const [picture = ''] = /\/cockpit\.png\?[^"]*/.exec(html) ?? [];
    expect((await world.ask(picture.replaceAll('&amp;', '&'))).status).toBe(200);
    expect(world.drawn.at(-1)).toMatchObject({ title: 'Rules <b>' });
    expect(tilesOf()).toEqual(['revenue', 'conversion']);
    expect(world.drawn.at(-1)).toMatchObject({ tiles: [{ order: 0 }, { order: 1 }] });
  });

  it('shows a team’s list by its id or name, and a person’s own by neither', async () => {
    const ours = await make('Compliance', 'growth', ['latency']);
    const mine = await make('Mine', null, ['latency']);
    for (const name of [ours.id, 'compliance']) {
      expect((await world.ask(`/cockpit.png?watchlist=${name}`)).status).toBe(200);
      expect(tilesOf()).toEqual(['latency']);
    }
    for (const name of [mine.id, 'Mine', 'x'.repeat(22), '%00', '%ED%A0%80'])
      expect((await world.ask(`/cockpit?watchlist=${name}`)).status).toBe(404);
    const unknown = await world.ask('/cockpit.png?watchlist=complaince');
    expect(await unknown.json()).toMatchObject({
      code: 'scope_unknown',
      detail: 'There is no watchlist called complaince. The nearest is Compliance.',
    });
  });
});

describe('GET /api/watchlists', () => {
  it('lists those of teams, by team and metric, in pages', async () => {
    world = await createWorld({ db: database.db, tokens: TOKENS });
    await make('Mine', null, ['latency']);
    await make('Compliance', 'growth', ['revenue', 'latency']);
    await make('Week', 'growth', []);
    expect((await world.ask('/api/watchlists')).status).toBe(401);
    const read = async (query: string) => {
      const answer = await world.ask(`/api/watchlists${query}`, { token: 'look-only' });
      return listOf(WatchlistItem, 'x').parse(await answer.json());
    };
    const all = await read('');
    expect(all.items.map(({ name }) => name).toSorted()).toEqual(['Compliance', 'Week']);
    const [compliance] = (await read('?metric=revenue')).items;
    expect(compliance).toMatchObject({
      name: 'Compliance',
      team: 'growth',
      description: null,
      metrics: ['revenue', 'latency'],
      url: `http://localhost:8080/cockpit?watchlist=${compliance?.id}`,
    });
    expect((await read('?team=sales')).items).toEqual([]);
    const first = await read('?team=GROWTH&limit=1');
    const second = await read(`?team=growth&limit=1&cursor=${first.next}`);
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect(second.next).toBeNull();
  });
});
