import { sql, type Tx } from '../db/index.ts';
import { ConflictError, NotFoundError, RefusedError } from '../errors.ts';
import { DAY } from '../lib/time.ts';
import type { Locale } from '../registry/index.ts';
import type { Account } from './account.ts';
import { accountKey } from './merge.ts';

/** Somebody whose request was decided may ask again after this. */
const ASK_AGAIN_MS = DAY;
/** More than this many open requests are no team's: admins are spared them. */
const OPEN_MAX = 30;

/** Somebody who asks to be let in, as admins see it. */
export type AccessRequest = Account & { number: number; name: string; locale: Locale };

type Asking = { workspaceId: string; now: Date };

/**
 * Opens a request, one an account. Throws ConflictError `access_asked` while one is open, RefusedError `access_wait` within a day
 * of a decision or `access_full` when too many people wait.
 */
export async function openAccessRequest(
  tx: Tx,
  { workspaceId, now, account, ...who }: Asking & { account: Account; name: string; locale: Locale },
): Promise<AccessRequest> {
  const key = `${workspaceId} access requests`;
  await tx.$executeRaw(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  await requireMayAsk(tx, { workspaceId, now, account });
  const rows = await tx.$queryRaw<{ number: number }[]>(sql`
    insert into heartbeat.access_request (workspace_id, channel, account, open_account, name, locale, requested_at)
    values (${workspaceId}, ${account.channel}, ${account.account}, ${accountKey(account)}, ${who.name}, ${who.locale},
            ${now}::timestamptz)
    returning number`);
  return { ...account, ...who, number: rows[0]?.number ?? 0 };
}

async function requireMayAsk(
  tx: Tx,
  { workspaceId, now, account }: Asking & { account: Account },
): Promise<void> {
  const since = new Date(now.getTime() - ASK_AGAIN_MS);
  const [known] = await tx.$queryRaw<{ open: boolean | null; recent: boolean | null; waiting: number }[]>(sql`
    select bool_or(state = 'open') filter (where channel = ${account.channel} and account = ${account.account}) as open,
      bool_or(decided_at > ${since}::timestamptz)
        filter (where channel = ${account.channel} and account = ${account.account}) as recent,
      count(*) filter (where state = 'open')::int as waiting
    from heartbeat.access_request where workspace_id = ${workspaceId}`);
  if (known?.open === true)
    throw new ConflictError('access_asked', 'You have asked already. You will hear here.');
  if (known?.recent === true)
    throw new RefusedError('access_wait', 'You have been answered. Ask again tomorrow.');
  if ((known?.waiting ?? 0) >= OPEN_MAX)
    throw new RefusedError('access_full', 'Too many people wait already. Try again later.');
}

/** Decides an open request. Throws NotFoundError `access_unknown`, ConflictError `access_decided`. */
export async function decideAccessRequest(
  tx: Tx,
  {
    workspaceId,
    now,
    number,
    state,
    by,
  }: Asking & { number: number; state: 'viewer' | 'operator' | 'denied'; by: string },
): Promise<AccessRequest> {
  const rows = await tx.$queryRaw<(AccessRequest & { state: string; decided_by: string | null })[]>(sql`
    select number, channel, account, name, locale, state, decided_by from heartbeat.access_request
    where workspace_id = ${workspaceId} and number = ${number}::int for update`);
  const [found] = rows;
  if (!found) throw new NotFoundError('access_unknown', 'There is no such request.');
  if (found.state !== 'open') {
    const name = found.decided_by ?? '';
    throw new ConflictError('access_decided', `${name} has decided that already.`, { details: { name } });
  }
  await tx.$executeRaw(sql`
    update heartbeat.access_request
    set state = ${state}, open_account = null, decided_at = ${now}::timestamptz, decided_by = ${by}
    where workspace_id = ${workspaceId} and number = ${number}::int`);
  const { channel, account, name, locale } = found;
  return { number, channel, account, name, locale };
}
