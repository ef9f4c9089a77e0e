import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import { createLoginLink, signLink } from '../../src/http/index.ts';
import { listJournal } from '../../src/journal/index.ts';
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { ivan } from '../support/deps.ts';
import { aShop, createWorld, TOKENS, type Ask, type World, type WorldOptions } from './world.ts';

const database = withEmbeddedDatabase();
const PLACES = [
  '/docs',
  '/docs/metrics/growth',
  '/cockpit',
  '/audit/checkout',
  '/cockpit.png',
  '/metric/conversion.png',
];

let world: World;
beforeAll(() => database.clear());
afterEach(() => world.close());

async function open(options: Omit<WorldOptions, 'db'> = {}): Promise<World> {
  world = await createWorld({ db: database.db, ...options });
  return world;
}

async function statuses(ask: Ask = {}): Promise<number[]> {
  const answers = await Promise.all(PLACES.map((path) => world.ask(path, ask)));
  return answers.map(({ status }) => status);
}

const cookieOf = (response: Response): string =>
  (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

describe('on a loopback address without API_TOKENS', () => {
  beforeEach(() => open());

  it('pages and pictures are open, the API is closed', async () => {
    expect(await statuses()).toEqual(PLACES.map(() => 200));
    const api = await world.ask('/api/metrics');
    expect(api.status).toBe(401);
    expect(await api.json()).toMatchObject({
      code: 'not_authenticated',
      detail: expect.stringContaining('API_TOKENS'),
    });
  });

  it('only under names of its own, so that no other site reads them through a browser', async () => {
    for (const name of ['localhost:8080', '127.0.0.1:8080', '[::1]:8080'])
      expect((await world.app.request(`http://${name}/docs`)).status).toBe(200);
    const answer = await world.app.request('http://evil.test:8080/docs');
    expect(answer.status).toBe(421);
    expect(await answer.json()).toMatchObject({
      code: 'host_unknown',
      detail: expect.stringContaining('PUBLIC_URL'),
    });
  });

  it('also under the name of PUBLIC_URL', async () => {
    world.close();
    await open({ publicUrl: 'https://heartbeat.shop.test' });
    expect((await world.app.request('http://heartbeat.shop.test/docs')).status).toBe(200);
    expect((await world.app.request('http://other.shop.test/docs')).status).toBe(421);
  });
});

describe('with API_TOKENS', () => {
  beforeEach(() => open({ tokens: TOKENS }));

  it('nothing is shown to who brings nothing', async () => {
    expect(await statuses()).toEqual(PLACES.map(() => 401));
    const answer = await world.ask('/cockpit.png');
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(await answer.json()).toMatchObject({ code: 'not_authenticated' });
  });

  it('a browser gets a page that says how to get in, and nothing of the workspace', async () => {
    const answer = await world.ask('/docs/metrics/growth?q=1', { headers: { accept: 'text/html,*/*' } });
    expect(answer.status).toBe(401);
    const html = await answer.text();
    expect(html).toContain('/docs to the bot');
    expect(html).toContain('name="next" value="/docs/metrics/growth?q=1"');
    expect(html).not.toMatch(/Corner Shop|Checkout|Growth|Ivan/);
  });

  it('a token opens everything, a wrong one nothing', async () => {
    expect(await statuses({ token: 'look-only' })).toEqual(PLACES.map(() => 200));
    expect(await statuses({ token: 'look-onlY' })).toEqual(PLACES.map(() => 401));
    expect(await statuses({ headers: { authorization: 'Basic bG9vay1vbmx5' } })).toEqual(
      PLACES.map(() => 401),
    );
  });

  it('a page shown by token has pictures that its browser may load', async () => {
    const html = await (await world.ask('/docs/metrics/growth', { token: 'look-only' })).text();
    const src = /<img src="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(src).toContain('sig=');
    expect((await world.ask(src)).status).toBe(200);
    const dark = /srcset="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await world.ask(dark)).status).toBe(200);
  });

  it('guesses are slowed down, and do not lock out who knows', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 80 }, (_, n) => world.ask('/docs', { token: `guess-${n}` })),
    );
    expect(guesses.map(({ status }) => status)).toContain(429);
    expect((await world.ask('/docs', { token: 'look-only' })).status).toBe(200);
    const api = await Promise.all(
      Array.from({ length: 80 }, (_, n) => world.ask('/api/metrics', { token: `guess-${n}` })),
    );
    expect(api.map(({ status }) => status)).toContain(429);
    expect((await world.ask('/api/metrics', { token: 'look-only' })).status).toBe(200);
  });
});

