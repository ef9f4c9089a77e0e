import { Webhook } from 'standardwebhooks';

export type Signed = { 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string };

/** Gives the headers of Standard Webhooks: one signature for each secret, so that a receiver may know the old or the new one. */
export function signEvent(
  body: string,
  { id, at, secrets }: { id: string; at: Date; secrets: readonly string[] },
): Signed {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
