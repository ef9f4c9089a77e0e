import { sql, type Tx } from '../db/index.ts';
import { unitText } from './file-values.ts';
import type { CutWrite, MetricWrite } from './sync-plan.ts';

/** So many rows go into one statement: a parameter of a few megabytes. */
const CHUNK = 1000;

/** Writes metrics that are new or changed; a row that was retired is not any more. */
export async function writeMetrics(
  tx: Tx,
  { workspaceId, writes, now }: { workspaceId: string; writes: readonly MetricWrite[]; now: Date },
): Promise<void> {
  for (const chunk of chunksOf(writes)) {
    const rows = JSON.stringify(chunk.map(metricRow));
    await tx.$executeRaw(sql`
      insert into heartbeat.metric_registry as m (
        workspace_id, id, name, domain, unit, direction, norm_value, alert_value, target_value, target_due, owner_email,
        file, definition, definition_hash, verification_state, verified_by, verified_at, verified_hash, first_seen_at,
        updated_at)
      select ${workspaceId}, r.*, ${now}, ${now}
      from jsonb_to_recordset(${rows}::jsonb) as r(
        id text, name text, domain text, unit text, direction text, norm_value float8, alert_value float8,
        target_value float8, target_due date, owner_email text, file text, definition jsonb, definition_hash text,
        verification_state text, verified_by text, verified_at text, verified_hash text)
      on conflict (workspace_id, id) do update set
        name = excluded.name, domain = excluded.domain, unit = excluded.unit, direction = excluded.direction,
        norm_value = excluded.norm_value, alert_value = excluded.alert_value, target_value = excluded.target_value,
        target_due = excluded.target_due, owner_email = excluded.owner_email, file = excluded.file,
        definition = excluded.definition, definition_hash = excluded.definition_hash,
        verification_state = excluded.verification_state, verified_by = excluded.verified_by,
        verified_at = excluded.verified_at, verified_hash = excluded.verified_hash, updated_at = excluded.updated_at,
        retired_at = null`);
  }
}

function metricRow({ metric, fingerprint, verification: { state, remembered } }: MetricWrite) {
  return {
    id: metric.id,
    name: metric.name,
    domain: metric.domain,
    unit: unitText(metric.unit),
    direction: metric.direction,
    norm_value: metric.norm,
    alert_value: metric.alert,
    target_value: metric.target,
    target_due: metric.targetDue,
    owner_email: metric.owner,
    file: metric.file,
    definition: { ...metric, fingerprint },
    definition_hash: metric.definitionHash,
    verification_state: state,
    verified_by: remembered.by,
    verified_at: remembered.at,
    verified_hash: remembered.hash,
  };
}

/** Writes cuts that are new or changed. */
export async function writeCuts(
  tx: Tx,
  { workspaceId, writes, now }: { workspaceId: string; writes: readonly CutWrite[]; now: Date },
): Promise<void> {
  for (const chunk of chunksOf(writes)) {
    const rows = JSON.stringify(chunk.map(cutRow));
    await tx.$executeRaw(sql`
      insert into heartbeat.audit_cut_registry (
        workspace_id, id, title, page, chart, definition, definition_hash, owner_email, verification_state, updated_at)
      select ${workspaceId}, r.*, ${now}
      from jsonb_to_recordset(${rows}::jsonb) as r(
        id text, title text, page text, chart text, definition jsonb, definition_hash text, owner_email text,
        verification_state text)
      on conflict (workspace_id, id) do update set
        title = excluded.title, page = excluded.page, chart = excluded.chart, definition = excluded.definition,
        definition_hash = excluded.definition_hash, owner_email = excluded.owner_email,
        verification_state = excluded.verification_state, updated_at = excluded.updated_at, retired_at = null`);
  }
}

function cutRow({ cut, fingerprint }: CutWrite) {
  return {
    id: cut.id,
    title: cut.title,
    page: cut.page,
    chart: cut.chart,
    definition: { ...cut, fingerprint },
    definition_hash: cut.definitionHash,
    owner_email: cut.owner,
    verification_state: cut.declared,
  };
}

type Retirement = { workspaceId: string; metrics: readonly string[]; cuts: readonly string[]; now: Date };

/** Marks metrics and cuts whose files are gone; their rows and history stay. */
export async function retire(tx: Tx, { workspaceId, metrics, cuts, now }: Retirement): Promise<void> {
  if (metrics.length > 0) {
    await tx.$executeRaw(sql`
      update heartbeat.metric_registry set retired_at = ${now}, updated_at = ${now}
      where workspace_id = ${workspaceId} and id = any(${[...metrics]})`);
  }
  if (cuts.length > 0) {
    await tx.$executeRaw(sql`
      update heartbeat.audit_cut_registry set retired_at = ${now}, updated_at = ${now}
      where workspace_id = ${workspaceId} and id = any(${[...cuts]})`);
  }
}

function chunksOf<T>(items: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += CHUNK) chunks.push(items.slice(start, start + CHUNK));
  return chunks;
}
