import type { Place, SendOutcome } from '../../delivery/index.ts';
import { SECOND } from '../../lib/time.ts';
import { describeTrouble, type Trouble } from './trouble.ts';

export type SlackPlace = Extract<Place, { channel: 'slack' }>;

/** When Slack says "too many" without saying how long. */
const UNTOLD_WAIT_MS = 5 * SECOND;

// https://docs.slack.dev/reference/methods/chat.postMessage, /chat.update, /files.info: errors.
const GONE: ReadonlySet<string> = new Set([
  'channel_not_found',
  'is_archived',
  'account_inactive',
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'user_is_restricted',
  'not_in_channel',
  'cannot_dm_bot',
  'messages_tab_disabled',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
]);
const UNAUTHORIZED: ReadonlySet<string> = new Set([
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'team_access_not_granted',
]);
const LOST: ReadonlySet<string> = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'update_failed',
]);
const PASSING: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'http_408',
]);
const WAITING: ReadonlySet<string> = new Set(['message_limit_exceeded', 'rate_limited', 'ratelimited']);
const THREAD_GONE: ReadonlySet<string> = new Set([
  'thread_not_found',
  'invalid_thread_ts',
  'message_not_found',
]);
const CONTENT_REFUSED: ReadonlySet<string> = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_attachments',
  'invalid_arguments',
  'msg_too_long',
  'msg_blocks_too_long',
  'no_text',
]);

function isCode(trouble: Trouble, codes: ReadonlySet<string>): boolean {
  return trouble.kind === 'refused' && codes.has(trouble.code);
}

/** The message that a reply answers is deleted; the reply passes without its thread. */
export const isThreadGone = (trouble: Trouble): boolean => isCode(trouble, THREAD_GONE);
/** Slack refuses what the message holds; another form may pass. */
export const isContentRefused = (trouble: Trouble): boolean => isCode(trouble, CONTENT_REFUSED);

/** Gives the error class of a call that did not succeed, by Slack's code alone. */
export function classify(trouble: Trouble): Exclude<SendOutcome, { kind: 'sent' }> {
  const reason = describeTrouble(trouble);
  switch (trouble.kind) {
    case 'network':
      return { kind: 'retry', reason, statusCode: trouble.statusCode, maybeSent: trouble.maybeSent };
    case 'limited':
      return { kind: 'wait', afterMs: trouble.afterMs ?? UNTOLD_WAIT_MS, reason };
    case 'refused':
      return classifyCode(trouble.code, reason);
  }
}

function classifyCode(code: string, reason: string): Exclude<SendOutcome, { kind: 'sent' }> {
  if (UNAUTHORIZED.has(code)) return { kind: 'unauthorized', reason: `${reason}: check SLACK_BOT_TOKEN` };
  if (code === 'not_in_channel')
    return { kind: 'gone', reason: `${reason}: invite the app to the channel`, statusCode: null };
  if (GONE.has(code)) return { kind: 'gone', reason, statusCode: null };
  if (LOST.has(code)) return { kind: 'lost', reason };
  if (PASSING.has(code)) return { kind: 'retry', reason, statusCode: null, maybeSent: false };
  if (WAITING.has(code)) return { kind: 'wait', afterMs: UNTOLD_WAIT_MS, reason };
  return { kind: 'bad', reason, statusCode: null };
}
