import type { Logger } from 'pino';
import { FormData } from 'undici';
import type { HookAddresses } from '../../config-channels.ts';
import {
  createHookChannel,
  type Channel,
  type NamedHook,
  type SendOutcome,
  type SendRequest,
} from '../../delivery/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { callHttp } from '../../lib/http-call.ts';
import { PICTURE_NAME } from './limits.ts';
import { readOutcome, SETTING } from './outcome.ts';
import { renderMessage, renderPlain, type DiscordMessage, type DiscordReader } from './render.ts';

export type DiscordOptions = {
  addresses: HookAddresses;
  /** how a channel of the workspace reads, and where its people can act */
  reader(): DiscordReader;
  clock: Clock;
  log: Logger;
  timeoutMs?: number;
};

/** Makes the Channel that speaks through Discord's web hooks: posts, edits, pictures. Discord takes 30 calls a minute to one channel. */
export function createDiscordChannel(options: DiscordOptions): Channel {
  return createHookChannel({
    name: 'discord',
    ownName: 'Discord',
    setting: SETTING,
    addresses: options.addresses,
    perPlaceGapMs: 2_000,
    send: (request, hook) => send(request, hook, options),
  });
}

async function send(request: SendRequest, hook: NamedHook, options: DiscordOptions): Promise<SendOutcome> {
  const { operation, messageId } = request;
  if (operation === 'edit' && !messageId) return { kind: 'lost', reason: 'there is no message to edit' };
  const reader = options.reader();
  const address = { url: addressOf(hook.url, request), method: methodOf(request) };
  const png = request.picture?.png ?? null;
  const hasPicture = png !== null || (operation === 'edit' && request.hasPicture);
  const outcome = await call(
    { ...address, message: renderMessage(request, reader), png, hasPicture },
    options,
  );
  if (outcome.kind !== 'bad') return outcome;
  options.log.error(
    { place: hook.name, reason: outcome.reason },
    'Discord refused a message; it goes as plain text',
  );
  return call({ ...address, message: renderPlain(request, reader), png: null, hasPicture: false }, options);
}

type Call = {
  url: string;
  method: 'POST' | 'PATCH';
  message: DiscordMessage;
  png: Uint8Array | null;
  hasPicture: boolean;
};

async function call(
  { url, method, message, png, hasPicture }: Call,
  options: DiscordOptions,
): Promise<SendOutcome> {
  const json = JSON.stringify(message);
  const result = await callHttp({
    url,
    method,
    timeoutMs: options.timeoutMs,
    ...(png === null
      ? { headers: { 'content-type': 'application/json' }, body: json }
      : { body: withFile(json, png) }),
  });
  return readOutcome(result, { hasPicture, now: options.clock.now() });
}

function withFile(json: string, png: Uint8Array): FormData {
  const form = new FormData();
  form.set('payload_json', json);
  form.set('files[0]', new Blob([new Uint8Array(png)], { type: 'image/png' }), PICTURE_NAME);
  return form;
}

function methodOf({ operation }: SendRequest): Call['method'] {
  return operation === 'edit' ? 'PATCH' : 'POST';
}

/** A hook's own parameters stay, such as `thread_id`; `wait` makes Discord give the message's id. */
function addressOf(hook: string, { operation, messageId }: SendRequest): string {
  const url = new URL(hook);
  if (operation === 'edit') {
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/messages/${encodeURIComponent(messageId ?? '')}`;
    url.searchParams.delete('wait');
  } else {
    url.searchParams.set('wait', 'true');
  }
  return url.href;
}
