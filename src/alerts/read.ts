import { sql, type Db, type Tx } from '../db/index.ts';
import type { AlertFacts } from './store.ts';

/** What somebody wrote about an alert: `by` is an actor. */
export type AlertNote = { by: string; at: Date; text: string };

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
  /** the newest notes, newest first, at most 20 */
  notes: readonly AlertNote[];
  noteCount: number;
  /** how many people found it real, and how many noise */
  feedback: { real: number; noise: number };
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
  notes: { by: string; at: string; text: string }[] | null;
  note_count: number;
  real: number;
  noise: number;
};

/** Which alerts: open ones unless `states` says otherwise. */
export type AlertFilter = {
  states?: readonly AlertRecord['state'][];
  level?: string;
  metricIds?: readonly string[];
  openedAfter?: Date;
  numbers?: readonly number[];
  ids?: readonly string[];
  /** continue below this number */
  before?: number;
  limit?: number;
};

const OPEN: readonly AlertRecord['state'][] = ['firing', 'acked', 'snoozed'];
const DEFAULT_LIMIT = 100;
const NOTES_SHOWN = 20;

/** The rows of `a` with what people said of each alert. */
const WITH_REMARKS = sql`
  select a.*, n.notes, coalesce(n.note_count, 0)::int as note_count, coalesce(f.real, 0)::int as real, coalesce(f.noise, 0)::int as noise
  from a
  left join lateral (
    select json_agg(json_build_object('by', r.actor, 'at', r.at, 'text', r.text) order by r.id desc)
             filter (where r.place <= ${NOTES_SHOWN}) as notes, count(*) as note_count
    from (select *, row_number() over (order by id desc) as place from heartbeat.alert_note where alert_id = a.id) r
  ) n on true
  left join lateral (
    select count(*) filter (where verdict = 'real') as real, count(*) filter (where verdict = 'noise') as noise
    from heartbeat.alert_feedback where alert_id = a.id
  ) f on true`;

/** Alerts, newest number first. */
export async function listAlerts(
  db: Db,
  workspaceId: string,
  filter: AlertFilter = {},
): Promise<AlertRecord[]> {
  const rows = await db.prisma.$queryRaw<Row[]>(sql`
    with a as (
      select * from heartbeat.alerts
      where workspace_id = ${workspaceId} and state = any(${[...(filter.states ?? OPEN)]})
        and (${filter.level ?? null}::text is null or level = ${filter.level ?? null})
        and (${filter.metricIds === undefined} or metric_id = any(${[...(filter.metricIds ?? [])]}))
        and (${filter.numbers === undefined} or number = any(${[...(filter.numbers ?? [])]}::int[]))
        and (${filter.ids === undefined} or id = any(${[...(filter.ids ?? [])]}::uuid[]))
        and (${filter.openedAfter ?? null}::timestamptz is null or opened_at >= ${filter.openedAfter ?? null}::timestamptz)
        and (${filter.before ?? null}::int is null or number < ${filter.before ?? null}::int)
      order by number desc limit ${filter.limit ?? DEFAULT_LIMIT}::int
    )
    ${WITH_REMARKS} order by a.number desc`);
  return rows.map(toRecord);
}

/** The metrics that have an open alert, however many there are. */
export async function listAlertingMetrics(db: Db, workspaceId: string): Promise<string[]> {
  const rows = await db.prisma.$queryRaw<{ metric_id: string }[]>(sql`
    select distinct metric_id from heartbeat.alerts where workspace_id = ${workspaceId} and state = any(${[...OPEN]})
    order by metric_id`);
  return rows.map((row) => row.metric_id);
}

type OpenPage = {
  page: number;
  size: number;
  metricIds?: readonly string[] | undefined;
  /** an actor whose acked alerts belong to the page as well, whatever their metric */
  orAckedBy?: string;
};

/** One page of the open alerts, red before amber and the oldest first, with how many there are; `page` counts from 0. */
export async function pageOpenAlerts(
  db: Db,
  workspaceId: string,
  { page, size, metricIds, orAckedBy }: OpenPage,
): Promise<{ alerts: AlertRecord[]; total: number }> {
  const isWanted = sql`workspace_id = ${workspaceId} and state = any(${[...OPEN]})
    and (${metricIds === undefined} or metric_id = any(${[...(metricIds ?? [])]}) or acked_by = ${orAckedBy ?? null}::text)`;
  const counts = await db.prisma.$queryRaw<{ total: number }[]>(
    sql`select count(*)::int as total from heartbeat.alerts where ${isWanted}`,
  );
  const total = counts[0]?.total ?? 0;
  const shown = Math.min(Math.max(page, 0), Math.max(0, Math.ceil(total / size) - 1));
  const rows = await db.prisma.$queryRaw<Row[]>(sql`
    with a as (
      select * from heartbeat.alerts where ${isWanted}
      order by level = 'amber', number limit ${size}::int offset ${shown * size}::int)
    ${WITH_REMARKS} order by a.level = 'amber', a.number`);
  return { alerts: rows.map(toRecord), total };
}

/** One alert, by id or number; undefined when the workspace has none such. */
export async function findAlertRecord(
  db: Pick<Db, 'prisma'> | { prisma: Tx },
  workspaceId: string,
  which: { id: string } | { number: number },
): Promise<AlertRecord | undefined> {
  const condition = 'id' in which ? sql`id = ${which.id}::uuid` : sql`number = ${which.number}::int`;
  const rows = await db.prisma.$queryRaw<Row[]>(sql`
    with a as (select * from heartbeat.alerts where workspace_id = ${workspaceId} and ${condition}) ${WITH_REMARKS}`);
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
    notes: (row.notes ?? []).map((note) => ({ ...note, at: new Date(note.at) })),
    noteCount: row.note_count,
    feedback: { real: row.real, noise: row.noise },
  };
}
