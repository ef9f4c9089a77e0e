import { createHash } from 'node:crypto';
import {
  createSlackChannel,
  createSlackService,
  storeSlackFiles,
  type SlackChannel,
  type SlackMode,
  type SlackService,
} from './channels/slack/index.ts';
import type { CommandDeps } from './commands/index.ts';
import type { Config, SlackConfig } from './config.ts';
import type { Outbox } from './delivery/index.ts';
import type { Deps } from './deps.ts';
import type { ReadyPart } from './http/index.ts';
import { wordsOf } from './messages/index.ts';

const BOT_DIGITS = 16;

/** Tells whether Slack is spoken to: the playground's clock and people are not the world's. */
export function isSlackOpen({ slack, playground }: Config): boolean {
  return slack.mode !== 'off' && !playground;
}

/** Opens Slack; null where it is not set up. */
export function openSlack(deps: Deps): SlackChannel | null {
  const { slack } = deps.config;
  if (slack.mode === 'off' || !isSlackOpen(deps.config)) return null;
  const { token, apiUrl } = slack;
  return createSlackChannel({
    token,
    apiUrl,
    log: deps.log,
    files: storeSlackFiles(deps.db, deps.workspaceId, botOf(token)),
    wordsOf: (place) => wordsOf(deps, place),
  });
}

/** A name for the bot that files are kept by: it tells nothing of the token. */
function botOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, BOT_DIGITS);
}

/** Makes what receives from Slack, for a channel that is open. */
export function createSlackReceiving(
  deps: CommandDeps,
  channel: SlackChannel | null,
  reserve: Outbox['reserve'],
): SlackService | null {
  const { slack } = deps.config;
  if (channel === null || slack.mode === 'off') return null;
  return createSlackService({ deps, channel, apiUrl: slack.apiUrl, mode: modeOf(slack), reserve });
}

function modeOf(slack: Exclude<SlackConfig, { mode: 'off' }>): SlackMode {
  return slack.mode === 'socket'
    ? { kind: 'socket', appToken: slack.appToken }
    : { kind: 'http', signingSecret: slack.signingSecret };
}

/** Gives how Slack is, for /readyz. */
export function slackParts({ slack }: Config, service: Pick<SlackService, 'state'> | null): ReadyPart[] {
  const part = { name: 'slack', severity: 'warning' } as const;
  if (service) return [{ ...part, ...service.state() }];
  if (slack.mode === 'off') return [];
  return [{ ...part, ok: false, reason: 'it is set, and nothing is sent there while the playground is on' }];
}
