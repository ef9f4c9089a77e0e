import { createHash } from 'node:crypto';
import {
  createSlackChannel,
  createSlackService,
  listSlashCommands,
  storeSlackFiles,
  type SlackChannel,
  type SlackMode,
  type SlackService,
} from './channels/slack/index.ts';
import { createWords } from './answers/index.ts';
import { commands, type CommandDeps } from './commands/index.ts';
import type { Config, SlackConfig } from './config.ts';
import type { Outbox } from './delivery/index.ts';
import type { Deps } from './deps.ts';
import type { ReadyPart } from './http/index.ts';
import { wordsOf } from './messages/index.ts';

const BOT_DIGITS = 16;

/** Gives the commands that the app has in Slack, as its manifest describes them. */
export function listSlackCommands(): { command: string; description: string }[] {
  const words = createWords('en', 'UTC');
  const table = commands.map(({ name }) => ({ name, summary: words.t(`command-${name}`), args: [] }));
  return listSlashCommands(table).map(({ name, summary }) => ({ command: name, description: summary }));
}

/** Opens Slack; null where it is not set up. */
export function openSlack(deps: Deps, slack: SlackConfig): SlackChannel | null {
  if (slack.mode === 'off') return null;
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
  {
    slack,
    channel,
    reserve,
  }: { slack: SlackConfig; channel: SlackChannel | null; reserve: Outbox['reserve'] },
): SlackService | null {
  if (channel === null || slack.mode === 'off') return null;
  return createSlackService({ deps, channel, apiUrl: slack.apiUrl, mode: modeOf(slack), reserve });
}

function modeOf(slack: Exclude<SlackConfig, { mode: 'off' }>): SlackMode {
  return slack.mode === 'socket'
    ? { kind: 'socket', appToken: slack.appToken }
    : { kind: 'http', signingSecret: slack.signingSecret };
}

/** Gives how Slack is, for /readyz. The playground has a Slack of its own: its clock and people are not the world's. */
export function slackParts(
  { slack, playground }: Config,
  service: Pick<SlackService, 'state'> | null,
): ReadyPart[] {
  const part = { name: 'slack', severity: 'warning' } as const;
  if (playground && slack.mode !== 'off')
    return [
      { ...part, ok: false, reason: 'it is set, and nothing is sent there while the playground is on' },
    ];
  return service ? [{ ...part, ...service.state() }] : [];
}
