import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Deps } from '../../deps.ts';
import type { AppEnv } from '../env.ts';
import { pageOf } from './cursor.ts';
import { defineRead } from './define-route.ts';
import { presentCut } from './present.ts';
import { CutItem, CutQuery, listOf } from './schemas.ts';

const cuts = defineRead({
  path: '/api/audit/registry',
  summary: 'Breakdowns and the metrics they explain, by id',
  tag: 'audit',
  request: { query: CutQuery },
  answer: listOf(CutItem, 'CutList'),
});

/** Reads the breakdowns that are on record. */
export function addRecordRoutes(api: OpenAPIHono<AppEnv>, deps: Deps): void {
  api.openapi(cuts, (c) => {
    const { page: pageName, metric, limit, cursor } = c.req.valid('query');
    const found = [...deps.registry.current().cuts.values()]
      .filter((cut) => pageName === undefined || cut.page === pageName)
      .filter((cut) => metric === undefined || cut.feeds.some((feed) => feed.metric === metric))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const { items, next } = pageOf(found, { limit, cursor });
    return c.json({ items: items.map((cut) => presentCut(deps, cut)), next }, 200);
  });
}
