import type { HookAddresses } from '../../config-channels.ts';
import {
  classifyHttp,
  createHookChannel,
  type Channel,
  type NamedHook,
  type SendOutcome,
  type SendRequest,
} from '../../delivery/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { callHttp } from '../../lib/http-call.ts';
import { renderEvent } from './event.ts';
import { signEvent } from './sign.ts';

const SETTING = 'WEBHOOKS';

export type WebhookOptions = {
  addresses: HookAddresses;
  /** the real time: receivers refuse a signature that is five minutes off */
  clock: Clock;
  timeoutMs?: number;
};

/** Makes the Channel that posts events to web hooks, signed as Standard Webhooks say. */
export function createWebhookChannel(options: WebhookOptions): Channel {
  return createHookChannel({
    name: 'webhook',
    ownName: 'A web hook',
    setting: SETTING,
    addresses: options.addresses,
    perPlaceGapMs: 100,
    send: (request, hook) => send(request, hook, options),
  });
}

async function send(request: SendRequest, hook: NamedHook, options: WebhookOptions): Promise<SendOutcome> {
  const { deliveryId } = request;
  const body = JSON.stringify(renderEvent(request));
  const now = options.clock.now();
  const result = await callHttp({
    url: hook.url,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Heartbeat',
      ...signEvent(body, { id: deliveryId, at: now, secrets: hook.secrets }),
    },
    body,
    timeoutMs: options.timeoutMs,
  });
  if (result.kind === 'answered' && result.status >= 200 && result.status < 300)
    return { kind: 'sent', messageId: deliveryId, hasPicture: false };
  return classifyHttp(result, { refused: 'gone', missing: 'gone', setting: SETTING, now });
}
