import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageView } from '../../src/playground/slack-api/index.ts';
import { startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { shownText, SLACK_FILES, SLACK_ROOM, startTestSlack, type TestSlack } from '../support/slack.ts';
import { IVAN, ROOM } from '../support/workspace.ts';

const ONE_SECOND = 1_000;

let bot: TestHeartbeat;
let world: TestSlack;

const until = <T>(find: () => T | undefined | null | false): Promise<T> => world.slack.waitFor(find, 15_000);

function alertIn(channel: string): MessageView | undefined {
  return world.slack.messages(channel).find((message) => message.isBot && message.threadTs === null);
}

/** A message as it is now: tests hold on to older views. */
function shows(channel: string, pattern: RegExp): boolean {
  const message = alertIn(channel);
  return message !== undefined && pattern.test(shownText(message));
}

async function startHttp(): Promise<void> {
  world = await startTestSlack();
  bot = await startTestHeartbeat({ files: SLACK_FILES, environment: world.http });
  world.slack.deliverTo(`${bot.running.url}/slack/events`);
}

async function stop(): Promise<void> {
  const refused = world.slack.calls.filter(({ ok }) => ok === false);
  const log = bot.logged();
  await bot.stop();
  await world.slack.close();
  expect(refused.map((call) => `${call.method}: ${call.error} ${JSON.stringify(call.params)}`)).toEqual([]);
  for (const secret of [world.slack.token, world.slack.signingSecret, world.slack.appToken])
    expect(log).not.toContain(secret);
}

async function partOf(name: string): Promise<{ ok: boolean; reason: string } | undefined> {
  const { parts } = (await (await fetch(`${bot.running.url}/readyz`)).json()) as {
    parts: { name: string; ok: boolean; reason: string }[];
  };
  return parts.find((part) => part.name === name);
}

describe('one alert in Slack and Telegram at once, requests signed', () => {
  beforeAll(startHttp, 60_000);
  afterAll(stop);

  it('stands in the room and with the owner, with value, line, buttons and picture', async () => {
    await expect.poll(() => partOf('slack')).toMatchObject({ ok: true });
    await bot.signal(3.1);
    const room = await until(() => alertIn(SLACK_ROOM));
    const own = await until(() => alertIn('U0IVAN'));
    for (const message of [room, own]) {
      expect(shownText(message)).toMatch(/Checkout conversion\* 3\.1[\s\S]*3\.4/);
      expect(message.text.length).toBeLessThanOrEqual(60);
      expect(shownText(message)).toMatch(/✅ Ack[\s\S]*💤[\s\S]*Why/);
    }
    await until(() => shows(SLACK_ROOM, /slack_file/) && shows('U0IVAN', /slack_file/));
    const image = alertIn(SLACK_ROOM)?.blocks.find(({ type }) => type === 'image');
    expect(image).toMatchObject({ alt_text: expect.stringMatching(/Checkout conversion/) });
  });

  it('acked in Slack: answered within a second, and seen in Telegram, the picture still there', async () => {
    await bot.api.waitFor(() => bot.messages(IVAN).some(({ text }) => /3\.1/.test(text)));
    const pressed = await world.ann.presses(alertIn(SLACK_ROOM) as MessageView, /Ack/);
    expect(pressed).toMatchObject({ status: 200 });
    expect(pressed.afterMs).toBeLessThan(ONE_SECOND);
    await until(() => world.slack.ephemerals('U0ANN').some(({ text }) => text !== ''));
    await until(() => shows(SLACK_ROOM, /Ann/) && shows('U0IVAN', /Ann/));
    expect(shows(SLACK_ROOM, /slack_file/)).toBe(true);
    await bot.api.waitFor(() => bot.messages(ROOM).some(({ text }) => /Ann/.test(text)));
  });
});
