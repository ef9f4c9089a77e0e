import { sql, type Db } from '../db/index.ts';

/** A source that gives nothing fresh, or did; `metrics` wait for it, and those that ever did once it is back. */
export type SourceRecord = {
  id: string;
  number: number;
  /** a table, or `warehouse` when that cannot be reached */
  source: string;
  version: number;
  openedAt: Date;
  recoveredAt: Date | null;
  metrics: string[];
};

/** Which silent sources; `metricIds` narrows to those that one of these metrics reads, `before` goes on below a number. */
export type SourceFilter = {
  state: 'silent' | 'back';
  metricIds?: readonly string[] | undefined;
  before?: number | undefined;
  limit: number;
};

/** Reads the alerts of sources, which have no level and no single metric; newest first. */
export async function listSources(
  db: Pick<Db, 'prisma'>,
  workspaceId: string,
  { state, metricIds, before, limit }: SourceFilter,
): Promise<SourceRecord[]> {
  return db.prisma.$queryRaw<SourceRecord[]>(sql`
    with named as (
      select id, number, source, version, opened_at as "openedAt", recovered_at as "recoveredAt",
        case when recovered_at is null then metrics else ever_metrics end as metrics
      from heartbeat.source_alert where workspace_id = ${workspaceId})
    select * from named
    where ("recoveredAt" is not null) = ${state === 'back'}
      and (${metricIds === undefined} or metrics && ${[...(metricIds ?? [])]}::text[])
      and (${before ?? null}::int is null or number < ${before ?? null}::int)
    order by number desc limit ${limit}::int`);
}
