import { listAlerts, type AlertRecord } from '../alerts/index.ts';
import type { Deps } from '../deps.ts';
import { createBatcher } from '../lib/batcher.ts';
import { loadStatuses, type MetricStatus } from '../pulse/index.ts';

/** Reads alerts and statuses as they are now; what is asked for at the same moment is one query. */
export interface FactsReader {
  alert(id: string): Promise<AlertRecord | undefined>;
  status(metricId: string): Promise<MetricStatus | undefined>;
}

const ALL: readonly AlertRecord['state'][] = ['firing', 'acked', 'snoozed', 'resolved'];

/** Makes the reader: a thousand messages at once cost a few queries. */
export function createFactsReader(
  deps: Pick<Deps, 'db' | 'workspaceId' | 'registry' | 'clock'>,
): FactsReader {
  const alerts = createBatcher(async (ids: readonly string[]) => {
    const filter = { ids, states: ALL, limit: ids.length };
    const found = await listAlerts(deps.db, deps.workspaceId, filter);
    const byId = new Map(found.map((alert) => [alert.id, alert]));
    return ids.map((id) => byId.get(id));
  });
  const statuses = createBatcher(async (ids: readonly string[]) => {
    const found = await loadStatuses(deps, [...new Set(ids)]);
    const byMetric = new Map(found.map((status) => [status.metric.id, status]));
    return ids.map((id) => byMetric.get(id));
  });
  return { alert: (id) => alerts.add(id), status: (metricId) => statuses.add(metricId) };
}
