/** A receiver as Standard Webhooks describe one: it refuses what is not signed with its secret, too large or not the schema. */
import { Webhook } from 'standardwebhooks';
import { WebhookEvent } from '../../../src/channels/webhook/index.ts';
import { readJson, startStandIn, type Asked, type Reply } from '../stand-in.ts';

const BODY_MAX_BYTES = 20 * 1024;

export const OLD_SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
export const NEW_SECRET = `whsec_${Buffer.alloc(24, 2).toString('base64')}`;

export async function startReceiver(secret = OLD_SECRET) {
  const events: WebhookEvent[] = [];
  const take = ({ headers, body, method }: Asked): Reply => {
    if (method !== 'POST' || headers.get('content-type') !== 'application/json') return { status: 415 };
    if (body.length > BODY_MAX_BYTES) return { status: 413 };
    try {
      new Webhook(secret).verify(body.toString(), Object.fromEntries(headers));
    } catch {
      return { status: 401 };
    }
    const event = WebhookEvent.safeParse(readJson(body));
    if (!event.success) return { status: 422, body: event.error.message };
    events.push(event.data);
    return { status: 204 };
  };
  return { ...(await startStandIn(take)), events };
}
