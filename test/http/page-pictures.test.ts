import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aShop, createWorld, TOKENS, type World, type WorldOptions } from './world.ts';

const database = withEmbeddedDatabase();
let opened: World | undefined;

beforeEach(() => database.clear());
afterEach(() => opened?.close());

async function open(options: Partial<WorldOptions> = {}): Promise<World> {
  opened = await createWorld({ db: database.db, ...options });
  return opened;
}

describe('GET /docs/pictures/<file>', () => {
  it('is a picture of the pages about Heartbeat, kept by the browser, with a tag', async () => {
    const world = await open();
    const answer = await world.ask('/docs/pictures/alert.png');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('cache-control')).toBe('private, max-age=3600');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    const tag = answer.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[0-9a-f]{40}"$/);
    const again = await world.ask('/docs/pictures/alert.png', { headers: { 'if-none-match': tag } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it.each([
    'nope.png',
    'alert.PNG',
    '../slack.md',
    '%2e%2e%2fslack.md',
    '..%2f..%2fpackage.json',
    '..%5cslack.md',
    'x%2f..%2falert.png',
    './alert.png%00',
    'alert.png/',
    '/alert.png',
    'constructor',
  ])('%s is none of them', async (name) => {
    const world = await open();
    const answer = await world.ask(`/docs/pictures/${name}`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).not.toContain('image');
  });

  it('says so as a problem', async () => {
    const world = await open();
    expect(await (await world.ask('/docs/pictures/nope.png')).json()).toMatchObject({
      code: 'picture_unknown',
      detail: 'There is no picture nope.png. /docs shows the pages.',
    });
  });

  it('wants what a page wants', async () => {
    const world = await open({ tokens: TOKENS });
    expect((await world.ask('/docs/pictures/alert.png')).status).toBe(401);
    expect((await world.ask('/docs/pictures/nope.png')).status).toBe(401);
    expect((await world.ask('/docs/pictures/alert.png', { token: 'look-only' })).status).toBe(200);
  });
});

describe('a page with a picture', () => {
  const imageOf = (html: string): string => /<img[^>]*>/.exec(html)?.[0] ?? '';

  it('shows it with its text and size, and what is shown is there', async () => {
    const world = await open();
    const image = imageOf(await (await world.ask('/docs/telegram')).text());
    expect(image).toMatch(/ alt="An alert in Telegram[^"]+"/);
    expect(image).toMatch(/^<img src="\/docs\/pictures\/alert\.png" width="\d{3,4}" height="\d{3,4}" /);
    expect(image).toContain('loading="lazy"');
  });

  it('gives readers by token an address that their browser may load', async () => {
    const world = await open({ tokens: TOKENS });
    const html = await (await world.ask('/docs/telegram', { token: 'look-only' })).text();
    const src = /<img src="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(src).toMatch(/^\/docs\/pictures\/alert\.png\?exp=\d+&sig=/);
    expect((await world.ask(src)).status).toBe(200);
    expect((await world.ask(src.replace('alert.png', 'cockpit.png'))).status).toBe(401);
  });

  it("is none of the workspace's: their pictures are text", async () => {
    const markdown = '# Ours\n\n![Our alert](pictures/alert.png)';
    const registry = aShop({ pages: new Map([['telegram', { title: 'Ours', markdown }]]) });
    const world = await open({ registry });
    const html = await (await world.ask('/docs/telegram')).text();
    expect(html).toContain('<p>Our alert</p>');
    expect(imageOf(html)).toBe('');
  });
});
