import { randomUUID } from 'node:crypto';
import { inTransaction, sql, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { enqueueDeliveries } from '../delivery/index.ts';
import type { Metric } from '../registry/index.ts';
import { withChatWindows } from './draft.ts';
import { changeContext } from './store.ts';
import { draftSource, type SourceChange } from './stale-draft.ts';
import { planStale, type OpenSource, type StaleMetric, type StalePlan } from './stale.ts';

type StateRow = {
  metric_id: string;
  stale: boolean;
  source_alert_id: string | null;
  last_fault: string | null;
};

/**
 * Notices metrics whose newest reading is too old, and those that are fresh again: one alert a source, apart from levels. Once
 * over any number of processes. A metric that was due by `untried` and is not computed yet has not been asked: that is no
 * silence of its source.
 */
export async function sweepStale(deps: Deps, now: Date, untried: Date | null): Promise<void> {
  const looked = { workspaceId: deps.workspaceId, now, untried };
  const rows = await readStates(deps.db.prisma, looked);
  if (!rows.some((row) => isNews(deps, row))) return;
  await inTransaction(deps.db, async (tx) => {
    await tx.$queryRaw(
      sql`select pg_advisory_xact_lock(hashtext(${`heartbeat stale ${deps.workspaceId}`}))::text`,
    );
    const states = await readStates(tx, looked);
    if (!states.some((row) => isNews(deps, row))) return;
    const stale = states.flatMap((row) => toStale(deps, row));
    await store(tx, deps, planStale(stale, await readOpen(tx, deps.workspaceId)), now);
  });
  deps.outbox.kick();
}

/** What one process found stale is not fresh for another whose clock is behind: only a reading makes it so. */
async function readStates(
  db: Pick<Tx, '$queryRaw'>,
  { workspaceId, now, untried }: { workspaceId: string; now: Date; untried: Date | null },
): Promise<StateRow[]> {
  return db.$queryRaw<StateRow[]>(sql`
    select s.metric_id, s.source_alert_id, case when s.last_outcome = 'error' then s.last_fault end as last_fault,
      coalesce(s.stale_at < greatest(${now}::timestamptz, a.opened_at), false)
        and (a.id is not null or coalesce(s.next_due_at > ${untried}::timestamptz, true)) as stale
    from heartbeat.metric_state s left join heartbeat.source_alert a on a.id = s.source_alert_id
    where s.workspace_id = ${workspaceId} and (s.stale_at < ${now}::timestamptz or s.source_alert_id is not null)
    order by s.metric_id`);
}

function isNews(deps: Deps, row: StateRow): boolean {
  return toStale(deps, row).length > 0 !== (row.source_alert_id !== null);
}

/** A metric that may not alert is never said to be stale; it is grey on its tile. */
function toStale(deps: Deps, row: StateRow): StaleMetric[] {
  const metric = deps.registry.current().metrics.get(row.metric_id);
  if (!row.stale || !metric || !mayAlert(deps, metric)) return [];
  return [{ id: metric.id, sources: metric.sources, unreachable: row.last_fault === 'connection' }];
}

function mayAlert(deps: Deps, metric: Metric): boolean {
  const hasLines = metric.norm !== null || metric.alert !== null;
  return hasLines && deps.registry.verification(metric.id) === 'verified';
}

async function readOpen(tx: Tx, workspaceId: string): Promise<OpenSource[]> {
  return tx.$queryRaw<OpenSource[]>(sql`
    select id, source, metrics from heartbeat.source_alert
    where workspace_id = ${workspaceId} and open_source is not null order by number`);
}

async function store(tx: Tx, deps: Deps, plan: StalePlan, now: Date): Promise<void> {
  const opened = await open(tx, deps.workspaceId, plan.opened, now);
  const changed = plan.kept.filter(({ isChanged }) => isChanged);
  await update(tx, changed, now);
  const changes: SourceChange[] = [
    ...opened.map((one) => ({ ...one, kind: 'stale' as const })),
    ...changed.map((one) => ({
      ...one,
      kind: one.metrics.length === 0 ? ('fresh' as const) : ('stale_changed' as const),
    })),
  ];
  await link(tx, deps.workspaceId, changes);
  const context = await withChatWindows(tx, changeContext(deps, now));
  const drafts = await Promise.all(changes.map((change) => draftSource(tx, context, change)));
  await enqueueDeliveries(tx, deps.jobs, { workspaceId: deps.workspaceId, drafts: drafts.flat(), now });
}

async function open(
  tx: Tx,
  workspaceId: string,
  groups: StalePlan['opened'],
  now: Date,
): Promise<{ id: string; metrics: string[] }[]> {
  if (groups.length === 0) return [];
  const rows = groups.map((group, index) => ({ ...group, id: randomUUID(), index }));
  await tx.$executeRaw(sql`
    with taken as (
      update heartbeat.workspace set next_alert_number = next_alert_number + ${rows.length}::int
      where id = ${workspaceId} returning next_alert_number - ${rows.length}::int as first)
    insert into heartbeat.source_alert (id, workspace_id, number, source, open_source, opened_at, metrics, ever_metrics)
    select r.id, ${workspaceId}, taken.first + r.index, r.source, r.source, ${now}::timestamptz, r.metrics, r.metrics
    from taken, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, index int, source text, metrics text[])`);
  return rows.map(({ id, metrics }) => ({ id, metrics }));
}

async function update(tx: Tx, changed: StalePlan['kept'], now: Date): Promise<void> {
  if (changed.length === 0) return;
  await tx.$executeRaw(sql`
    update heartbeat.source_alert a set
      metrics = r.metrics, version = a.version + 1,
      ever_metrics = array(select distinct unnest(a.ever_metrics || r.metrics) order by 1),
      open_source = case when cardinality(r.metrics) = 0 then null else a.open_source end,
      recovered_at = case when cardinality(r.metrics) = 0 then ${now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as r(id uuid, metrics text[])
    where a.id = r.id`);
}

/** Each metric knows the alert that names it. */
async function link(tx: Tx, workspaceId: string, changes: readonly SourceChange[]): Promise<void> {
  const named = changes.flatMap(({ id, metrics }) => metrics.map((metric) => ({ id, metric })));
  const ids = changes.map(({ id }) => id);
  await tx.$executeRaw(sql`
    update heartbeat.metric_state s set source_alert_id = null
    where s.workspace_id = ${workspaceId} and s.source_alert_id = any(${ids}::uuid[])`);
  await tx.$executeRaw(sql`
    update heartbeat.metric_state s set source_alert_id = r.id
    from jsonb_to_recordset(${JSON.stringify(named)}::jsonb) as r(id uuid, metric text)
    where s.workspace_id = ${workspaceId} and s.metric_id = r.metric`);
}
