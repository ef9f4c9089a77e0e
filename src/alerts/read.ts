import { sql, type Db, type Tx } from '../db/index.ts';
import type { AlertFacts } from './store.ts';

/** An alert as it is stored: what every surface shows of it. */
export type AlertRecord = {
  id: string;
  number: number;
  metricId: string;
  level: 'amber' | 'red';
  state: 'firing' | 'acked' | 'snoozed' | 'resolved';
  version: number;
  value: number | null;
  valueAt: Date | null;
  worstValue: number | null;
  openedAt: Date;
  ack: { by: string; at: Date } | null;
  snooze: { by: string; until: Date } | null;
  resolvedAt: Date | null;
  resolution: 'recovered' | 'unverified' | 'retired' | 'unjudged' | null;
  facts: AlertFacts;
};

type Row = {
  id: string;
  number: number;
  metric_id: string;
  level: AlertRecord['level'];
  state: AlertRecord['state'];
  version: number;
  value: number | null;
  value_at: Date | null;
  worst_value: number | null;
  opened_at: Date;
  acked_by: string | null;
  acked_at: Date | null;
  snoozed_by: string | null;
  snoozed_until: Date | null;
  resolved_at: Date | null;
  resolution: AlertRecord['resolution'];
  facts: AlertFacts;
};

/** Which alerts: open ones unless `states` says otherwise. */
export type AlertFilter = {
  states?: readonly AlertRecord['state'][];
  level?: string;
  metricIds?: readonly string[];
  openedAfter?: Date;
  /** continue below this number */
  before?: number;
  limit?: number;
};

const OPEN: readonly AlertRecord['state'][] = ['firing', 'acked', 'snoozed'];
const DEFAULT_LIMIT = 100;

/** Alerts, newest number first. */
export async function listAlerts(
  db: Db,
  workspaceId: string,
  filter: AlertFilter = {},
): Promise<AlertRecord[]> {
  const rows = await db.prisma.$queryRaw<Row[]>(sql`
    select * from heartbeat.alerts
    where workspace_id = ${workspaceId} and state = any(${[...(filter.states ?? OPEN)]})
      and (${filter.level ?? null}::text is null or level = ${filter.level ?? null})
      and (${filter.metricIds === undefined} or metric_id = any(${[...(filter.metricIds ?? [])]}))
      and (${filter.openedAfter ?? null}::timestamptz is null or opened_at >= ${filter.openedAfter ?? null}::timestamptz)
      and (${filter.before ?? null}::int is null or number < ${filter.before ?? null}::int)
    order by number desc limit ${filter.limit ?? DEFAULT_LIMIT}::int`);
  return rows.map(toRecord);
}

/** One alert, by id or number; undefined when the workspace has none such. */
export async function findAlertRecord(
  db: Pick<Db, 'prisma'> | { prisma: Tx },
  workspaceId: string,
  which: { id: string } | { number: number },
): Promise<AlertRecord | undefined> {
  const condition = 'id' in which ? sql`id = ${which.id}::uuid` : sql`number = ${which.number}::int`;
  const rows = await db.prisma.$queryRaw<Row[]>(sql`
    select * from heartbeat.alerts where workspace_id = ${workspaceId} and ${condition}`);
  return rows.map(toRecord)[0];
}

function toRecord(row: Row): AlertRecord {
  return {
    id: row.id,
    number: row.number,
    metricId: row.metric_id,
    level: row.level,
    state: row.state,
    version: row.version,
    value: row.value,
    valueAt: row.value_at,
    worstValue: row.worst_value,
    openedAt: row.opened_at,
    ack: row.acked_by && row.acked_at ? { by: row.acked_by, at: row.acked_at } : null,
    snooze: row.snoozed_by && row.snoozed_until ? { by: row.snoozed_by, until: row.snoozed_until } : null,
    resolvedAt: row.resolved_at,
    resolution: row.resolution,
    facts: row.facts,
  };
}
