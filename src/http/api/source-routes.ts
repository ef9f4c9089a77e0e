import type { OpenAPIHono } from '@hono/zod-openapi';
import { sql } from '../../db/index.ts';
import type { Deps } from '../../deps.ts';
import type { AppEnv } from '../env.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { defineRead } from './define-route.ts';
import { numberText } from './present.ts';
import { listOf } from './schemas.ts';
import { SourceItem, SourceQuery, type SourceState } from './source-schemas.ts';

const list = defineRead({
  path: '/api/sources',
  summary: 'Sources that give nothing fresh, newest first; those that are back when state says so',
  tag: 'alerts',
  request: { query: SourceQuery },
  answer: listOf(SourceItem, 'SourceList'),
});

/** Reads the alerts of silent sources, which have no level and no single metric. */
export function addSourceRoutes(api: OpenAPIHono<AppEnv>, deps: Deps): void {
  api.openapi(list, async (c) => {
    const { limit, cursor, state, metric } = c.req.valid('query');
    const before = cursor === undefined ? null : Number(decodeCursor(cursor, /^\d{1,9}$/));
    const rows = await readSources(deps, { state, metric: metric ?? null, before, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const next = rows.length > limit && last ? encodeCursor(String(last.number)) : null;
    return c.json({ items: page.map(presentSource), next }, 200);
  });
}

type SourceRow = {
  id: string;
  number: number;
  source: string;
  version: number;
  opened_at: Date;
  recovered_at: Date | null;
  metrics: string[];
};

type Wanted = { state: SourceState; metric: string | null; before: number | null; limit: number };

async function readSources(
  { db, workspaceId }: Pick<Deps, 'db' | 'workspaceId'>,
  { state, metric, before, limit }: Wanted,
): Promise<SourceRow[]> {
  return db.prisma.$queryRaw<SourceRow[]>(sql`
    with named as (
      select id, number, source, version, opened_at, recovered_at,
        case when recovered_at is null then metrics else ever_metrics end as metrics
      from heartbeat.source_alert where workspace_id = ${workspaceId})
    select * from named
    where (recovered_at is not null) = ${state === 'back'}
      and (${metric}::text is null or ${metric}::text = any(metrics))
      and (${before}::int is null or number < ${before}::int)
    order by number desc limit ${limit}::int`);
}

function presentSource(row: SourceRow): SourceItem {
  return {
    id: row.id,
    number: numberText(row.number),
    source: row.source,
    state: row.recovered_at === null ? 'silent' : 'back',
    version: row.version,
    since: row.opened_at.toISOString(),
    back_at: row.recovered_at?.toISOString() ?? null,
    metrics: row.metrics,
  };
}
