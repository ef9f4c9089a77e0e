import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { sql } from '../../db/index.ts';
import type { Deps } from '../../deps.ts';
import { ConflictError } from '../../errors.ts';
import { SECOND } from '../../lib/time.ts';

/** An answer that can be given again, word by word. */
export const StoredAnswer = z.object({
  status: z.number(),
  contentType: z.string(),
  body: z.string(),
  etag: z.string().nullable(),
});
export type StoredAnswer = z.infer<typeof StoredAnswer>;

/** A write that carries a key; `request` is all that makes it this request and no other. */
export type KeyedRequest = { actor: string; key: string; request: string };

const POLL_MS = 50;
/** How long a second request waits for the answer of the first. */
const WAIT_MS = 10 * SECOND;

/**
 * Does a write once for a key, and gives everybody who repeats it the first answer. An answer of 500 or above is not kept: the
 * next try does it. Throws ConflictError `idempotency_key_reused` when the key came with another request, `request_under_way`
 * when the first one is still being done.
 */
export async function answerOnce(
  deps: Pick<Deps, 'db' | 'workspaceId'>,
  keyed: KeyedRequest,
  work: () => Promise<StoredAnswer>,
  waitMs = WAIT_MS,
): Promise<StoredAnswer & { replayed: boolean }> {
  const hash = createHash('sha256').update(keyed.request).digest('hex');
  const deadline = performance.now() + waitMs;
  while (!(await claim(deps, keyed, hash))) {
    const known = await findKnown(deps, keyed);
    if (known && known.request_hash !== hash) throw reused(keyed.key);
    if (known?.response) return { ...StoredAnswer.parse(known.response), replayed: true };
    if (performance.now() > deadline) throw underWay();
    await sleep(POLL_MS);
  }
  return { ...(await doClaimed(deps, keyed, work)), replayed: false };
}

async function doClaimed(
  deps: Pick<Deps, 'db' | 'workspaceId'>,
  keyed: KeyedRequest,
  work: () => Promise<StoredAnswer>,
): Promise<StoredAnswer> {
  try {
    const answer = await work();
    if (answer.status >= 500) await release(deps, keyed);
    else await complete(deps, keyed, answer);
    return answer;
  } catch (error) {
    await release(deps, keyed);
    throw error;
  }
}

/** A claim whose process died is free again after a minute; answers are kept for a day. */
async function claim(
  { db, workspaceId }: Pick<Deps, 'db' | 'workspaceId'>,
  { actor, key }: KeyedRequest,
  hash: string,
): Promise<boolean> {
  const rows = await db.prisma.$queryRaw<{ key: string }[]>(sql`
    insert into heartbeat.api_request as known (workspace_id, actor, key, request_hash, at)
    values (${workspaceId}, ${actor}, ${key}, ${hash}, now())
    on conflict (workspace_id, actor, key) do update
      set request_hash = excluded.request_hash, status = null, response = null, at = now()
      where known.at < now() - interval '1 day'
         or (known.status is null and known.request_hash = excluded.request_hash and known.at < now() - interval '1 minute')
    returning key`);
  return rows.length > 0;
}

type Known = { request_hash: string; response: unknown };

async function findKnown(
  { db, workspaceId }: Pick<Deps, 'db' | 'workspaceId'>,
  { actor, key }: KeyedRequest,
): Promise<Known | undefined> {
  const rows = await db.prisma.$queryRaw<Known[]>(sql`
    select request_hash, response from heartbeat.api_request
    where workspace_id = ${workspaceId} and actor = ${actor} and key = ${key}`);
  return rows[0];
}

async function complete(
  { db, workspaceId }: Pick<Deps, 'db' | 'workspaceId'>,
  { actor, key }: KeyedRequest,
  answer: StoredAnswer,
): Promise<void> {
  await db.prisma.$executeRaw(sql`
    update heartbeat.api_request set status = ${answer.status}::int, response = ${JSON.stringify(answer)}::jsonb, at = now()
    where workspace_id = ${workspaceId} and actor = ${actor} and key = ${key}`);
  await db.prisma.$executeRaw(sql`
    delete from heartbeat.api_request where workspace_id = ${workspaceId} and at < now() - interval '1 day'`);
}

async function release(
  { db, workspaceId }: Pick<Deps, 'db' | 'workspaceId'>,
  { actor, key }: KeyedRequest,
): Promise<void> {
  await db.prisma.$executeRaw(sql`
    delete from heartbeat.api_request
    where workspace_id = ${workspaceId} and actor = ${actor} and key = ${key} and status is null`);
}

function reused(key: string): ConflictError {
  return new ConflictError(
    'idempotency_key_reused',
    'This Idempotency-Key came with another request before. Use a new key for a new request.',
    { details: { key } },
  );
}

function underWay(): ConflictError {
  return new ConflictError(
    'request_under_way',
    'The first request with this Idempotency-Key is still being done. Ask again in a few seconds.',
  );
}
