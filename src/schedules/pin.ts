import { randomUUID } from 'node:crypto';
import { inTransaction, sql, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { enqueueDeliveries, placeKey, PRIORITY, type DeliveryDraft, type Place } from '../delivery/index.ts';
import { recordAct, type Act } from '../journal/index.ts';
import { requireMay, type Caller } from '../people/index.ts';
import type { PinnedPayload } from './payloads.ts';
import { isAt } from './verbs.ts';

/** A cockpit that stands in a place. */
export type Pin = { id: string; place: Place; scope: string; by: string };

/** Gives the delivery that makes or redraws a pinned cockpit; redrawings are one row, sent once a minute at most. */
export function pinDraft({ id, place, scope, by }: Pin, operation: 'post' | 'edit'): DeliveryDraft {
  const payload: PinnedPayload = { kind: 'pinned', scope, by };
  return {
    key: `pinned:${id}:${operation}`,
    alertId: id,
    edge: operation === 'post' ? 'pinned' : 'value_changed',
    place,
    operation,
    silent: true,
    priority: operation === 'post' ? PRIORITY.press : PRIORITY.value,
    hold: null,
    payload,
  };
}

/**
 * Puts a cockpit into a place that is kept up to date; the one that stood there stays as it is and is let go. Throws RefusedError
 * `role_too_low`.
 */
export async function pinCockpit(
  deps: Deps,
  caller: Caller,
  { place, scope, mark }: { place: Place; scope: string; mark: string | null },
): Promise<void> {
  requireMay(caller, 'schedule');
  const { workspaceId, clock } = deps;
  const now = clock.now();
  const pin: Pin = { id: randomUUID(), place, scope, by: caller.actor };
  await inTransaction(deps.db, async (tx) => {
    const key = `${workspaceId} pinned in ${placeKey(place)}`;
    await tx.$executeRaw(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
    await endPins(tx, deps, place);
    await tx.$executeRaw(sql`
      insert into heartbeat.pinned_cockpit (id, workspace_id, place, live_place, scope, created_by, created_at, content_hash)
      values (${pin.id}::uuid, ${workspaceId}, ${placeKey(place)}, ${placeKey(place)}, ${scope}, ${caller.actor},
              ${now}::timestamptz, ${mark})`);
    await enqueueDeliveries(tx, deps.jobs, { workspaceId, drafts: [pinDraft(pin, 'post')], now });
    await journal(tx, { deps, caller, verb: 'pin', place, after: { scope } });
  });
  deps.outbox.kick();
}

/** Ends the cockpit of a place: its message stays as it is. Gives whether there was one. Throws RefusedError `role_too_low`. */
export async function unpinCockpit(deps: Deps, caller: Caller, place: Place): Promise<boolean> {
  requireMay(caller, 'schedule');
  return inTransaction(deps.db, async (tx) => {
    const ended = await endPins(tx, deps, place);
    if (ended > 0) await journal(tx, { deps, caller, verb: 'unpin', place, after: null });
    return ended > 0;
  });
}

/** `live_place`: a place's former key counts too. */
async function endPins(tx: Tx, { workspaceId, clock }: Deps, place: Place): Promise<number> {
  return tx.$executeRaw(sql`
    update heartbeat.pinned_cockpit set ended_at = ${clock.now()}::timestamptz, live_place = null
    where workspace_id = ${workspaceId} and live_place is not null and ${isAt(workspaceId, place)}`);
}

type Entry = { deps: Deps; caller: Caller; verb: string; place: Place } & Pick<Act, 'after'>;

async function journal(tx: Tx, { deps, caller, verb, place, after }: Entry): Promise<void> {
  await recordAct(tx, caller, {
    at: deps.clock.now(),
    verb: `cockpit.${verb}`,
    subject: `place:${placeKey(place)}`,
    before: null,
    after,
  });
}
