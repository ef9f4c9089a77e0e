import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandDeps } from '../../commands/index.ts';
import { systemClock } from '../../lib/clock.ts';
import { SECOND } from '../../lib/time.ts';
import { createApp } from './app.ts';
import type { SlackChannel } from './channel.ts';
import type { DialogueOptions } from './context.ts';
import { createSlackDialogue } from './dialogue.ts';
import { createDispatcher } from './dispatcher.ts';
import { createHttpReceiver, type SlackRequestIn, type SlackResponse } from './http-receiver.ts';
import { createProfiles } from './profiles.ts';
import { createLookup } from './lookup.ts';
import { createSelf, type Self } from './self.ts';
import { keepConnected } from './socket.ts';
import { describeTrouble, toTrouble } from './trouble.ts';

/** How requests come: over connections that the app opens, or to `POST /slack/events`, signed. */
export type SlackMode = { kind: 'socket'; appToken: string } | { kind: 'http'; signingSecret: string };

export type SlackServiceOptions = {
  deps: CommandDeps;
  channel: SlackChannel;
  apiUrl: string;
  mode: SlackMode;
  reserve: DialogueOptions['reserve'];
};

/** Whether requests arrive, for /readyz. */
export type SlackState = { ok: boolean; reason: string };

export interface SlackService {
  /** Begins to receive, in the background, over any trouble. */
  start(): void;
  stop(): Promise<void>;
  state(): SlackState;
  /** Looks up who has no account yet: the workspace's people changed. */
  lookUpPeople(): void;
  /** what the web server mounts at `POST /slack/events`; null in Socket Mode */
  readonly webhook: { handle(request: SlackRequestIn): Promise<SlackResponse> } | null;
}

const DRAIN_MS = 5 * SECOND;
const FIRST_RETRY_MS = SECOND;
const LAST_RETRY_MS = 30 * SECOND;

/**
 * Receives from Slack and answers. In Socket Mode every process connects: Slack gives each request to one of the connections, and
 * what it repeats is handled once.
 */
export function createSlackService(options: SlackServiceOptions): SlackService {
  const { deps, channel, mode } = options;
  const { log } = deps;
  const self = createSelf(channel.client);
  const lookup = createLookup({ deps, client: channel.client, self });
  const profiles = createProfiles({ client: channel.client, self, log });
  const dialogue = createSlackDialogue({ ...options, profiles });
  const dispatcher = createDispatcher({ dialogue, log });
  const http =
    mode.kind === 'http'
      ? createHttpReceiver({ secret: mode.signingSecret, now: () => systemClock.now() })
      : null;
  const ended = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let state: SlackState = { ok: false, reason: 'not started' };
  const onState = (next: SlackState): void => {
    if (next.ok !== state.ok) log.info(next, 'receiving from Slack changed');
    state = next;
  };

  async function run(): Promise<void> {
    const who = await untilKnown(self, { signal: ended.signal, onState });
    if (!who) return;
    lookup.start();
    const app = { ...options, self: who, dispatcher, log };
    if (mode.kind === 'socket')
      return keepConnected({ ...app, appToken: mode.appToken, signal: ended.signal, onState });
    if (http) await createApp({ ...app, receiver: http });
    onState({ ok: true, reason: 'requests are taken at POST /slack/events' });
  }

  return {
    webhook: http,
    state: () => state,
    lookUpPeople: () => lookup.look(),
    start() {
      running = run().catch((error: unknown) => {
        onState({ ok: false, reason: 'receiving from Slack ended; restart Heartbeat' });
        log.error({ err: error }, 'receiving from Slack ended');
      });
    },
    async stop() {
      ended.abort();
      await running;
      await lookup.stop();
      await dispatcher.drain(DRAIN_MS);
      onState({ ok: false, reason: 'stopped' });
    },
  };
}

type UntilOptions = { signal: AbortSignal; onState: (state: SlackState) => void };

/** Asks who the app is until Slack says so; says meanwhile what is wrong. */
async function untilKnown(
  self: () => Promise<Self>,
  { signal, onState }: UntilOptions,
): Promise<Self | undefined> {
  for (let waitMs = FIRST_RETRY_MS; !signal.aborted; waitMs = Math.min(LAST_RETRY_MS, waitMs * 2)) {
    try {
      return await self();
    } catch (error) {
      onState({ ok: false, reason: explain(error) });
      await sleep(waitMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }
  return undefined;
}

/** Says what is wrong and what to do about it. */
export function explain(error: unknown): string {
  const trouble = toTrouble(error);
  const what = describeTrouble(trouble);
  if (trouble.kind === 'network') return `Slack cannot be reached: ${what}`;
  return `Slack refuses (${what}). Check SLACK_BOT_TOKEN and SLACK_API_URL.`;
}
