import { badRequest } from '../failure.ts';
import type { Params } from '../params.ts';
import type { Bot } from '../world.ts';
import type { Method } from './types.ts';

const LIMIT_MAX = 100;
const TIMEOUT_MAX_SECONDS = 50;
const CONNECTIONS_DEFAULT = 40;
const CONNECTIONS_MAX = 100;
const SECRET = /^[A-Za-z0-9_-]{0,256}$/;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** https://core.telegram.org/bots/api#getupdates */
export const getUpdates: Method = ({ bot, params, onGone }) => {
  allowUpdates(bot, params);
  return bot.updates.poll({
    offset: params.integer('offset') ?? 0,
    limit: clamp(params.integer('limit') ?? LIMIT_MAX, 1, LIMIT_MAX),
    timeoutMs: clamp(params.integer('timeout') ?? 0, 0, TIMEOUT_MAX_SECONDS) * 1000,
    onGone,
  });
};

/** https://core.telegram.org/bots/api#setwebhook; on this machine's own addresses http will do. */
export const setWebhook: Method = ({ bot, params }) => {
  const url = params.text('url');
  const dropPending = params.flag('drop_pending_updates');
  const secret = params.text('secret_token');
  if (url !== '' && !isAllowed(url))
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  if (!SECRET.test(secret)) throw badRequest('secret token contains unallowed characters');
  allowUpdates(bot, params);
  const maxConnections = clamp(params.integer('max_connections') ?? CONNECTIONS_DEFAULT, 1, CONNECTIONS_MAX);
  bot.updates.setWebhook(url === '' ? null : { url, secret, maxConnections }, { dropPending });
  return true;
};

/** https://core.telegram.org/bots/api#deletewebhook */
export const deleteWebhook: Method = ({ bot, params }) => {
  bot.updates.setWebhook(null, { dropPending: params.flag('drop_pending_updates') });
  return true;
};

/** https://core.telegram.org/bots/api#getwebhookinfo */
export const getWebhookInfo: Method = ({ bot }) => bot.updates.webhookInfo();

function isAllowed(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
}

/** Left out, the last setting stays. */
function allowUpdates({ updates }: Bot, params: Params): void {
  if (!params.has('allowed_updates')) return;
  const types = params.json('allowed_updates', "can't parse allowed updates JSON object");
  if (Array.isArray(types)) updates.allow(types.filter((type) => typeof type === 'string'));
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
