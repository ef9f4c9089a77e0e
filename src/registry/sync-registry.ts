import { sql, type Tx } from '../db/index.ts';
import { normalizeSql } from './definition-hash.ts';
import { brokenPartsOf } from './merge-registries.ts';
import { syncLinks, syncPeople, syncWorkspace } from './sync-parts.ts';
import { planSync, type StoredCut, type StoredMetric, type SyncPlan } from './sync-plan.ts';
import { retire, writeCuts, writeMetrics } from './sync-writes.ts';
import type { Registry } from './types.ts';

/** What changed when the registry was stored, by metric id. */
export type SyncResult = {
  /** new, or back after they were retired */
  added: string[];
  /** `sqlChanged`: the query is another one; `definitionChanged`: anything that "verified" is said of */
  changed: { id: string; sqlChanged: boolean; definitionChanged: boolean }[];
  retired: string[];
  verificationLost: string[];
  verificationGained: string[];
};

/**
 * Writes workspace, people, metrics, cuts and links as the files say them, in a few statements however many there are. Rows of
 * what is gone stay, with the time they were retired at. Replicas that sync at once wait for each other.
 */
export async function syncRegistry(tx: Tx, registry: Registry, now: Date): Promise<SyncResult> {
  const { workspace, people } = registry;
  const broken = brokenPartsOf(registry);
  await syncWorkspace(tx, workspace, now);
  await syncPeople(tx, { workspaceId: workspace.id, people, broken, now });
  const stored = {
    metrics: await loadStoredMetrics(tx, workspace.id),
    cuts: await loadStoredCuts(tx, workspace.id),
  };
  const plan = planSync(registry, stored);
  const changed = await compareSql(tx, registry, plan);
  await writeMetrics(tx, { workspaceId: workspace.id, writes: plan.metrics, now });
  await writeCuts(tx, { workspaceId: workspace.id, writes: plan.cuts, now });
  await retire(tx, { workspaceId: workspace.id, metrics: plan.retiredMetrics, cuts: plan.retiredCuts, now });
  await syncLinks(tx, workspace.id, registry);
  return {
    added: plan.added,
    changed,
    retired: plan.retiredMetrics,
    verificationLost: plan.verificationLost,
    verificationGained: plan.verificationGained,
  };
}

type MetricRow = {
  id: string;
  fingerprint: string | null;
  definition_hash: string;
  state: string;
  by: string | null;
  at: string | null;
  hash: string | null;
  is_retired: boolean;
};

async function loadStoredMetrics(tx: Tx, workspaceId: string): Promise<StoredMetric[]> {
  const rows = await tx.$queryRaw<MetricRow[]>(sql`
    select id, definition->>'fingerprint' as fingerprint, definition_hash, verification_state as state,
      verified_by as by, verified_at as at, verified_hash as hash, retired_at is not null as is_retired
    from heartbeat.metric_registry where workspace_id = ${workspaceId}`);
  return rows.map(
    ({ id, fingerprint, definition_hash: definitionHash, state, by, at, hash, is_retired }) => ({
      id,
      fingerprint,
      definitionHash,
      state,
      remembered: { by, at, hash },
      isRetired: is_retired,
    }),
  );
}

async function loadStoredCuts(tx: Tx, workspaceId: string): Promise<StoredCut[]> {
  const rows = await tx.$queryRaw<{ id: string; fingerprint: string | null; is_retired: boolean }[]>(sql`
    select id, definition->>'fingerprint' as fingerprint, retired_at is not null as is_retired
    from heartbeat.audit_cut_registry where workspace_id = ${workspaceId}`);
  return rows.map(({ id, fingerprint, is_retired }) => ({ id, fingerprint, isRetired: is_retired }));
}

async function compareSql(
  tx: Tx,
  { workspace, metrics }: Registry,
  { changed }: SyncPlan,
): Promise<SyncResult['changed']> {
  if (changed.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: string; query: string | null }[]>(sql`
    select id, definition->>'sql' as query from heartbeat.metric_registry
    where workspace_id = ${workspace.id} and id = any(${changed.map(({ id }) => id)})`);
  const before = new Map(rows.map(({ id, query }) => [id, normalizeSql(query ?? '')]));
  return changed.map((change) => ({
    ...change,
    sqlChanged: before.get(change.id) !== normalizeSql(metrics.get(change.id)?.sql ?? ''),
  }));
}
