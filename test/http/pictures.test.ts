import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withEmbeddedDatabase } from '../support/database.ts';
import { createWorld, type World } from './world.ts';

const database = withEmbeddedDatabase();
let world: World;

beforeEach(async () => {
  world = await createWorld({ db: database.db });
});
afterEach(() => world.close());

describe('GET /cockpit.png', () => {
  it('draws all metrics, with a tag that spares drawing and sending them again', async () => {
    const first = await world.ask('/cockpit.png');
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toBe('image/png');
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(world.drawn[0]).toMatchObject({
      kind: 'cockpit',
      title: 'Corner Shop',
      reader: { theme: 'light', locale: 'en', timezone: 'Europe/Madrid' },
      tiles: [{ id: 'conversion' }, { id: 'latency' }, { id: 'revenue' }],
    });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
    for (const header of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await world.ask('/cockpit.png', { headers: { 'if-none-match': header } });
      expect(again.status).toBe(304);
      expect(await again.text()).toBe('');
      expect(again.headers.get('etag')).toBe(etag);
    }
    expect((await world.ask('/cockpit.png', { headers: { 'if-none-match': '"x"' } })).status).toBe(200);
  });

  it('draws those of a team, of a domain, in a theme and a language', async () => {
    await world.ask('/cockpit.png?team=sales&theme=dark&locale=ru');
    expect(world.drawn.at(-1)).toMatchObject({
      title: 'Corner Shop · sales',
      reader: { theme: 'dark', locale: 'ru' },
      tiles: [{ id: 'revenue' }],
    });
    await world.ask('/cockpit.png?domain=growth&team=growth');
    expect(world.drawn.at(-1)).toMatchObject({ tiles: [{ id: 'conversion' }, { id: 'latency' }] });
  });

  it.each([
    ['team=growht', 'The nearest is growth.'],
    ['domain=sale', 'The nearest is sales.'],
    ['watchlist=mine', '/cockpit shows all metrics.'],
  ])('does not know %s, and says what is near', async (query, detail) => {
    const answer = await world.ask(`/cockpit.png?${query}`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      code: 'scope_unknown',
      detail: expect.stringContaining(detail),
    });
  });
});

describe('GET /metric/<slug>.png', () => {
  it("draws a metric's card in a range that suits its period, or in the one asked for", async () => {
    await world.tick(3.1);
    expect((await world.ask('/metric/conversion.png')).status).toBe(200);
    expect(world.drawn.at(-1)).toMatchObject({
      kind: 'metric',
      range: '1d',
      tile: { id: 'conversion', level: 'red', value: 3.1 },
      points: [{ value: 3.1 }],
    });
    await world.ask('/metric/conversion.png?range=90d&theme=dark');
    expect(world.drawn.at(-1)).toMatchObject({ range: '90d', reader: { theme: 'dark' } });
  });

  it.each(['theme=pink', 'range=1y', 'locale=de'])('cannot draw %s', async (query) => {
    const answer = await world.ask(`/metric/conversion.png?${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'picture_unreadable' });
  });

  it.each(['/metric/nope.png', '/metric/..%2f..%2fetc.png', '/metric/conversion.jpg', '/metric/'])(
    '%s is 404',
    async (path) => {
      expect((await world.ask(path)).status).toBe(404);
    },
  );
});
