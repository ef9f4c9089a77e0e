import type { OpenAPIHono } from '@hono/zod-openapi';
import { listSources, type SourceRecord } from '../../alerts/index.ts';
import type { Deps } from '../../deps.ts';
import type { AppEnv } from '../env.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { defineRead } from './define-route.ts';
import { numberText } from './present.ts';
import { listOf } from './schemas.ts';
import { SourceItem, SourceQuery } from './source-schemas.ts';

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
    const rows = await listSources(deps.db, deps.workspaceId, {
      state,
      metricIds: metric === undefined ? undefined : [metric],
      before: cursor === undefined ? undefined : Number(decodeCursor(cursor, /^\d{1,9}$/)),
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const next = rows.length > limit && last ? encodeCursor(String(last.number)) : null;
    return c.json({ items: page.map(presentSource), next }, 200);
  });
}

function presentSource(row: SourceRecord): SourceItem {
  return {
    id: row.id,
    number: numberText(row.number),
    source: row.source,
    state: row.recoveredAt === null ? 'silent' : 'back',
    version: row.version,
    since: row.openedAt.toISOString(),
    back_at: row.recoveredAt?.toISOString() ?? null,
    metrics: row.metrics,
  };
}
