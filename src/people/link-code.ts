import { createHmac, timingSafeEqual } from 'node:crypto';
import { MINUTE } from '../lib/time.ts';

/** A code is good for so long. */
export const LINK_CODE_MS = 15 * MINUTE;
/** Wrong answers that end a code. */
export const LINK_TRIES = 5;

const DIGITS = 8;
const LOW_31_BITS = 0x7f_ff_ff_ff;

/**
 * Makes the code of a request from the workspace's secret, so that it stands in no table, payload or log: HMAC-SHA256, cut to
 * eight digits as RFC 4226, section 5.3, cuts it.
 */
export function deriveLinkCode(
  secret: string,
  { workspaceId, id }: { workspaceId: string; id: string },
): string {
  const mac = createHmac('sha256', secret).update(`link_code\n${workspaceId}\n${id}`).digest();
  const offset = (mac.at(-1) ?? 0) % 16;
  const number = mac.readUInt32BE(offset) & LOW_31_BITS;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** Reads a code as people type it, `1234 5678` or `1234-5678`; undefined for other words. */
export function readLinkCode(text: string): string | undefined {
  const digits = text.replaceAll(/[\s\u00a0\u202f-]/gu, '');
  return /^\d{8}$/.test(digits) ? digits : undefined;
}

/** Gives a code in two halves, as it is easier to type. */
export function showLinkCode(code: string): string {
  return `${code.slice(0, DIGITS / 2)} ${code.slice(DIGITS / 2)}`;
}

/** Compares codes of one length in a time that tells nothing. */
export function isSameCode(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
