import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { startHeartbeat, type Running } from '../../src/main.ts';
import { findChromium, launchChromium } from '../playground/chromium.ts';

const A_MINUTE = 60_000;
const WAIT_MS = 20_000;
const POLL = { timeout: WAIT_MS };
const IVAN = '1001';
const ANN = '1002';

const chromium = findChromium();
if (chromium === undefined) console.log('The playground was not looked at: no chromium on this computer.');

describe.skipIf(chromium === undefined)('a first minute in the playground', () => {
  let dataDir: string;
  let startedAt: number;
  let running: Running;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    const opened = await context.newPage();
    opened.setDefaultTimeout(WAIT_MS);
    opened.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    opened.on('pageerror', (error) => complaints.push(String(error.stack)));
    await opened.goto(`${running.url}/play`);
    await opened.locator('.phone').first().waitFor();
    return opened;
  }

  const phone = (of: string, on: Page = page): Locator => on.locator(`.phone[data-person="${of}"]`);
  const pane = (of: string, on: Page = page): Locator => phone(of, on).locator('.pane:not([hidden])');
  const messageWith = (of: string, text: RegExp, on: Page = page): Locator =>
    pane(of, on).locator('article').filter({ hasText: text }).last();
  const button = (message: Locator, name: RegExp): Locator => message.getByRole('button', { name });

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'heartbeat-play-'));
    startedAt = performance.now();
    running = await startHeartbeat(readConfig({ PORT: '0', HEARTBEAT_DATA: dataDir, LOG_LEVEL: 'silent' }));
    browser = await launchChromium(chromium ?? '');
    page = await open({ viewport: { width: 1280, height: 800 } });
  }, 2 * A_MINUTE);

  afterAll(async () => {
    await browser?.close();
    await running?.stop();
    await rm(dataDir, { recursive: true, force: true });
  }, A_MINUTE);

  it(
    'brings a red alert into the group within a minute of the start, on both phones',
    async () => {
      await messageWith(IVAN, /🔴 ?Checkout success/).waitFor({ timeout: 2 * A_MINUTE });
      expect(performance.now() - startedAt).toBeLessThan(A_MINUTE);
      await messageWith(ANN, /🔴 ?Checkout success/).waitFor();
      await page.locator('.steps li.done').filter({ hasText: 'Watch the group' }).waitFor();
    },
    3 * A_MINUTE,
  );

  it(
    'shows on both phones who acked',
    async () => {
      await button(messageWith(IVAN, /🔴 ?Checkout success/), /Ack/).click();
      await phone(IVAN).locator('.toast').waitFor();
      for (const each of [IVAN, ANN]) await messageWith(each, /Checkout success[^]*acked by Ivan/i).waitFor();
      await expect.poll(() => page.locator('.steps li.done').count(), POLL).toBe(3);
    },
    A_MINUTE,
  );

  it(
    'snoozes from the other phone with one tap',
    async () => {
      await button(messageWith(IVAN, /Checkout success/), /Un-ack/).click();
      await button(messageWith(ANN, /Checkout success/), /Snooze 1/).click();
      for (const each of [IVAN, ANN]) await messageWith(each, /snoozed by Ann/i).waitFor();
      expect(await phone(ANN).locator('.toast').innerText()).not.toBe('');
    },
    A_MINUTE,
  );

  it(
    'snoozes for as long as chosen from the menu',
    async () => {
      const said = (): Promise<string> =>
        messageWith(IVAN, /snoozed by Ann/i)
          .locator('.text')
          .innerText();
      const before = await said();
      await button(messageWith(ANN, /snoozed by Ann/i), /💤 …/).click();
      await button(messageWith(ANN, /snoozed by Ann/i), /15/).click();
      await expect.poll(said, POLL).not.toBe(before);
    },
    A_MINUTE,
  );

  it(
    'takes an answer to the alert as a note, which both phones show',
    async () => {
      const alert = messageWith(IVAN, /snoozed by Ann/i);
      await button(alert, /^Reply to Heartbeat$/).click();
      await pane(IVAN)
        .locator('.answering')
        .filter({ hasText: /Reply to Heartbeat.*Checkout success/ })
        .waitFor();
      await pane(IVAN).getByRole('combobox').fill('a release is rolled back');
      await pane(IVAN).getByRole('combobox').press('Enter');
      expect(await pane(IVAN).locator('.answering').isVisible()).toBe(false);
      for (const each of [IVAN, ANN])
        await messageWith(each, /Checkout success[^]*Ivan, [^]*: a release is rolled back/).waitFor();
      await pane(ANN)
        .locator('article')
        .filter({ hasText: /^Ivan.*a release is rolled back/s })
        .locator('.quote')
        .waitFor();
    },
    A_MINUTE,
  );

  it(
    'answers /cockpit with a picture, chosen from the suggestions by keyboard, and enlarges it',
    async () => {
      await phone(IVAN).getByRole('tab', { name: 'Heartbeat' }).click();
      const input = pane(IVAN).getByRole('combobox');
      await input.pressSequentially('/coc');
      await pane(IVAN)
        .getByRole('option', { name: /\/cockpit/ })
        .waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      const image = messageWith(IVAN, /Corner Shop/).locator('img');
      await image.waitFor();
      await expect
        .poll(() => image.evaluate((each) => (each as { naturalWidth?: number }).naturalWidth), POLL)
        .toBe(1280);
      expect(await image.getAttribute('alt')).toContain('Corner Shop');
      await messageWith(IVAN, /Corner Shop/)
        .getByRole('button', { name: /Enlarge/ })
        .click();
      const viewer = page.getByRole('dialog');
      await viewer.waitFor();
      await page.keyboard.press('Escape');
      await viewer.waitFor({ state: 'hidden' });
    },
    A_MINUTE,
  );

  it(
    'shows what a person writes as text, whatever it says',
    async () => {
      const text = '<img src=x onerror="document.title=1"><b>bold</b>';
      const input = pane(ANN).getByRole('combobox');
      await input.fill(text);
      await input.press('Enter');
      await messageWith(IVAN, /Corner Shop/).waitFor();
      await phone(IVAN).getByRole('tab', { name: 'Corner Shop' }).click();
      for (const each of [IVAN, ANN]) {
        const written = messageWith(each, /onerror/);
        await written.waitFor();
        expect(await written.locator('.text').innerText()).toContain(text);
        expect(await written.locator('img').count()).toBe(0);
      }
      expect(await page.title()).not.toBe('1');
    },
    A_MINUTE,
  );

  it(
    'moves the clock and lets a metric fall from the panel',
    async () => {
      const clock = page.locator('.clock');
      const before = minutesOf(await clock.innerText());
      await page.getByRole('button', { name: '+15 min' }).click();
      await expect
        .poll(async () => (minutesOf(await clock.innerText()) - before + 1440) % 1440)
        .toBeGreaterThan(14);
      await page.getByRole('button', { name: 'Let Page latency, p95 fall' }).click();
      await page.getByRole('button', { name: 'Stop the fall of Page latency, p95' }).waitFor();
      await messageWith(IVAN, /🔴 ?Page latency/).waitFor({ timeout: A_MINUTE });
    },
    2 * A_MINUTE,
  );

  it(
    'has a name for everything that can be used, and is walked by Tab in reading order',
    async () => {
      expect(await listNameless(page)).toEqual([]);
      await page.locator('body').click({ position: { x: 1, y: 1 } });
      const regions: string[] = [];
      for (let count = 0; count < TAB_STOPS_MAX; count += 1) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate<FocusStop | null>(DESCRIBE_FOCUS);
        if (stop === null) break;
        expect(stop.isSeen).toBe(true);
        if (regions.at(-1) !== stop.region) regions.push(stop.region);
        if (stop.region === `phone ${ANN} send`) break;
      }
      expect(regions).toEqual([
        'panel',
        ...[IVAN, ANN].flatMap((of) =>
          ['tabs', 'log', 'composer', 'send'].map((part) => `phone ${of} ${part}`),
        ),
      ]);
    },
    A_MINUTE,
  );

  it(
    'speaks Russian and goes dark when asked, and remembers',
    async () => {
      await page.getByRole('button', { name: 'Русский' }).click();
      await page.getByRole('button', { name: 'Тёмные' }).click();
      await page.reload();
      await page.getByRole('heading', { name: 'Ваша первая минута' }).waitFor();
      const look = await page.evaluate<string[]>(
        '[document.documentElement.lang, getComputedStyle(document.documentElement).colorScheme]',
      );
      expect(look).toEqual(['ru', 'dark']);
    },
    A_MINUTE,
  );

  it(
    'is one phone with a switch on a phone’s width',
    async () => {
      const small = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
      await messageWith(IVAN, /Page latency/, small).waitFor();
      expect(await phone(ANN, small).isVisible()).toBe(false);
      await small.getByRole('group', { name: 'Whose phone' }).getByRole('button', { name: 'Ann' }).tap();
      await messageWith(ANN, /Page latency/, small).waitFor();
      expect(await phone(IVAN, small).isVisible()).toBe(false);
      await button(messageWith(ANN, /🔴 ?Page latency/, small), /Ack/).tap();
      await messageWith(ANN, /acked by Ann/i, small).waitFor();
      await small.getByRole('button', { name: 'Try this' }).tap();
      await small.getByRole('button', { name: '+1 h' }).waitFor();
      await small.keyboard.press('Escape');
      await small.getByRole('button', { name: '+1 h' }).waitFor({ state: 'hidden' });
      expect(await listNameless(small)).toEqual([]);
      const width = await small.evaluate<number>('document.documentElement.scrollWidth');
      expect(width).toBeLessThanOrEqual(390);
      await small.context().close();
    },
    A_MINUTE,
  );

  it('never had the browser complain', () => {
    expect(complaints).toEqual([]);
  });
});

