import type { OpenAPIHono } from '@hono/zod-openapi';
import { listDeliveries } from '../../delivery/index.ts';
import type { Deps } from '../../deps.ts';
import type { AppEnv } from '../env.ts';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';
import { defineRead } from './define-route.ts';
import { presentCut, presentDelivery } from './present.ts';
import { getAlert, toAlertKey } from './press.ts';
import { CutItem, CutQuery, DeliveryItem, DeliveryQuery, listOf } from './schemas.ts';

const cuts = defineRead({
  path: '/api/audit/registry',
  summary: 'Breakdowns and the metrics they explain, by id',
  tag: 'audit',
  request: { query: CutQuery },
  answer: listOf(CutItem, 'CutList'),
});

const deliveries = defineRead({
  path: '/api/deliveries',
  summary: 'What was sent, where, when, how often tried, and why not; newest first',
  tag: 'deliveries',
  request: { query: DeliveryQuery },
  answer: listOf(DeliveryItem, 'DeliveryList'),
  trouble: [404],
});

/** Reads what is on record: breakdowns and deliveries. */
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

  api.openapi(deliveries, async (c) => {
    const { metric, alert, channel, status, limit, cursor } = c.req.valid('query');
    const before = cursor === undefined ? {} : { before: BigInt(decodeCursor(cursor, /^\d{1,18}$/)) };
    const ofAlert = alert === undefined ? {} : { alertId: (await getAlert(deps, toAlertKey(alert))).id };
    const { items, next } = await listDeliveries(deps.db, deps.workspaceId, {
      ...(metric === undefined ? {} : { metric }),
      ...(channel === undefined ? {} : { channel }),
      ...(status === undefined ? {} : { status }),
      ...ofAlert,
      ...before,
      limit,
    });
    return c.json(
      { items: items.map(presentDelivery), next: next === null ? null : encodeCursor(next) },
      200,
    );
  });
}
