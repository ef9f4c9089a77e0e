import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/lib/time.ts';
import { aShop, createWorld, type World } from '../http/world.ts';
import { findChromium, launchChromium } from '../playground/chromium.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aMetric } from '../support/deps.ts';

const database = withEmbeddedDatabase();
const SITE = 'http://localhost:8080';
const chromium = findChromium();
if (chromium === undefined) console.log('The pages were not looked at: no chromium on this computer.');

/** Long names, values and lines, as a shop has them. */
const metrics = [
  aMetric({ name: 'Age of the sales figures', unit: { kind: 'duration', of: 'min' }, norm: 135, alert: 190 }),
  aMetric({ id: 'payouts', name: 'Payouts not yet at the bank', unit: { kind: 'currency', code: 'EUR' } }),
  aMetric({ id: 'cost', name: 'Cost of a new customer', owner: null }),
];

type Faults = { words: string[]; tooWide: number };

/** Runs in the page: words of tables that do not stand whole within their cell, and how far the page is wider than the screen. */
const FIND_FAULTS = String.raw`(() => {
  const words = [];
  const isShown = (cell) => cell.parentElement.parentElement.getBoundingClientRect().height > 1;
  for (const cell of [...document.querySelectorAll('table.metrics :is(td, th)')].filter(isShown)) {
    const { left, right } = cell.getBoundingClientRect();
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      for (const match of text.textContent.matchAll(/[\p{L}\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(text, match.index);
        range.setEnd(text, match.index + match[0].length);
        const lines = [...range.getClientRects()];
        const isInside = lines.every((line) => line.left >= left - 1 && line.right <= right + 1);
        if (lines.length > 1 || !isInside) words.push(match[0]);
      }
    }
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  return { words, tooWide: scrollWidth - clientWidth };
})()`;

/** Runs in the page: whether the index shows the link of the page that is open. Browsers before 2025 cannot. */
const SHOWS_OPEN_PAGE = `(async () => {
  if (!CSS.supports('scroll-initial-target', 'nearest')) return true;
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const index = document.querySelector('.contents').getBoundingClientRect();
  const open = document.querySelector('.contents [aria-current]').getBoundingClientRect();
  const isAcross = open.left >= index.left - 1 && open.right <= index.right + 1;
  return isAcross && open.top >= index.top - 1 && open.bottom <= innerHeight + 1;
})()`;

describe.skipIf(chromium === undefined)('the pages on a screen', () => {
  let world: World;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const registry = aShop({ metrics: new Map(metrics.map((metric) => [metric.id, metric])) });
    world = await createWorld({ db: database.db, registry });
    world.deps.verify('unverified');
    await world.tick(40.6);
    await world.tick(1042, 'payouts');
    world.clock.add(777 * MINUTE);
    browser = await launchChromium(chromium ?? '');
    page = await browser.newPage();
    await page.route('**/*', async (route) => {
      const { pathname, search } = new URL(route.request().url());
      const answer = await world.ask(pathname + search);
      const body = Buffer.from(await answer.arrayBuffer());
      await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body });
    });
  });
  afterAll(async () => {
    await browser.close();
    world.close();
  });

  const widths = [360, 390, 700, 880, 1000, 1280];
  const paths = ['/docs', '/cockpit', '/docs/metrics/growth', '/docs/slack', '/docs/limits', '/docs/nope'];

  it.each(['en', 'ru'])('have room for every word and are no wider than it (%s)', async (locale) => {
    const faults: unknown[] = [];
    for (const path of paths) {
      await page.goto(`${SITE}${path}?locale=${locale}`);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        const found = await page.evaluate<Faults>(FIND_FAULTS);
        if (found.words.length > 0 || found.tooWide > 0) faults.push({ path, width, ...found });
      }
    }
    expect(faults).toEqual([]);
  });

  it('begin their index at the page that is open, on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${SITE}/docs/watchlists`);
    expect(await page.evaluate<boolean>(SHOWS_OPEN_PAGE)).toBe(true);
  });
});
