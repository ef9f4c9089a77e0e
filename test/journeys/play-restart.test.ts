import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PageEvent, PageSnapshot } from '../../src/playground/page-types.ts';
import { startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { SLACK_FILES, SLACK_ROOM } from '../support/slack.ts';
import { IVAN, ROOM } from '../support/workspace.ts';

const POLL = { timeout: 20_000 };

let bot: TestHeartbeat;

beforeAll(async () => {
  bot = await startTestHeartbeat({ files: SLACK_FILES, environment: { PLAYGROUND: 'on' } });
}, 60_000);
afterAll(() => bot.stop());

/** What a page that is opened now begins with. */
async function look(): Promise<PageSnapshot> {
  const answer = await fetch(`${bot.running.url}/play/events`);
  let text = '';
  for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    if (text.includes('\n\n')) break;
  }
  const event = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '{}') as PageEvent;
  if (event.kind !== 'snapshot') throw new Error(`a page began with ${event.kind}`);
  return event.snapshot;
}

/** Where an alert of this look stands. */
async function placesOf(sign: string): Promise<ReadonlySet<string>> {
  const { messages, slack } = await look();
  const shown = [...messages, ...slack.messages].filter((message) => {
    const text = JSON.stringify(message);
    return text.includes(sign) && text.includes('Checkout conversion');
  });
  return new Set(shown.map(({ chat }) => String(chat)));
}

it('the playground’s chats have the open alerts again when it is started again', async () => {
  await bot.signal(3.1);
  const everywhere = new Set([String(ROOM), String(IVAN), SLACK_ROOM, 'U0IVAN']);
  await expect.poll(() => placesOf('🔴'), POLL).toEqual(everywhere);
  for (const _restart of [1, 2]) {
    await bot.restart();
    await expect.poll(() => placesOf('🔴'), POLL).toEqual(everywhere);
  }
  await bot.signal(4.5);
  await expect.poll(() => placesOf('Recovered'), POLL).toEqual(everywhere);
}, 90_000);
