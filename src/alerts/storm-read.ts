import { sql, type Db } from '../db/index.ts';
import { parsePlaceKey, type Place } from '../delivery/index.ts';
import type { AlertRecord } from './read.ts';

/** A storm as it is stored, with its alerts as they are now: open ones first, the worst and oldest of them first. */
export type StormRecord = {
  id: string;
  number: number;
  place: Place;
  openedAt: Date;
  endedAt: Date | null;
  alerts: StormMember[];
};

export type StormMember = Pick<
  AlertRecord,
  'id' | 'number' | 'metricId' | 'level' | 'state' | 'version' | 'value'
>;

type Row = {
  id: string;
  number: number;
  place: string;
  opened_at: Date;
  ended_at: Date | null;
  alerts: StormMember[] | null;
};

/** Finds a storm by its id, or by the number that its buttons carry; undefined when the workspace has none such. */
export async function findStorm(
  db: Pick<Db, 'prisma'>,
  workspaceId: string,
  which: { id: string } | { number: number },
): Promise<StormRecord | undefined> {
  const condition = 'id' in which ? sql`s.id = ${which.id}::uuid` : sql`s.number = ${which.number}::int`;
  const rows = await db.prisma.$queryRaw<Row[]>(sql`
    select s.id, s.number, s.place, s.opened_at, s.ended_at, members.alerts
    from heartbeat.storm s
    left join lateral (
      select jsonb_agg(jsonb_build_object(
          'id', a.id, 'number', a.number, 'metricId', a.metric_id, 'level', a.level, 'state', a.state, 'version', a.version,
          'value', a.value)
        order by (a.state = 'resolved'), (a.level = 'amber'), (a.state <> 'firing'), a.number) as alerts
      from heartbeat.storm_alert m join heartbeat.alerts a on a.id = m.alert_id
      where m.storm_id = s.id) members on true
    where s.workspace_id = ${workspaceId} and ${condition}`);
  const [row] = rows;
  if (!row) return undefined;
  return {
    id: row.id,
    number: row.number,
    place: parsePlaceKey(row.place),
    openedAt: row.opened_at,
    endedAt: row.ended_at,
    alerts: row.alerts ?? [],
  };
}