/** The first time of day in a text, as minutes. */
function minutesOf(text: string): number {
  const [, hours = '', minutes = ''] = /(\d\d):(\d\d)/.exec(text) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

type AxNode = { ignored: boolean; role?: { value: string }; name?: { value: string }; nodeId: string };
const USABLE = new Set(['button', 'link', 'tab', 'combobox', 'textbox', 'option', 'image', 'log', 'dialog']);

/** Everything usable that a screen reader could not name. */
async function listNameless(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: AxNode[] };
  await session.detach();
  const usable = nodes.filter(({ ignored, role }) => !ignored && USABLE.has(role?.value ?? ''));
  expect(usable.length).toBeGreaterThan(20);
  return usable.filter(({ name }) => !name?.value).map(({ role, nodeId }) => `${role?.value} ${nodeId}`);
}

type FocusStop = { region: string; isSeen: boolean };

const TAB_STOPS_MAX = 300;

/** Runs in the page: where the focus is, and whether that can be seen. */
const DESCRIBE_FOCUS = `(() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const within = (selector) => focused.closest(selector);
  const style = getComputedStyle(focused);
  const form = within('form');
  const bubble = focused.querySelector?.('.bubble');
  const isSeen = [focused, form, bubble].some((each) => {
    const { outlineStyle, boxShadow } = each ? getComputedStyle(each) : {};
    return outlineStyle && (outlineStyle !== 'none' || boxShadow !== 'none');
  });
  const person = within('.phone')?.dataset.person;
  const part = within('.tabs') ? 'tabs' : within('.log-frame') ? 'log' : within('.send') ? 'send' : 'composer';
  return { region: person ? 'phone ' + person + ' ' + part : within('.panel') ? 'panel' : focused.className, isSeen };
})()`;
