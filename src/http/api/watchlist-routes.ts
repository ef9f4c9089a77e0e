import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Deps } from '../../deps.ts';
import { isSameTeam, listWatchlists } from '../../watchlists/index.ts';
import type { AppEnv } from '../env.ts';
import { pageOf } from './cursor.ts';
import { defineRead } from './define-route.ts';
import { listOf, WatchlistItem, WatchlistQuery } from './schemas.ts';

const list = defineRead({
  path: '/api/watchlists',
  summary: "Teams' watchlists, by id; those of single people are not listed",
  tag: 'watchlists',
  request: { query: WatchlistQuery },
  answer: listOf(WatchlistItem, 'WatchlistList'),
});

/** Reads the lists of teams: a token is no person, so it sees nobody's own. */
export function addWatchlistRoutes(api: OpenAPIHono<AppEnv>, deps: Deps): void {
  api.openapi(list, async (c) => {
    const { team, metric, limit, cursor } = c.req.valid('query');
    const { metrics } = deps.registry.current();
    const found = (await listWatchlists(deps, { email: null }))
      .filter((one) => team === undefined || (one.team !== null && isSameTeam(one.team, team)))
      .filter((one) => metric === undefined || one.metricIds.includes(metric))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const { items, next } = pageOf(found, { limit, cursor });
    const shown = items.map((one) => ({
      id: one.id,
      name: one.name,
      description: one.description,
      team: one.team ?? '',
      metrics: one.metricIds.filter((id) => metrics.has(id)),
      created_at: one.createdAt.toISOString(),
      updated_at: one.updatedAt.toISOString(),
      url: `${deps.publicUrl()}/cockpit?watchlist=${one.id}`,
    }));
    return c.json({ items: shown, next }, 200);
  });
}
