import { inTransaction, sql, type Tx } from '../db/index.ts';
import {
  enqueueDeliveries,
  lockHeld,
  parsePlaceKey,
  storeReleases,
  type HeldDelivery,
  type Release,
} from '../delivery/index.ts';
import type { Deps } from '../deps.ts';
import { withChatWindows } from './draft.ts';
import { isStaleNews } from './held-news.ts';
import type { AlertRecord } from './read.ts';
import { findHold, windowsOfAll, type SilenceFacts } from './silence.ts';
import { changeContext } from './store.ts';
import { foldReleased } from './storm-store.ts';

/** How the alert of a message stands when its silence ends. */
export type HeldStanding = {
  /** null for a silent source and an SQL error */
  alert: Pick<AlertRecord, 'state' | 'level'> | null;
  hasMessage: boolean;
  /** the SQL error that it tells has passed */
  isSolved: boolean;
  metrics: readonly SilenceFacts['metric'][];
};

/**
 * Decides what becomes of a message whose silence was to end: what is no news is dropped, what another silence covers by now
 * waits for that one, the rest goes. Pure.
 */
export function decideRelease(
  held: Pick<HeldDelivery, 'place' | 'operation' | 'edge'>,
  { alert, hasMessage, isSolved, metrics }: HeldStanding,
  silence: Omit<SilenceFacts, 'metric' | 'level'>,
): Release {
  if (isSolved) return { kind: 'drop', reason: 'it was over before the silence ended' };
  const old = alert && isStaleNews(held, { alert, hasMessage });
  if (old !== null) return { kind: 'drop', reason: old };
  const [metric] = metrics;
  if (!metric) return { kind: 'go' };
  const hold = findHold(
    { ...held, place: parsePlaceKey(held.place) },
    { ...silence, metric, level: alert?.level ?? 'amber', windows: windowsOfAll(metrics, silence.windows) },
  );
  return hold ? { kind: 'hold', hold } : { kind: 'go' };
}

/** Lets messages go whose silence is over and that are still news; many for one place are one message there. */
export async function releaseSilenced(deps: Deps, now: Date): Promise<void> {
  const { workspaceId } = deps;
  const due = await deps.db.prisma.$queryRaw<unknown[]>(sql`
    select from heartbeat.delivery
    where workspace_id = ${workspaceId} and status = 'held' and held_until <= ${now}::timestamptz limit 1`);
  if (due.length === 0) return;
  await inTransaction(deps.db, async (tx) => {
    const held = await lockHeld(tx, { workspaceId, now });
    const releases = await decideAll(tx, deps, held, now);
    await storeReleases(tx, releases);
    const released = releases.flatMap(({ held: one, release }) => (release.kind === 'go' ? [one] : []));
    const policy = deps.registry.current().workspace.policies.storm;
    const drafts = await foldReleased(tx, { workspaceId, policy }, released);
    await enqueueDeliveries(tx, deps.jobs, { workspaceId, drafts, now });
  });
  deps.outbox.kick();
}

async function decideAll(
  tx: Tx,
  deps: Deps,
  held: readonly HeldDelivery[],
  now: Date,
): Promise<{ id: string; held: HeldDelivery; release: Release }[]> {
  const { registry, windows } = await withChatWindows(tx, changeContext(deps, now));
  const { people, workspace } = registry;
  const standings = await readStandings(tx, held);
  return held.map((one) => {
    const standing = standings.get(one.id);
    const metrics = (standing?.metrics ?? []).flatMap((id) => registry.metrics.get(id) ?? []);
    const release = decideRelease(
      one,
      {
        alert: standing?.alert ?? null,
        hasMessage: standing?.hasMessage ?? false,
        isSolved: standing?.isSolved ?? false,
        metrics,
      },
      { windows, people, timezone: workspace.timezone, now },
    );
    return { id: one.id, held: one, release };
  });
}

type StandingRow = Omit<HeldStanding, 'metrics'> & { id: string; metrics: string[] };

/** How what the messages are about stands, by the messages' ids. */
async function readStandings(tx: Tx, held: readonly HeldDelivery[]): Promise<Map<string, StandingRow>> {
  const rows = await tx.$queryRaw<StandingRow[]>(sql`
    select d.id, case when a.id is not null then jsonb_build_object('state', a.state, 'level', a.level) end as alert,
      m.alert_id is not null as "hasMessage", d.edge = 'sql_error' and f.last_outcome is distinct from 'error' as "isSolved",
      case when a.id is not null then array[a.metric_id] else coalesce(s.metrics, array_remove(array[d.payload ->> 'metric'], null)) end as metrics
    from heartbeat.delivery d
    left join heartbeat.alerts a on a.id = d.alert_id
    left join heartbeat.source_alert s on s.id = d.alert_id
    left join heartbeat.metric_state f
      on d.edge = 'sql_error' and f.workspace_id = d.workspace_id and f.metric_id = d.payload ->> 'metric'
    left join heartbeat.alert_message m on m.alert_id = d.alert_id and m.place = d.place
    where d.id = any(${held.map(({ id }) => id)}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}
