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
    pane(of, on).locator('.log > article').filter({ hasText: text }).last();
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
    'brings a red alert into the group within a minute of the start, in Telegram and in Slack',
    async () => {
      await messageWith(IVAN, /🔴 ?Checkout success/).waitFor({ timeout: 2 * A_MINUTE });
      expect(performance.now() - startedAt).toBeLessThan(A_MINUTE);
      await messageWith(ANN, /🔴 ?Checkout success/).waitFor();
      const apps = [IVAN, ANN].map((of) => phone(of).getAttribute('data-app'));
      expect(await Promise.all(apps)).toEqual(['telegram', 'slack']);
      await messageWith(ANN, /🔴 ?Checkout success/)
        .locator('.slack-image img')
        .waitFor();
      await page.locator('.steps li.done').filter({ hasText: 'Watch the group' }).waitFor();
    },
    3 * A_MINUTE,
  );

  it(
    'shows in Slack who acked in Telegram, and ends the first minute',
    async () => {
      await button(messageWith(IVAN, /🔴 ?Checkout success/), /Ack/).click();
      await phone(IVAN).locator('.toast').waitFor();
      for (const each of [IVAN, ANN]) await messageWith(each, /Checkout success[^]*acked by Ivan/i).waitFor();
      await expect.poll(() => page.locator('.steps li.done').count(), POLL).toBe(3);
    },
    A_MINUTE,
  );

  it(
    'shows in Telegram who acked in Slack, where only that person is told more',
    async () => {
      await button(messageWith(IVAN, /Checkout success/), /Un-ack/).click();
      await button(messageWith(ANN, /🔴 ?Checkout success/), /✅ ?Ack/).click();
      for (const each of [IVAN, ANN]) await messageWith(each, /Checkout success[^]*acked by Ann/i).waitFor();
      await pane(ANN).locator('.only-you').filter({ hasText: 'Only visible to you' }).first().waitFor();
      expect(await pane(IVAN).getByText('Only visible to you').count()).toBe(0);
    },
    A_MINUTE,
  );

  it(
    'snoozes from Slack with one tap, and for as long as chosen from the menu of Telegram',
    async () => {
      await button(messageWith(ANN, /acked by Ann/i), /Un-ack/).click();
      await button(messageWith(ANN, /🔴 ?Checkout success/), /Snooze 1/).click();
      for (const each of [IVAN, ANN]) await messageWith(each, /snoozed by Ann/i).waitFor();
      await button(messageWith(IVAN, /snoozed by Ann/i), /💤 …/).click();
      await button(messageWith(IVAN, /snoozed by Ann/i), /15/).click();
      for (const each of [IVAN, ANN]) await messageWith(each, /snoozed by Ivan/i).waitFor();
      expect(await phone(IVAN).locator('.toast').innerText()).not.toBe('');
    },
    A_MINUTE,
  );

  it(
    'snoozes until the time that a window of Slack asks for, and says what it cannot use',
    async () => {
      const menu = messageWith(ANN, /snoozed by Ivan/i).getByRole('combobox');
      await menu.selectOption({ label: await findOption(menu, /until/i) });
      const modal = phone(ANN).getByRole('dialog');
      const at = modal.locator('input[type="datetime-local"]');
      await at.waitFor();
      const offered = await at.inputValue();
      expect(offered).toMatch(/T09:00$/);
      await at.fill('2001-01-01T09:00');
      await modal.getByRole('button', { name: /OK|Готово/ }).click();
      await expect.poll(() => modal.getByRole('alert').innerText(), POLL).not.toBe('');
      await at.fill(offered.replace('T09:00', 'T10:35'));
      await modal.getByRole('button', { name: /OK|Готово/ }).click();
      await modal.waitFor({ state: 'hidden' });
      for (const each of [IVAN, ANN]) await messageWith(each, /snoozed by Ann[^]*10:35/i).waitFor();
    },
    A_MINUTE,
  );

  it(
    'takes an answer to the alert as a note, which both chats show',
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
      await pane(IVAN)
        .locator('article.own')
        .filter({ hasText: 'a release is rolled back' })
        .locator('.quote')
        .waitFor();
    },
    A_MINUTE,
  );

  it(
    'takes a reply in the thread of Slack as a note too, and shows it under the alert',
    async () => {
      await messageWith(ANN, /snoozed by Ann/i)
        .getByRole('button', { name: 'Reply in thread' })
        .click();
      const composer = pane(ANN).locator('.composer textarea');
      await composer.fill('support & sales <know>');
      await composer.press('Enter');
      await messageWith(IVAN, /Checkout success[^]*Ann, [^]*: support & sales <know>/).waitFor();
      const thread = messageWith(ANN, /snoozed by Ann/i).locator('.slack-thread');
      const replies = thread.locator('article[aria-label^="Ann,"]');
      await replies.filter({ hasText: 'support & sales <know>' }).waitFor();
      expect(await replies.count()).toBe(1);
    },
    A_MINUTE,
  );

  it(
    'answers a slash command where only its person sees it, until it is shared',
    async () => {
      const composer = pane(ANN).locator('.composer textarea');
      await composer.pressSequentially('/met');
      await pane(ANN)
        .getByRole('option', { name: /\/metric/ })
        .waitFor();
      await composer.fill('/metric cr');
      await composer.press('Enter');
      const card = pane(ANN).locator('.only-you').filter({ hasText: 'Checkout conversion' }).last();
      await card.locator('.slack-image img').waitFor();
      await card.getByRole('button', { name: /Показать всем|Share here/ }).click();
      const shared = pane(ANN)
        .locator('.log > article:not(.only-you)')
        .filter({ hasText: /Показывает Ann|Shared by Ann/ });
      await shared.locator('.slack-image img').waitFor();
      expect(await shared.getByRole('button', { name: /Показать всем|Share here/ }).count()).toBe(0);
      await composer.fill('/star cr');
      await composer.press('Enter');
      await phone(ANN).locator('.toast').filter({ hasText: '/star is no command here' }).waitFor();
    },
    A_MINUTE,
  );

  it(
    'pins the cockpit in Slack, and says so above it',
    async () => {
      const composer = pane(ANN).locator('.composer textarea');
      await composer.fill('/pin');
      await composer.press('Enter');
      const pinned = pane(ANN)
        .locator('.log > article')
        .filter({ has: page.locator('.slack-mark', { hasText: 'Pinned' }) });
      await pinned.filter({ hasText: /Kept up to date|Обновляется/ }).waitFor();
      expect(await pinned.count()).toBe(1);
    },
    A_MINUTE,
  );

  it(
    'draws the Home tab, whose buttons work',
    async () => {
      await phone(ANN).getByRole('tab', { name: 'Home' }).click();
      const title = pane(ANN).locator('.slack-header');
      await title.filter({ hasText: 'Ann, это Corner Shop' }).waitFor();
      await pane(ANN).getByRole('button', { name: 'English' }).click();
      await title.filter({ hasText: 'Ann, this is Corner Shop' }).waitFor();
      await pane(ANN).getByRole('button', { name: 'Русский' }).click();
      await expect.poll(() => title.innerText(), POLL).toBe('Ann, это Corner Shop');
      await phone(ANN)
        .getByRole('tab', { name: /corner-shop/ })
        .click();
    },
    A_MINUTE,
  );

  it(
    'opens the other chat on a phone, with the same alert in it',
    async () => {
      const choose = (app: string): Promise<void> => phone(ANN).getByRole('button', { name: app }).click();
      await choose('Telegram');
      await messageWith(ANN, /Checkout success[^]*snoozed by Ann/i).waitFor();
      expect(await phone(ANN).getAttribute('data-app')).toBe('telegram');
      await page.locator(`.phone[data-person="${ANN}"] [data-value="telegram"]:focus`).waitFor();
      await choose('Slack');
      await messageWith(ANN, /Checkout success[^]*snoozed by Ann/i).waitFor();
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
      const text = '<img src=x onerror="document.title=1"><b>bold</b> & *so*';
      await phone(IVAN).getByRole('tab', { name: 'Corner Shop' }).click();
      for (const [of, words] of [
        [IVAN, '.text'],
        [ANN, '.slack-text'],
      ] as const) {
        const input = pane(of).locator('.composer textarea');
        await input.fill(text);
        await input.press('Enter');
        const written = messageWith(of, /onerror/);
        await written.waitFor();
        expect(await written.locator(words).innerText()).toContain('<b>bold</b> &');
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
        // a message that is edited while one of its buttons has the focus takes it away; the next Tab goes on from there
        if (stop === null) continue;
        expect(stop.isSeen).toBe(true);
        if (regions.at(-1) !== stop.region) regions.push(stop.region);
        if (stop.region === `phone ${ANN} send`) break;
      }
      expect(regions).toEqual([
        'panel',
        ...[IVAN, ANN].flatMap((of) =>
          ['switch', 'tabs', 'log', 'composer', 'send'].map((part) => `phone ${of} ${part}`),
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
      await small.context().close();
    },
    A_MINUTE,
  );

  it.each([
    ['en-GB', 'light'],
    ['ru-RU', 'dark'],
  ] as const)(
    'fits into 390 px in both chats: %s, %s',
    async (locale, colorScheme) => {
      const viewport = { width: 390, height: 844 };
      const small = await open({ viewport, hasTouch: true, isMobile: true, locale, colorScheme });
      await small.locator('.people button').nth(1).tap();
      for (const app of ['slack', 'telegram', 'slack']) {
        await phone(ANN, small).locator(`[data-value="${app}"]`).tap();
        await messageWith(ANN, /Page latency/, small).waitFor();
        expect(await listOverflowing(small)).toEqual([]);
      }
      await phone(ANN, small).getByRole('tab').last().tap();
      await pane(ANN, small).locator('.slack-header').waitFor();
      expect(await listOverflowing(small)).toEqual([]);
      await small.context().close();
    },
    A_MINUTE,
  );

  it('never had the browser complain', () => {
    expect(complaints).toEqual([]);
  });
});

/** Everything that is wider than the page, or cut off at its side. */
function listOverflowing(page: Page): Promise<string[]> {
  return page.evaluate<
    string[]
  >(`[...document.querySelectorAll('body, .phone, .phone-head, .log, .log > article, .slack-home, .composer')]
    .filter((each) => each.scrollWidth > each.clientWidth + 1 || each.getBoundingClientRect().right > innerWidth + 1)
    .filter((each) => each.clientWidth > 0)
    .map((each) => each.className || each.tagName)`);
}

/** The label of an option of a list. */
async function findOption(list: Locator, label: RegExp): Promise<string> {
  const labels = await list.locator('option').allInnerTexts();
  const found = labels.find((each) => label.test(each));
  if (found === undefined) throw new Error(`no option ${label.source} among: ${labels.join(', ')}`);
  return found;
}

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
  const part = within('.phone-head') ? 'switch' : within('.tabs') ? 'tabs' : within('.log-frame') ? 'log' : within('.send') ? 'send' : 'composer';
  return { region: person ? 'phone ' + person + ' ' + part : within('.panel') ? 'panel' : focused.className, isSeen };
})()`;
