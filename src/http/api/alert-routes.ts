import type { OpenAPIHono } from '@hono/zod-openapi';
import { listAlerts, type AlertAction, type AlertFilter } from '../../alerts/index.ts';
import type { Deps } from '../../deps.ts';
import type { Registry } from '../../registry/index.ts';
import type { AppContext, AppEnv } from '../env.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { defineRead, defineWrite } from './define-route.ts';
import { presentAlert } from './present.ts';
import { answerPress, getAlert, readSnooze, toAlertKey } from './press.ts';
import { AlertItem, AlertParams, AlertQuery, listOf, SnoozeBody, WriteHeaders } from './schemas.ts';
import { writeOnce, type Answered, type Written } from './write-once.ts';

const list = defineRead({
  path: '/api/alerts',
  summary: 'Alerts, newest first; open ones unless state says otherwise',
  tag: 'alerts',
  request: { query: AlertQuery },
  answer: listOf(AlertItem, 'AlertList'),
});

const one = defineRead({
  path: '/api/alerts/{id}',
  summary: 'One alert, by number or id',
  tag: 'alerts',
  request: { params: AlertParams },
  answer: AlertItem,
  trouble: [404],
});

const press = { params: AlertParams, headers: WriteHeaders };
const ack = defineWrite({
  path: '/api/alerts/{id}/ack',
  summary: 'Take an alert: silent until it is back to normal and crosses again',
  tag: 'alerts',
  request: press,
  answer: AlertItem,
});
const unack = defineWrite({
  path: '/api/alerts/{id}/unack',
  summary: 'Give an alert back',
  tag: 'alerts',
  request: press,
  answer: AlertItem,
});
const snooze = defineWrite({
  path: '/api/alerts/{id}/snooze',
  summary: 'Silence an alert for a time; ends early when it recovers or gets worse',
  tag: 'alerts',
  request: {
    ...press,
    body: { required: true, content: { 'application/json': { schema: SnoozeBody } } },
  },
  answer: AlertItem,
});

/** Reads alerts, and presses their buttons as an API caller. */
export function addAlertRoutes(api: OpenAPIHono<AppEnv>, deps: Deps): void {
  api.openapi(list, async (c) => {
    const { limit, cursor, ...wanted } = c.req.valid('query');
    const alerts = await listAlerts(deps.db, deps.workspaceId, {
      ...toFilter(wanted, deps.registry.current()),
      ...(cursor === undefined ? {} : { before: Number(decodeCursor(cursor, /^\d{1,9}$/)) }),
      limit: limit + 1,
    });
    const page = alerts.slice(0, limit);
    const last = page.at(-1);
    const next = alerts.length > limit && last ? encodeCursor(String(last.number)) : null;
    return c.json({ items: page.map((alert) => presentAlert(deps, alert)), next }, 200);
  });

  api.openapi(one, async (c) => {
    const alert = await getAlert(deps, toAlertKey(c.req.valid('param').id));
    c.header('etag', `"${alert.version}"`);
    return c.json(presentAlert(deps, alert), 200);
  });

  const answer = (c: AppContext, { id, toAction, ...written }: Asked): Promise<Answered> => {
    const work = (version: number | null) =>
      answerPress(deps, { caller: c.get('caller'), key: toAlertKey(id), version, action: toAction() });
    return writeOnce(c, deps, { ...written, work });
  };
  api.openapi(ack, (c) =>
    answer(c, { ...c.req.valid('param'), headers: c.req.valid('header'), toAction: () => ({ kind: 'ack' }) }),
  );
  api.openapi(unack, (c) =>
    answer(c, {
      ...c.req.valid('param'),
      headers: c.req.valid('header'),
      toAction: () => ({ kind: 'unack' }),
    }),
  );
  api.openapi(snooze, (c) => {
    const body = c.req.valid('json');
    const toAction = () => readSnooze(body, deps.clock.now());
    return answer(c, { ...c.req.valid('param'), headers: c.req.valid('header'), body, toAction });
  });
}

type Asked = Written & { id: string; toAction: () => AlertAction };

function toFilter(
  {
    state,
    level,
    metric,
    team,
  }: {
    state?: AlertFilter['states'] | undefined;
    level?: string | undefined;
    metric?: string | undefined;
    team?: string | undefined;
  },
  { metrics }: Registry,
): AlertFilter {
  const ofTeam = [...metrics.values()]
    .filter(({ teams }) => team !== undefined && teams.includes(team))
    .map(({ id }) => id);
  const ids = team === undefined ? undefined : ofTeam;
  const metricIds =
    metric === undefined ? ids : [metric].filter((id) => ids === undefined || ids.includes(id));
  return {
    ...(state === undefined ? {} : { states: state }),
    ...(level === undefined ? {} : { level }),
    ...(metricIds === undefined ? {} : { metricIds }),
  };
}
