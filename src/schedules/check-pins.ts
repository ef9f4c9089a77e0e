import { inTransaction, sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { enqueueDeliveries, parsePlaceKey, type Place } from '../delivery/index.ts';
import { pinDraft } from './pin.ts';

/** How often a pinned cockpit is compared with the state of things, over all processes; it is redrawn once a minute at most. */
const CHECK_SECONDS = 10;
const LIMIT = 20;

/** Pins a message, or lets it go, where the platform allows it; never throws. */
export type SetPinned = (place: Place, messageId: string, isOn: boolean) => Promise<void>;

type CheckDeps = Pick<Deps, 'db' | 'jobs' | 'workspaceId' | 'clock' | 'outbox' | 'log' | 'standing'>;

type Row = { id: string; place: string; scope: string; by: string; is_lost: boolean };

/** Redraws the pinned cockpits that changed. One whose message is gone, or whose chat nobody reads any more, is over. */
export async function checkPins(deps: CheckDeps): Promise<void> {
  const rows = await deps.db.prisma.$queryRaw<Row[]>(sql`
    with due as (
      select id from heartbeat.pinned_cockpit
      where workspace_id = ${deps.workspaceId} and live_place is not null
        and (checked_at is null or checked_at < now() - ${CHECK_SECONDS}::int * interval '1 second')
      order by checked_at nulls first limit ${LIMIT}::int for update skip locked)
    update heartbeat.pinned_cockpit p set checked_at = now()
    from due where p.id = due.id
    returning p.id, p.place, p.scope, p.created_by as "by",
      not exists (select 1 from heartbeat.alert_message m where m.alert_id = p.id)
      and exists (select 1 from heartbeat.delivery d
                  where d.alert_id = p.id and d.operation = 'post' and d.status in ('sent', 'dead')) as is_lost`);
  for (const row of rows) await checkPin(deps, row);
}

async function checkPin(deps: CheckDeps, { id, place: key, scope, by, is_lost: isLost }: Row): Promise<void> {
  const place = parsePlaceKey(key);
  const mark = isLost ? null : await deps.standing.mark(place, { what: 'cockpit', argument: scope, by });
  if (mark === null) return endPin(deps, id);
  const { workspaceId, jobs, clock } = deps;
  const changed = await inTransaction(deps.db, async (tx) => {
    const updated = await tx.$executeRaw(sql`
      update heartbeat.pinned_cockpit set content_hash = ${mark}
      where id = ${id}::uuid and live_place is not null and content_hash is distinct from ${mark}`);
    if (updated === 0) return false;
    const drafts = [pinDraft({ id, place, scope, by }, 'edit')];
    await enqueueDeliveries(tx, jobs, { workspaceId, drafts, now: clock.now() });
    return true;
  });
  if (changed) deps.outbox.kick();
}

async function endPin({ db, clock, log }: CheckDeps, id: string): Promise<void> {
  log.info({ pin: id }, 'a pinned cockpit is over: its message or its reader is gone');
  await db.prisma.$executeRaw(sql`
    update heartbeat.pinned_cockpit set ended_at = ${clock.now()}::timestamptz, live_place = null
    where id = ${id}::uuid and live_place is not null`);
}

type Told = { place: string; message_id: string; is_on: boolean };

/** Asks the platform once to pin a cockpit's message, and once to let it go. */
export async function tellPins(
  { db, workspaceId, clock }: Pick<Deps, 'db' | 'workspaceId' | 'clock'>,
  setPinned: SetPinned,
): Promise<void> {
  const now = clock.now();
  const told = await db.prisma.$queryRaw<Told[]>(sql`
    update heartbeat.pinned_cockpit p
    set pinned_at = coalesce(p.pinned_at, ${now}::timestamptz),
        released_at = case when p.live_place is null then ${now}::timestamptz end
    from heartbeat.alert_message m
    where p.workspace_id = ${workspaceId} and m.alert_id = p.id
      and ((p.live_place is not null and p.pinned_at is null)
        or (p.live_place is null and p.pinned_at is not null and p.released_at is null))
    returning m.place, m.message_id, p.live_place is not null as is_on`);
  for (const { place, message_id: messageId, is_on: isOn } of told)
    await setPinned(parsePlaceKey(place), messageId, isOn);
}
