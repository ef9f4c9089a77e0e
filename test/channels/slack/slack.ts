import { onTestFinished } from 'vitest';
import type { Answer } from '../../../src/answers/index.ts';
import { createSlackChannel, type SlackChannelOptions } from '../../../src/channels/slack/channel.ts';
import type { SendRequest } from '../../../src/delivery/index.ts';
import type { SlackApiOptions } from '../../../src/playground/slack-api/index.ts';
import { WORDS } from '../../answers/facts.ts';
import { SLACK_ROOM, startTestSlack } from '../../support/slack.ts';
import { keepLog, requestTo } from '../requests.ts';

export const ANSWER: Answer = {
  lines: [['🔴 ', { kind: 'bold', text: 'Checkout conversion' }, ' 3.1 %'], ['below alert 3.4 %']],
  buttons: [
    [
      { label: '✅ Ack', press: '1:a:1042:3' },
      { label: '💤 …', press: '1:z:1042:3' },
    ],
  ],
};

/** Starts a Slack with its people, and a channel that speaks to it; all ends with the test. */
export async function startSlack(
  options: { world?: SlackApiOptions; channel?: Partial<SlackChannelOptions> } = {},
) {
  const world = await startTestSlack(options.world);
  onTestFinished(() => world.slack.close());
  const { log, lines } = keepLog();
  const fileIds = new Map<string, string>();
  const shown = new Map<string, string>();
  const channel = createSlackChannel({
    token: world.slack.token,
    apiUrl: world.slack.url,
    log,
    wordsOf: () => WORDS.en,
    files: {
      find: async (hash) => fileIds.get(hash),
      remember: async (hash, id) => void fileIds.set(hash, id),
      findShown: async (_place, messageId) => fileIds.get(shown.get(messageId) ?? ''),
    },
    ...options.channel,
  });
  return { ...world, channel, log, lines, fileIds, shown };
}

/** Gives a request to post ANSWER in the room, changed as said. */
export function requestOf(changes: Partial<SendRequest> & { to?: string } = {}): SendRequest {
  const { to = SLACK_ROOM, ...rest } = changes;
  return requestTo({ channel: 'slack', conversation: to }, { answer: ANSWER, view: null, ...rest });
}
