import { Writable } from 'node:stream';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import {
  createTelegramChannel,
  type TelegramChannelOptions,
} from '../../../src/channels/telegram/channel.ts';
import { createTelegramDirect, type DirectOptions } from '../../../src/channels/telegram/direct.ts';
import type { FixedWordsFor } from '../../../src/channels/telegram/words.ts';
import type { Answer } from '../../../src/answers/index.ts';
import type { MessageRequest } from '../../../src/delivery/index.ts';
import type { BotApiOptions } from '../../../src/playground/bot-api/index.ts';
import { startWorld } from '../../playground/bot-api/world.ts';
import { makePng } from '../../playground/bot-api/png.ts';

export const IVAN = '1001';
export const GROUP = '-1001';
export const FORUM = '-100200';

export const words: FixedWordsFor = (language) => ({
  mayRepeat: '↻ This may be a repeat',
  pressSlow: language === 'ru' ? 'Минутку…' : 'One moment…',
  pressFailed: 'That did not work. Try again.',
});

export const ANSWER: Answer = {
  lines: [['🔴 ', { kind: 'bold', text: 'Checkout conversion' }, ' 3.1 %'], ['below alert 3.4 %']],
  buttons: [[{ label: '✅ Ack', press: '1:a:1042:3' }]],
};

/** A log that is kept, to be read as text. */
export function keepLog() {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { log: pino({ level: 'trace' }, stream), lines };
}

/** Starts a stand-in with its people, and a channel that speaks to it; all ends with the test. */
export async function startTelegram(
  options: {
    world?: BotApiOptions;
    channel?: Partial<TelegramChannelOptions>;
    direct?: Partial<DirectOptions>;
  } = {},
) {
  const world = await startWorld(options.world);
  const { log, lines } = keepLog();
  const fileIds = new Map<string, string>();
  const channel = createTelegramChannel({
    token: world.api.token,
    apiRoot: world.api.root,
    log,
    words,
    strict: true,
    files: {
      find: async (hash) => fileIds.get(hash),
      remember: async (hash, id) => void fileIds.set(hash, id),
    },
    ...options.channel,
  });
  const direct = createTelegramDirect({ channel, log, ...options.direct });
  onTestFinished(() => {
    direct.close();
    channel.close();
  });
  return { ...world, channel, direct, log, lines, fileIds };
}

/** Gives a request to post ANSWER to Ivan, changed as said. */
export function requestOf(
  changes: Partial<MessageRequest> & { chat?: string; topic?: number | null } = {},
): MessageRequest {
  const { chat = IVAN, topic = null, ...rest } = changes;
  return {
    place: { channel: 'telegram', chat, topic },
    operation: 'post',
    answer: ANSWER,
    picture: null,
    messageId: null,
    hasPicture: false,
    silent: false,
    maybeSent: false,
    ...rest,
  };
}

/** Gives a picture of its own content. */
export function pictureOf(seed = 1) {
  return { png: makePng(40, 30, seed), contentHash: `hash-${seed}`, alt: 'a chart' };
}
