import { inTransaction, sql, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { recordAct } from '../journal/index.ts';
import type { Caller } from '../people/index.ts';
import { getOperable, type AlertKey } from './notes.ts';
import { findAlertRecord, type AlertRecord } from './read.ts';
import { enqueueRedraws } from './redraw.ts';

/** Whether an alert was worth its noise. */
export type Verdict = 'real' | 'noise';

/** The alert with its verdicts counted; `isNew` is false when the caller had said the same before. */
export type FeedbackGiven = { alert: AlertRecord; isNew: boolean };

/**
 * Stores whether an alert was worth it: one verdict a person, the last one counts. Throws NotFoundError `alert_unknown`,
 * RefusedError `role_too_low` or `not_a_member`.
 */
export async function giveFeedback(
  deps: Deps,
  caller: Caller,
  { alert, verdict }: { alert: AlertKey; verdict: Verdict },
): Promise<FeedbackGiven> {
  const now = deps.clock.now();
  const given = await inTransaction(deps.db, async (tx) => {
    const found = await getOperable(tx, deps, { caller, alert });
    const before = await replaceVerdict(tx, caller, { alertId: found.id, verdict, now });
    if (before === verdict) return { alert: found, isNew: false };
    await enqueueRedraws(tx, deps, {
      alertId: found.id,
      edge: 'rated',
      cause: `${caller.actor}:${now.getTime()}`,
    });
    await recordAct(tx, caller, {
      at: now,
      verb: 'alert.feedback',
      subject: `A-${found.number}`,
      before: before === null ? null : { verdict: before },
      after: { verdict },
    });
    const after = await findAlertRecord({ prisma: tx }, deps.workspaceId, { id: found.id });
    return { alert: after ?? found, isNew: true };
  });
  deps.outbox.kick();
  return given;
}

/** Gives the caller's verdict before; null for the first. */
async function replaceVerdict(
  tx: Tx,
  { workspaceId, actor }: Caller,
  { alertId, verdict, now }: { alertId: string; verdict: Verdict; now: Date },
): Promise<Verdict | null> {
  // two presses at once: the second waits here and sees the first
  await tx.$queryRaw(sql`select 1 from heartbeat.alerts where id = ${alertId}::uuid for update`);
  const rows = await tx.$queryRaw<{ verdict: Verdict }[]>(sql`
    select verdict from heartbeat.alert_feedback where alert_id = ${alertId}::uuid and actor = ${actor}`);
  const before = rows[0]?.verdict ?? null;
  if (before === verdict) return before;
  await tx.$executeRaw(sql`
    insert into heartbeat.alert_feedback (workspace_id, alert_id, actor, verdict, at)
    values (${workspaceId}, ${alertId}::uuid, ${actor}, ${verdict}, ${now})
    on conflict (alert_id, actor) do update set verdict = excluded.verdict, at = excluded.at`);
  return before;
}