describe('a signed link', () => {
  beforeEach(() => open({ tokens: TOKENS }));

  it('opens its own address until it expires', async () => {
    const link = await signLink(world.deps, '/cockpit.png?team=growth', HOUR);
    expect((await world.ask(link)).status).toBe(200);
    expect((await world.ask(link.replace('/cockpit.png', '/metric/conversion.png'))).status).toBe(401);
    expect((await world.ask(`${link}&domain=sales`)).status).toBe(401);
    expect((await world.ask('/docs')).status).toBe(401);
    world.clock.add(HOUR);
    const late = await world.ask(link);
    expect(late.status).toBe(401);
    expect(await late.json()).toMatchObject({ code: 'link_expired' });
  });

  it('opens a page with its pictures, and does not open the API', async () => {
    const link = await signLink(world.deps, '/docs/metrics/growth', HOUR);
    const page = await world.ask(link);
    expect(page.status).toBe(200);
    const src = /<img src="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await world.ask(src)).status).toBe(200);
    const api = await signLink(world.deps, '/api/metrics', HOUR);
    expect((await world.ask(api)).status).toBe(401);
  });

  it('says what to do while the workspace is not in the database', async () => {
    await database.db.prisma.$executeRaw(sql`delete from heartbeat.workspace`);
    const answer = await world.ask('/docs?exp=9999999999&sig=x');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'workspace_not_stored' });
  });
});

