import { sql, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import {
  canEdit,
  enqueueDeliveries,
  parsePlaceKey,
  placeKey,
  PRIORITY,
  type DeliveryDraft,
} from '../delivery/index.ts';

export type Redraw = {
  alertId: string;
  /** what people changed about the alert; not an edge of the judge */
  edge: 'noted' | 'rated';
  /** tells one change from the next: a redraw happens once for each */
  cause: string;
};

/** Stores an edit for every place that shows an alert, or will: what people said of it stands under each message. */
export async function enqueueRedraws(
  tx: Tx,
  deps: Pick<Deps, 'workspaceId' | 'jobs' | 'clock'>,
  { alertId, edge, cause }: Redraw,
): Promise<void> {
  const rows = await tx.$queryRaw<{ place: string }[]>(sql`
    select place from heartbeat.alert_message where alert_id = ${alertId}::uuid
    union
    select place from heartbeat.delivery
    where alert_id = ${alertId}::uuid and operation = 'post' and status in ('held', 'pending', 'sending')`);
  const places = rows.map(({ place }) => parsePlaceKey(place)).filter(canEdit);
  await enqueueDeliveries(tx, deps.jobs, {
    workspaceId: deps.workspaceId,
    now: deps.clock.now(),
    drafts: places.map((place) =>
      redrawDraft({ key: `${alertId}:${edge}:${cause}:${placeKey(place)}`, alertId, edge, place }),
    ),
  });
}

/** Gives the edit that shows an alert at a place as it is when sent. */
export function redrawDraft(which: Pick<DeliveryDraft, 'key' | 'alertId' | 'edge' | 'place'>): DeliveryDraft {
  return {
    ...which,
    operation: 'edit',
    silent: true,
    priority: PRIORITY.press,
    hold: null,
    payload: {},
  };
}
