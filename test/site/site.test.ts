import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import type { Metric, Registry } from '../../src/registry/index.ts';
import { commands } from '../../src/commands/index.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aMetric, aRegistry, ivan } from '../support/deps.ts';
import { aCut, aShop, createWorld, type World } from '../http/world.ts';

const database = withEmbeddedDatabase();
let world: World;

beforeEach(async () => {
  await database.clear();
  world = await createWorld({ db: database.db });
});
afterEach(() => world.close());

async function read(path: string, headers: Record<string, string> = {}) {
  const answer = await world.ask(path, { headers });
  return { status: answer.status, headers: answer.headers, html: await answer.text() };
}

/** What a reader reads: no marks, one space between words. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<style>.*?<\/style>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/[\s\u00A0\u202F]+/g, ' ');

const sectionOf = (html: string, id: string): string =>
  new RegExp(`<section class="metric" id="${id}".*?</section>`, 's').exec(html)?.[0] ?? '';

describe('every link of the site', () => {
  type Link = { from: string; href: string };

  it.each(['en', 'ru'])('leads to a page that is there, and its anchor too (%s)', async (locale) => {
    const pages = new Map<string, string>();
    const waiting: Link[] = [{ from: '', href: `/docs?locale=${locale}` }];
    const broken: Link[] = [];
    for (let link = waiting.pop(); link; link = waiting.pop()) {
      const url = new URL(link.href, `http://localhost:8080${link.from || '/'}`);
      const address = url.pathname + url.search;
      let html = pages.get(address);
      if (html === undefined) {
        const page = await read(address, { cookie: `heartbeat_locale=${locale}` });
        html = page.html;
        pages.set(address, html);
        if (page.status !== 200) broken.push(link);
        for (const [, href = ''] of html.matchAll(/(?:href|src|srcset|action)="([^"]+)"/g))
          if (/^[/#?]/.test(href)) waiting.push({ from: address, href: href.replaceAll('&amp;', '&') });
      }
      if (url.hash !== '' && !html.includes(`id="${decodeURIComponent(url.hash.slice(1))}"`))
        broken.push(link);
    }
    expect(broken).toEqual([]);
    const visited = [...pages.keys()];
    for (const path of [
      '/docs',
      '/docs/metrics/growth',
      '/docs/metrics/sales',
      '/docs/cuts/checkout',
      '/audit/checkout',
      '/docs/welcome',
      '/docs/runbook',
      '/docs/commands',
      '/cockpit',
      '/cockpit?team=growth',
      '/cockpit?domain=sales',
      '/alerts',
      '/alerts?state=acked',
    ])
      expect(visited).toContain(path);
    expect(visited.some((path) => path.startsWith('/metric/conversion.png?theme=dark'))).toBe(true);
  });
});

describe('the index', () => {
  it('links every metric by domain, with level, verification and owner', async () => {
    await world.tick(3.1);
    const { html, headers } = await read('/docs');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    for (const id of ['growth#conversion', 'growth#latency', 'sales#revenue'])
      expect(html).toContain(`href="/docs/metrics/${id}"`);
    const text = textOf(html);
    expect(text).toContain('1 red');
    expect(text).toMatch(/Growth .* Checkout conversion 3\.1 % ▲ Red verified Ivan fresh/);
    expect(text).toMatch(/Page latency – – No data verified Unowned –/);
  });

  it('says what to do while there is no metric', async () => {
    world.deps.use(aRegistry([]));
    const { status, html } = await read('/docs');
    expect(status).toBe(200);
    expect(html).toContain('Add a file to metrics/');
  });

  it.each([
    ['conver', ['Checkout conversion']],
    ['CR', ['Checkout conversion']],
    ['money', ['Checkout conversion']],
    ['ivan', ['Checkout conversion', 'Revenue']],
    ['marts.orders latency', ['Page latency']],
    ['phones', ['Conversion by device']],
    ['breathe', ['Runbook']],
  ])('finds %j without a script', async (query, names) => {
    const { html } = await read(`/docs?q=${encodeURIComponent(query)}`);
    const main = /<main.*<\/main>/s.exec(html)?.[0] ?? '';
    for (const name of names) expect(main).toContain(`>${name}</a>`);
    for (const other of ['Checkout conversion', 'Page latency', 'Revenue'].filter(
      (name) => !names.includes(name),
    ))
      expect(main).not.toContain(`>${other}</a>`);
    expect(html).toContain(`value="${query}"`);
  });

  it('suggests what is spelled alike when nothing fits, and nothing when nothing is', async () => {
    const near = await read('/docs?q=convresion');
    expect(textOf(near.html)).toContain('Nothing fits “convresion”');
    expect(near.html).toContain('Did you mean');
    expect(near.html).toContain('>Checkout conversion</a>');
    const far = await read('/docs?q=qqqqqqqqqqqq');
    expect(far.html).not.toContain('Did you mean');
  });
});

describe('the page of a domain', () => {
  const rich: Partial<Metric> = {
    target: 5,
    targetDue: '2026-12-31',
    hysteresis: { enter: 2, leave: 3 },
    band: { norm: 4.2, alert: null },
    notes: 'Mind August.',
    tags: ['money', 'funnel'],
    synonyms: ['cr', 'conv'],
    runbook: 'https://wiki.shop.test/checkout',
    methodology: 'First.\n\nSecond.',
    sql: 'select a < b as value\nfrom marts.orders',
    schedule: '17 * * * *',
    cuts: [{ cut: 'by_device', role: 'explains' }],
  };
  const use = (over: Partial<Metric>) =>
    world.deps.use(aShop({ metrics: new Map([['conversion', aMetric(over)]]) }));

  it('tells all that the file says of a metric', async () => {
    use(rich);
    await world.tick(4.5);
    const { html } = await read('/docs/metrics/growth');
    const section = sectionOf(html, 'conversion');
    const text = textOf(section);
    for (const said of [
      'Checkout conversion',
      '4.5 %',
      '● Green',
      'computed just now',
      'How to read Higher is better.',
      'Method First. Second.',
      'Notes Mind August.',
      'red below 3.4 %',
      'amber below 4 % (until it is above 4.2 % again)',
      '2 ticks in a row to enter a level, 3 to leave it.',
      'Target 5 % by 31 Dec 2026',
      'higher is better',
      'Unit percent',
      'Computed every minute, by the schedule 17 * * * *',
      'Stale after 2 min',
      'Owner Ivan',
      'Verification verified by Ivan, 1 Nov 2026',
      'Sources marts.orders',
      'Also called cr, conv',
      'Tags money, funnel',
      'Conversion by device explains it',
      'File metrics/conversion.yaml',
      'select a &lt; b as value',
    ])
      expect(text).toContain(said);
    expect(section).toContain('href="https://wiki.shop.test/checkout"');
    expect(section).toContain('href="/docs/cuts/checkout#by_device"');
    expect(section).toMatch(/<img src="\/metric\/conversion\.png\?theme=light&amp;locale=en" alt="[^"]+4\.5/);
  });

  it('shows no line, no target and no word "null" where there is none', async () => {
    use({ norm: null, alert: null, owner: null, verified: null });
    const { html } = await read('/docs/metrics/growth');
    const text = textOf(sectionOf(html, 'conversion'));
    expect(text).toContain('Lines no norm or alert line');
    expect(text).toContain('Owner Unowned');
    expect(text).toContain('no reading yet');
    expect(text).not.toMatch(/null|undefined|NaN|Target|Ticks|Notes|Runbook/);
  });

  it('T21 says visibly what "changed since verified" means', async () => {
    world.deps.verify('changed');
    await world.tick(3.1);
    const { html } = await read('/docs/metrics/growth');
    const text = textOf(sectionOf(html, 'conversion'));
    expect(text).toContain('○ Unverified');
    expect(text).toContain('were changed after somebody said that they are right');
    expect(text).toContain('By its lines the newest value is red.');
    expect(text).toContain('changed since it was verified');
    expect(textOf((await read('/docs')).html)).toContain('changed since verified');
  });

  it('says of an unverified one that it never alerts', async () => {
    world.deps.verify('unverified');
    const { html } = await read('/docs/metrics/growth');
    expect(textOf(sectionOf(html, 'conversion'))).toContain(
      'Nobody has said yet that this definition is right',
    );
  });

  it('says how old the newest value of a stale metric is, and why its SQL failed', async () => {
    await world.tick(4.5);
    world.clock.add(3 * 3_600_000);
    await database.db.prisma.$executeRaw(
      sql`update heartbeat.metric_state set last_error = 'column "x" does not exist'`,
    );
    const { html } = await read('/docs/metrics/growth');
    const text = textOf(sectionOf(html, 'conversion'));
    expect(text).toContain('‖ Stale');
    expect(text).toContain('newest value is 3 h old');
    expect(text).toContain('Last tick failed: column "x" does not exist');
  });

  it.each([
    [{ unit: { kind: 'currency', code: 'EUR' } }, 'Unit money, EUR'],
    [{ unit: { kind: 'duration', of: 'h' } }, 'Unit time, in h'],
    [{ unit: { kind: 'count' } }, 'Unit count'],
    [{ direction: 'down', norm: 5, alert: 6 }, 'red above 6 % amber above 5 %'],
    [{ schedule: '0 9 * * 1', scheduleOnly: true }, 'Computed by the schedule 0 9 * * 1'],
  ] as const)('words %j', async (over, said) => {
    use(over);
    expect(textOf((await read('/docs/metrics/growth')).html)).toContain(said);
  });

  it('shows what is typical once it is known, and the change', async () => {
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.metric_history (workspace_id, metric, as_of, value, computed_at, definition_hash, level, kind)
      select 'shop', 'conversion', t, 4, t, 'h', 'green', 'backfill'
      from generate_series(timestamptz '2026-11-18T10:01:00Z', '2026-11-19T11:00:00Z', interval '1 minute') as s(t)`);
    await world.tick(5);
    const text = textOf(sectionOf((await read('/docs/metrics/growth')).html, 'conversion'));
    expect(text).toMatch(/Typical 4 % ± 0 %/);
    expect(text).toMatch(/\+25 % vs/);
  });
});

describe('breakdowns', () => {
  it('an audit page tells of its cuts and claims no picture', async () => {
    world.deps.use(
      aShop({
        cuts: new Map([
          [
            'by_device',
            aCut({
              feeds: [
                { metric: 'conversion', role: 'explains' },
                { metric: 'revenue', role: 'drilldown' },
                { metric: 'gone', role: 'drilldown' },
              ],
            }),
          ],
        ]),
      }),
    );
    const { html } = await read('/audit/checkout');
    const text = textOf(sectionOf(html, 'by_device'));
    expect(text).toContain('Explains Checkout conversion');
    expect(text).toContain('Detail of Revenue');
    expect(text).toContain('Phones convert lower. How to read Longer is better.');
    expect(html).not.toMatch(/<img|\/cut\//);
  });

  it('its documentation adds owner, verification, groups and SQL', async () => {
    const { html } = await read('/docs/cuts/checkout');
    const text = textOf(sectionOf(html, 'by_device'));
    expect(text).toContain(
      'Shows first 7 days Owner Ivan Verification verified Small groups groups of fewer than 5 count as “other”',
    );
    expect(text).toContain('select device as dim');
    world.deps.use(aShop({ cuts: new Map([['x', aCut({ id: 'x', owner: null, minGroup: 1 })]]) }));
    expect(textOf((await read('/docs/cuts/checkout')).html)).toContain('Owner Unowned');
    for (const minGroup of [0, 1]) {
      world.deps.use(aShop({ cuts: new Map([['x', aCut({ id: 'x', minGroup })]]) }));
      const { html: page } = await read('/docs/cuts/checkout');
      expect(textOf(page)).toContain('Small groups no group is too small to be shown');
    }
  });
});

describe('the cockpit', () => {
  it('is a picture and the same metrics as a table, the worst first', async () => {
    await world.tick(4.5);
    await world.tick(950, 'latency');
    const { html } = await read('/cockpit');
    expect(html).toMatch(/<img src="\/cockpit\.png\?theme=light&amp;locale=en"/);
    const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) => textOf(row));
    expect(rows.slice(1).map((row) => row.split(/ [▲●–]/)[0])).toEqual([
      expect.stringContaining('Page latency 950 ms'),
      expect.stringContaining('Revenue'),
      expect.stringContaining('Checkout conversion 4.5 %'),
    ]);
  });

  it('may be of a team or a domain; another word is a page that is not there', async () => {
    const { html } = await read('/cockpit?team=sales');
    expect(html).toContain('Corner Shop · sales');
    expect(html).toContain('/cockpit.png?team=sales&amp;theme=light');
    expect(html).not.toMatch(/<td><a[^>]*>Page latency/);
    expect((await read('/cockpit?domain=nope')).status).toBe(404);
    expect((await read('/cockpit?watchlist=mine')).status).toBe(404);
  });
});

describe('pages of text', () => {
  it("shows the workspace's own, with links among them", async () => {
    const { html } = await read('/docs/welcome');
    expect(html).toContain('<h1 id="welcome">Welcome</h1>');
    expect(html).toContain('<a href="/docs/runbook#first">how checkout falls</a>');
    world.deps.use(aShop({ pages: new Map([['bare', { title: 'Bare page', markdown: 'Just text.' }]]) }));
    expect((await read('/docs/bare')).html).toContain('<h1>Bare page</h1><p>Just text.</p>');
  });

  it("says that the program's own are English, whatever the reader's language", async () => {
    const { html } = await read('/docs/alerts?locale=ru');
    expect(html).toContain('<html lang="ru">');
    expect(html).toMatch(
      /<main id="main"><div lang="en"><h1 id="alerts">Alerts<\/h1><nav aria-label="На этой странице">/,
    );
    expect((await read('/docs/welcome?locale=ru')).html).not.toContain('<div lang="en">');
  });

  it('lists every command with what it does', async () => {
    const text = textOf((await read('/docs/commands')).html);
    for (const { name } of commands) expect(text).toContain(`/${name}`);
    expect(text).toContain('/metric [metric] card of one metric');
  });

  it('a page of the workspace wins over one of the program', async () => {
    world.deps.use(aShop({ pages: new Map([['commands', { title: 'Ours', markdown: '# Ours' }]]) }));
    expect((await read('/docs/commands')).html).toContain('<h1 id="ours">Ours</h1>');
  });
});

describe('a page that is not there', () => {
  it.each([
    ['/docs/metrics/growht', '/docs/metrics/growth'],
    ['/docs/metrics/conversion', '/docs/metrics/growth#conversion'],
    ['/docs/welcom', '/docs/welcome'],
    ['/audit/chekout', '/audit/checkout'],
    ['/docs/comands', '/docs/commands'],
    ['/docs/cuts/by_devcie', '/docs/cuts/checkout#by_device'],
    ['/docs/zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz/x/y', ''],
  ])('%s is a 404 that suggests %s', async (path, nearest) => {
    const { status, html } = await read(path);
    expect(status).toBe(404);
    const main = /<main.*<\/main>/s.exec(html)?.[0] ?? '';
    expect(main).toContain('There is no such page');
    expect(main).toContain(`<a href="${nearest}`);
  });

  it.each(['/docs/metrics', '/docs/cuts', '/audit', '/docs/metrics/'])(
    '%s leads to the index',
    async (path) => {
      const { status, headers } = await read(path);
      expect([status, headers.get('location')]).toEqual([302, '/docs']);
    },
  );

  it('shows what was asked for as text', async () => {
    const { html } = await read('/docs/%3Cscript%3Ealert(1)%3C%2Fscript%3E');
    expect(html).toContain('/docs/&lt;script&gt;alert(1)');
    expect((await read('/docs/%E0%A4%A')).status).toBe(404);
    expect((await read(`/docs/${'x'.repeat(5000)}`)).status).toBe(404);
  });
});

describe('hostile words', () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>'&amp;`;

  function hostile(): Registry {
    const metric = aMetric({
      name: evil,
      howToRead: evil,
      methodology: evil,
      notes: evil,
      sources: [evil],
      synonyms: [evil],
      tags: [evil],
      teams: [evil],
      runbook: 'javascript:alert(1)',
      owner: 'evil@shop.test',
      sql: evil,
      file: evil,
      cuts: [{ cut: 'by_device', role: 'explains' }],
      verified: { by: evil, at: '2026-11-01' },
    });
    const cut = aCut({ title: evil, prose: evil, howToRead: evil, sql: evil, window: evil, file: evil });
    return aRegistry([metric], {
      workspace: { ...aShop().workspace, name: evil },
      people: [{ ...ivan, email: 'evil@shop.test', name: evil }],
      cuts: new Map([['by_device', cut]]),
      pages: new Map([['evil', { title: evil, markdown: `# ${evil}\n\n${evil}` }]]),
    });
  }

  it.each([
    '/docs',
    '/docs?q=alert',
    `/docs?q=${encodeURIComponent(evil)}`,
    '/docs/metrics/growth',
    '/docs/cuts/checkout',
    '/audit/checkout',
    '/cockpit',
    '/alerts',
    '/docs/evil',
    '/docs/nope',
  ])('stay words in %s', async (path) => {
    world.deps.use(hostile());
    await world.tick(4.5);
    await database.db.prisma.$executeRaw(sql`update heartbeat.metric_state set last_error = ${evil}`);
    const { html } = await read(path);
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toMatch(/<script|<img src="?x|href="javascript|onerror=alert\(1\)>/);
    expect(html.match(/<style>/g)).toHaveLength(1);
  });
});

describe('every page', () => {
  it('is in the language that was asked for, remembered, or liked by the browser', async () => {
    const languageOf = async (path: string, headers: Record<string, string> = {}) =>
      /<html lang="(\w+)"/.exec((await read(path, headers)).html)?.[1];
    expect(await languageOf('/docs')).toBe('en');
    expect(await languageOf('/docs', { 'accept-language': 'de, ru-RU;q=0.8, en;q=0.5' })).toBe('ru');
    expect(await languageOf('/docs', { 'accept-language': 'ru;q=0, en' })).toBe('en');
    expect(await languageOf('/docs', { 'accept-language': 'ru', cookie: 'heartbeat_locale=en' })).toBe('en');
    expect(await languageOf('/docs?locale=ru', { cookie: 'heartbeat_locale=en' })).toBe('ru');
    expect(await languageOf('/docs?locale=tlh')).toBe('en');
    const { headers } = await read('/docs?locale=ru');
    expect(headers.get('set-cookie')).toContain('heartbeat_locale=ru');
    expect(headers.get('vary')).toBe('accept-language, cookie');
    expect(
      (await read('/docs?locale=ru', { cookie: 'heartbeat_locale=ru' })).headers.get('set-cookie'),
    ).toBeNull();
  });

  it('loads nothing from elsewhere, runs no script, and allows exactly its own style', async () => {
    for (const path of [
      '/docs',
      '/docs/metrics/growth',
      '/cockpit',
      '/alerts',
      '/audit/checkout',
      '/docs/welcome',
      '/docs/nope',
    ]) {
      const { html, headers } = await read(path);
      const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
      const hash = createHash('sha256').update(style).digest('base64');
      expect(headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}'`);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(html).not.toMatch(/<script|<iframe|(src|srcset)="https?:|style="|@import|url\(/);
      expect(html.startsWith('<!doctype html><html lang="en"><head><meta charset="utf-8"/>')).toBe(true);
    }
  });

  it('can be read by machine and by ear: one h1, a way past the index, labels, captions', async () => {
    for (const path of ['/docs', '/docs/metrics/growth', '/cockpit', '/alerts', '/docs/commands']) {
      const { html } = await read(path);
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html).toContain('<a class="skip" href="#main">');
      expect(html).toMatch(/<nav class="contents" aria-label="\w+">/);
      for (const [image] of html.matchAll(/<img[^>]*>/g)) expect(image).toMatch(/alt="[^"]+"/);
      for (const [table] of html.matchAll(/<table class="metrics[^>]*>.{0,40}/g))
        expect(table).toContain('<caption');
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});
