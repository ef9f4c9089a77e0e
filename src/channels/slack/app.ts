import { randomUUID } from 'node:crypto';
import type { App, Receiver } from '@slack/bolt';
import type { Logger } from 'pino';
import { loadBolt } from './bolt.ts';
import { createBoltLog } from './bolt-log.ts';
import type { SlackChannel } from './channel.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Self } from './self.ts';

export type AppOptions = {
  receiver: Receiver;
  self: Self;
  channel: SlackChannel;
  dispatcher: Dispatcher;
  log: Logger;
};

/** Makes Bolt's App: it tells requests apart, leaves what the app itself wrote, and hands the rest to one place. */
export async function createApp({ receiver, self, dispatcher, log }: AppOptions): Promise<App> {
  const bolt = await loadBolt();
  const { teamId, botUserId, botId } = self;
  const app = new bolt.App({
    receiver,
    convoStore: false,
    logger: createBoltLog(log, bolt),
    authorize: async () => ({
      ...(teamId === null ? {} : { teamId }),
      ...(botUserId === null ? {} : { botUserId }),
      ...(botId === null ? {} : { botId }),
    }),
  });
  app.use(async (args) => {
    const ack = 'ack' in args && typeof args.ack === 'function' ? (args.ack as AnyAck) : noAck;
    const { requestId } = args.context;
    const id = typeof requestId === 'string' ? requestId : randomUUID();
    await dispatcher.dispatch({ body: args.body, id }, (body) => ack(body));
  });
  app.error(async (error) => {
    log.error({ err: error }, 'a request of Slack was not handled');
  });
  return app;
}

type AnyAck = (body?: Record<string, unknown>) => Promise<void>;

/** Bolt has acknowledged an event before it hands it on. */
const noAck: AnyAck = async () => {};
