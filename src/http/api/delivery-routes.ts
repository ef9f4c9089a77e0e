import type { OpenAPIHono } from '@hono/zod-openapi';
import type { TypedResponse } from 'hono';
import { findAlertId, getDelivery, listDeliveries, readLogDay, retryDelivery } from '../../delivery/index.ts';
import type { Deps } from '../../deps.ts';
import type { AppContext, AppEnv } from '../env.ts';
import { HeartbeatError } from '../../errors.ts';
import { PROBLEM_TYPE, toProblem } from '../problem.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { defineRead, defineWrite } from './define-route.ts';
import { answerOnce, type StoredAnswer } from './idempotency.ts';
import { presentDelivery } from './present.ts';
import { getAlert, toAlertKey } from './press.ts';
import { DeliveryItem, DeliveryParams, DeliveryQuery, IdempotencyHeaders, listOf } from './schemas.ts';

const list = defineRead({
  path: '/api/deliveries',
  summary: 'What was sent, where, when, how often tried, and why not; newest first',
  tag: 'deliveries',
  request: { query: DeliveryQuery },
  answer: listOf(DeliveryItem, 'DeliveryList'),
  trouble: [404],
});

const one = defineRead({
  path: '/api/deliveries/{id}',
  summary: 'One delivery with every attempt',
  tag: 'deliveries',
  request: { params: DeliveryParams },
  answer: DeliveryItem,
  trouble: [404],
});

const retry = defineWrite({
  path: '/api/deliveries/{id}/retry',
  summary: 'Send a dead letter again, from its first attempt on',
  tag: 'deliveries',
  request: { params: DeliveryParams, headers: IdempotencyHeaders },
  answer: DeliveryItem,
});

/** Reads the delivery log, and sends dead letters again as an API caller. */
export function addDeliveryRoutes(api: OpenAPIHono<AppEnv>, deps: Deps): void {
  api.openapi(list, async (c) => {
    const { alert, day, failed, limit, cursor, ...plain } = c.req.valid('query');
    const zone = deps.registry.current().workspace.timezone;
    const { items, next } = await listDeliveries(deps.db, deps.workspaceId, {
      ...withoutUndefined(plain),
      ...(failed === 'true' && { status: 'dead' }),
      ...(day !== undefined && readLogDay(day, { zone, now: deps.clock.now() })),
      ...(alert !== undefined && { alertId: await alertIdOf(deps, alert) }),
      ...(cursor !== undefined && { before: BigInt(decodeCursor(cursor, /^\d{1,18}$/)) }),
      limit,
    });
    return c.json(
      { items: items.map(presentDelivery), next: next === null ? null : encodeCursor(next) },
      200,
    );
  });

  api.openapi(one, async (c) =>
    c.json(presentDelivery(await getDelivery(deps.db, deps.workspaceId, c.req.valid('param').id)), 200),
  );

  api.openapi(retry, async (c) => {
    const key = c.req.valid('header')['Idempotency-Key'];
    return toResponse(await retryOnce(c, deps, { id: c.req.valid('param').id, key }));
  });
}

/** A silent source's alert has a number too, and is none of the alerts that the API lists. */
async function alertIdOf(deps: Deps, text: string): Promise<string> {
  const key = toAlertKey(text);
  const found = 'number' in key ? await findAlertId(deps.db, deps.workspaceId, key.number) : undefined;
  return found ?? (await getAlert(deps, key)).id;
}

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function withoutUndefined<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}

type Answered = Response & TypedResponse<DeliveryItem, 200, 'json'>;

async function retryOnce(
  c: AppContext,
  deps: Deps,
  { id, key }: { id: string; key: string | undefined },
): Promise<StoredAnswer & { replayed?: boolean }> {
  const caller = c.get('caller');
  const work = async (): Promise<StoredAnswer> => {
    try {
      await retryDelivery(deps, caller, id);
      const item = presentDelivery(await getDelivery(deps.db, deps.workspaceId, id));
      return { status: 200, contentType: 'application/json', body: JSON.stringify(item), etag: null };
    } catch (error) {
      const problem = toProblem(error);
      if (!(error instanceof HeartbeatError) || problem.status >= 500) throw error;
      return { status: problem.status, contentType: PROBLEM_TYPE, body: JSON.stringify(problem), etag: null };
    }
  };
  if (key === undefined) return work();
  return answerOnce(
    deps,
    { actor: caller.actor, key, request: JSON.stringify([c.req.method, c.req.path]) },
    work,
  );
}

function toResponse({
  status,
  contentType,
  body,
  replayed,
}: StoredAnswer & { replayed?: boolean }): Answered {
  const headers = new Headers({ 'content-type': contentType, 'cache-control': 'no-store' });
  if (replayed === true) headers.set('idempotency-replayed', 'true');
  return new Response(body, { status, headers }) as Answered;
}