describe('a login link', () => {
  beforeEach(() => open({ tokens: TOKENS }));

  const pathOf = (link: string): string => link.replace('http://localhost:8080', '');

  it('signs a person in once, at one browser, and leads on', async () => {
    const link = pathOf(await createLoginLink(world.deps, ivan, '/docs/metrics/growth#conversion'));
    const first = await world.ask(link);
    expect(first.status).toBe(303);
    expect(first.headers.get('location')).toBe('/docs/metrics/growth#conversion');
    expect(first.headers.get('set-cookie')).toMatch(
      /heartbeat_session=\S+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const cookie = cookieOf(first);
    expect(await statuses({ headers: { cookie } })).toEqual(PLACES.map(() => 200));
    const html = await (await world.ask('/docs/metrics/growth', { headers: { cookie } })).text();
    expect(html).toMatch(/<img src="\/metric\/conversion\.png\?theme=light&amp;locale=en"/);
    const second = await world.ask(link);
    expect(second.status).toBe(401);
    expect(second.headers.get('set-cookie')).toBeNull();
    expect(await second.text()).toContain('has been used already');
  });

  it('works for one of two who open it at once, and is in the journal', async () => {
    await database.clear();
    world.close();
    await open({ tokens: TOKENS });
    const link = pathOf(await createLoginLink(world.deps, ivan, '/docs'));
    const answers = await Promise.all(
      [1, 2, 3].map(() => world.ask(link, { headers: { 'x-request-id': 'login-1' } })),
    );
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([303, 401, 401]);
    const { items } = await listJournal(database.db, { workspaceId: 'shop', verb: 'login' });
    expect(items).toMatchObject([
      { actor: 'ivan@shop.test', channel: 'web', subject: 'person:ivan@shop.test', requestId: 'login-1' },
    ]);
  });

  it('is not used up by what shows a preview of it', async () => {
    const link = pathOf(await createLoginLink(world.deps, ivan, '/docs'));
    for (const headers of [
      { 'user-agent': 'TelegramBot (like TwitterBot)' },
      { 'user-agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' },
      { 'sec-purpose': 'prefetch;prerender' },
    ])
      expect((await world.ask(link, { headers })).status).toBe(200);
    expect((await world.ask(link, { method: 'HEAD' })).status).toBe(200);
    expect((await world.ask(link, { headers: { 'user-agent': 'Mozilla/5.0 Chrome/140.0' } })).status).toBe(
      303,
    );
  });

  it('ends after ten minutes, and with its person', async () => {
    const late = pathOf(await createLoginLink(world.deps, ivan, '/docs'));
    world.clock.add(10 * MINUTE);
    expect(await (await world.ask(late)).text()).toContain('more than ten minutes old');
    const gone = pathOf(await createLoginLink(world.deps, { email: 'left@shop.test' }, '/docs'));
    expect(await (await world.ask(gone)).text()).toContain('no longer in this workspace');
    const forged = await world.ask('/login?ticket=abc.def');
    expect(forged.status).toBe(401);
    expect(await forged.text()).toContain('was not made by Heartbeat');
  });

  it.each(['//evil.test/x', '/\\evil.test', 'https://evil.test', 'docs', '/a b', '/a\nb'])(
    'does not lead away from the site: %j',
    async (path) => {
      const answer = await world.ask(pathOf(await createLoginLink(world.deps, ivan, path)));
      expect(answer.headers.get('location')).toBe('/docs');
    },
  );

  it('makes a session that ends after a week, and with its person', async () => {
    const cookie = cookieOf(await world.ask(pathOf(await createLoginLink(world.deps, ivan, '/docs'))));
    world.clock.add(7 * DAY - 1);
    expect((await world.ask('/docs', { headers: { cookie } })).status).toBe(200);
    world.clock.add(1);
    expect((await world.ask('/docs', { headers: { cookie } })).status).toBe(401);
    const again = cookieOf(await world.ask(pathOf(await createLoginLink(world.deps, ivan, '/docs'))));
    world.deps.use({ ...aShop(), people: [] });
    expect((await world.ask('/docs', { headers: { cookie: again } })).status).toBe(401);
    const changed = again.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await world.ask('/docs', { headers: { cookie: changed } })).status).toBe(401);
  });

  it('sets a cookie for https alone where the site is https', async () => {
    world.close();
    await open({ tokens: TOKENS, publicUrl: 'https://heartbeat.shop.test' });
    const link = await createLoginLink(world.deps, ivan, '/docs');
    expect(link.startsWith('https://heartbeat.shop.test/login?ticket=')).toBe(true);
    const answer = await world.ask(link.replace('https://heartbeat.shop.test', ''));
    expect(answer.headers.get('set-cookie')).toContain('; Secure');
  });
});

describe('signing in with an API token', () => {
  beforeEach(() => open({ tokens: TOKENS }));

  const submit = (fields: Record<string, string>) =>
    world.ask('/login', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });

  it('opens the site at that browser, until the token is changed', async () => {
    expect((await world.ask('/login')).status).toBe(200);
    const answer = await submit({ token: 'look-only', next: '/cockpit?team=growth' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/cockpit?team=growth');
    const cookie = cookieOf(answer);
    expect(cookie).not.toContain('look-only');
    expect(await statuses({ headers: { cookie } })).toEqual(PLACES.map(() => 200));
    expect((await world.ask('/api/metrics', { headers: { cookie } })).status).toBe(401);
    world.close();
    await open({ tokens: 'grafana:viewer:another' });
    expect((await world.ask('/docs', { headers: { cookie } })).status).toBe(401);
  });

  it('refuses other words, and leads nowhere else', async () => {
    const wrong = await submit({ token: 'nope', next: '//evil.test' });
    expect(wrong.status).toBe(401);
    const html = await wrong.text();
    expect(html).toContain('No API token is that');
    expect(html).toContain('name="next" value="/docs"');
    expect((await submit({})).status).toBe(401);
    const guesses = await Promise.all(Array.from({ length: 80 }, () => submit({ token: 'guess' })));
    expect(guesses.map(({ status }) => status)).toContain(429);
  });
});
