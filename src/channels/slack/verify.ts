import { createHmac, timingSafeEqual } from 'node:crypto';
import { MINUTE, SECOND } from '../../lib/time.ts';

/** A request signed longer ago, or later than now by as much, is refused. */
const SIGNED_WITHIN_MS = 5 * MINUTE;

export type SignedRequest = {
  /** the header `X-Slack-Request-Timestamp`, seconds */
  timestamp: string | undefined;
  /** the header `X-Slack-Signature` */
  signature: string | undefined;
  /** the body as it came, before anything read it */
  body: string;
};

/**
 * Tells whether Slack signed a request, within five minutes of now; compares in constant time.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function isSignedBySlack(
  { timestamp, signature, body }: SignedRequest,
  { secret, now }: { secret: string; now: Date },
): boolean {
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp) || signature === undefined) return false;
  if (Math.abs(now.getTime() - Number(timestamp) * SECOND) > SIGNED_WITHIN_MS) return false;
  const wanted = Buffer.from(
    `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`,
  );
  const given = Buffer.from(signature);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
