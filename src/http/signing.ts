import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { UnavailableError } from '../errors.ts';

/** What a signature is for: one made for a link never passes as a session. */
export type Purpose = 'link' | 'ticket' | 'session' | 'mail_link' | 'mail_form' | 'mail_unsubscribe';

/** Signs and checks texts with the workspace's secret. */
export type Signer = {
  sign(purpose: Purpose, text: string): string;
  /** compares in constant time */
  isSigned(purpose: Purpose, text: string, signature: string): boolean;
};

/** What signing needs. */
export type SigningDeps = Pick<Deps, 'db' | 'workspaceId' | 'clock'>;

/** Gives the signer of the workspace. Throws UnavailableError `workspace_not_stored` before its row exists. */
export async function loadSigner({ db, workspaceId }: SigningDeps): Promise<Signer> {
  const rows = await db.prisma.$queryRaw<{ link_secret: string }[]>(
    sql`select link_secret from heartbeat.workspace where id = ${workspaceId}`,
  );
  const secret = rows[0]?.link_secret;
  if (!secret) {
    throw new UnavailableError(
      'workspace_not_stored',
      `The workspace ${workspaceId} is not in the database yet. Try again in a few seconds.`,
    );
  }
  return createSigner(secret, workspaceId);
}

/** Makes a signer of a secret: HMAC-SHA256 as base64url, bound to the workspace and the purpose. */
export function createSigner(secret: string, workspaceId: string): Signer {
  const sign: Signer['sign'] = (purpose, text) =>
    createHmac('sha256', secret).update(`${purpose}\n${workspaceId}\n${text}`).digest('base64url');
  return {
    sign,
    isSigned: (purpose, text, signature) => isSameSecret(signature, sign(purpose, text)),
  };
}

/** Compares two secrets in a time that tells neither their contents nor their lengths. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
