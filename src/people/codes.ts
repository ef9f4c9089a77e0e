import { randomUUID } from 'node:crypto';
import { sql, type Tx } from '../db/index.ts';
import { RefusedError } from '../errors.ts';
import { HOUR } from '../lib/time.ts';
import type { Account } from './account.ts';
import { accountKey } from './merge.ts';
import { deriveLinkCode, isSameCode, LINK_CODE_MS, LINK_TRIES } from './link-code.ts';

/** Of one account, whatever addresses it names. */
const CODES_AN_HOUR = 3;
/** To one address, whoever asks. */
const MAILS_AN_HOUR = 5;

/** A code that was asked for; `mayMail` is false when the mailbox got enough of them. */
export type IssuedCode = { id: string; mayMail: boolean };

type Asking = { workspaceId: string; now: Date };

/**
 * Notes that an account asked for a code, whether or not anybody has the address; its older codes end. Throws RefusedError
 * `link_too_many` beyond three an hour.
 */
export async function issueLinkCode(
  tx: Tx,
  { workspaceId, now, account, email }: Asking & { account: Account; email: string },
): Promise<IssuedCode> {
  const key = `${workspaceId} link code of ${accountKey(account)}`;
  await tx.$executeRaw(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  const since = new Date(now.getTime() - HOUR);
  const [counted] = await tx.$queryRaw<{ asked: number; mailed: number }[]>(sql`
    select count(*) filter (where channel = ${account.channel} and account = ${account.account})::int as asked,
      count(*) filter (where email = ${email})::int as mailed
    from heartbeat.link_code where workspace_id = ${workspaceId} and created_at > ${since}::timestamptz`);
  if ((counted?.asked ?? 0) >= CODES_AN_HOUR)
    throw new RefusedError(
      'link_too_many',
      'That is more than three codes in an hour. Wait an hour, then ask again.',
    );
  await endCodes(tx, { workspaceId, now, account });
  const id = randomUUID();
  await tx.$executeRaw(sql`
    insert into heartbeat.link_code (id, workspace_id, channel, account, email, created_at, expires_at)
    values (${id}::uuid, ${workspaceId}, ${account.channel}, ${account.account}, ${email}, ${now}::timestamptz,
            ${new Date(now.getTime() + LINK_CODE_MS)}::timestamptz)`);
  return { id, mayMail: (counted?.mailed ?? 0) < MAILS_AN_HOUR };
}

/** What a typed code came to. `left`: tries that remain. */
export type TriedCode = { kind: 'right'; email: string } | { kind: 'wrong'; left: number } | { kind: 'none' };

/** Tries a code for an account, and counts the try. */
export async function tryLinkCode(
  tx: Tx,
  { workspaceId, now, account, code }: Asking & { account: Account; code: string },
): Promise<TriedCode> {
  const rows = await tx.$queryRaw<{ id: string; email: string; tries: number; secret: string }[]>(sql`
    select c.id, c.email, c.tries, w.link_secret as secret
    from heartbeat.link_code c join heartbeat.workspace w on w.id = c.workspace_id
    where c.workspace_id = ${workspaceId} and c.channel = ${account.channel} and c.account = ${account.account}
      and c.ended_at is null and c.expires_at > ${now}::timestamptz
    order by c.created_at desc limit 1 for update of c`);
  const [asked] = rows;
  if (!asked) return { kind: 'none' };
  const isRight = isSameCode(code, deriveLinkCode(asked.secret, { workspaceId, id: asked.id }));
  const left = LINK_TRIES - asked.tries - 1;
  const endedAt = isRight || left <= 0 ? now : null;
  await tx.$executeRaw(sql`
    update heartbeat.link_code set tries = tries + 1, ended_at = ${endedAt}::timestamptz where id = ${asked.id}::uuid`);
  return isRight ? { kind: 'right', email: asked.email } : { kind: 'wrong', left };
}

async function endCodes(tx: Tx, { workspaceId, now, account }: Asking & { account: Account }): Promise<void> {
  await tx.$executeRaw(sql`
    update heartbeat.link_code set ended_at = ${now}::timestamptz
    where workspace_id = ${workspaceId} and channel = ${account.channel} and account = ${account.account} and ended_at is null`);
}

/** A code that is still good, for the mail that brings it; undefined when it is over. */
export async function findLinkCode(
  db: { prisma: Pick<Tx, '$queryRaw'> },
  { workspaceId, now, id }: Asking & { id: string },
): Promise<{ code: string; account: Account; expiresAt: Date } | undefined> {
  const rows = await db.prisma.$queryRaw<(Account & { expires_at: Date; secret: string })[]>(sql`
    select c.channel, c.account, c.expires_at, w.link_secret as secret
    from heartbeat.link_code c join heartbeat.workspace w on w.id = c.workspace_id
    where c.workspace_id = ${workspaceId} and c.id = ${id}::uuid and c.ended_at is null and c.expires_at > ${now}::timestamptz`);
  const [row] = rows;
  if (!row) return undefined;
  const { channel, account, expires_at: expiresAt, secret } = row;
  return { code: deriveLinkCode(secret, { workspaceId, id }), account: { channel, account }, expiresAt };
}
