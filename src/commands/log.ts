import { z } from 'zod';
import {
  answerDeliveryLog,
  isSameName,
  metricsInScope,
  parseLog,
  parseScope,
  type Answer,
  type LogEntry,
  type LogPage,
  type LogScope,
  type LogShow,
  type Scope,
} from '../answers/index.ts';
import {
  findAlertId,
  listDeliveries,
  parsePlaceKey,
  readLogDay,
  retryDelivery,
  type DeliveryFilter,
  type DeliveryRecord,
} from '../delivery/index.ts';
import { labelOf } from '../messages/index.ts';
import { may } from '../people/index.ts';
import { chooseMetric, parseAlertNumber, type Chosen } from './choose.ts';
import { chooseScope, roomView } from './scopes.ts';
import { defineCommand, type CommandContext, type CommandDeps } from './types.ts';
import { getPressedMetric } from './pressed-metric.ts';
import { unknownAlert } from './unknown.ts';

const PAGE_SIZE = 8;

/** A page of the delivery log. Throws NotFoundError `alert_unknown` or `metric_unknown`. */
export async function showLog(context: CommandContext, page: LogPage): Promise<Answer> {
  const { deps, caller, words } = context;
  const narrowed = await narrow(context, page.of);
  if (narrowed.kind === 'ask') return narrowed.answer;
  const { filter, name, of, isRooms = false } = narrowed.value;
  const { items, next } = await listDeliveries(deps.db, deps.workspaceId, {
    ...filter,
    ...filterOf(deps, of.show),
    ...(page.before === null ? {} : { before: BigInt(page.before) }),
    limit: PAGE_SIZE,
  });
  return answerDeliveryLog(
    {
      of,
      name,
      isRooms,
      entries: items.map((item) => toEntry(deps, item)),
      isNewestPage: page.before === null,
      next,
      mayRetry: may(caller.role, 'retry_delivery'),
      now: deps.clock.now(),
    },
    words,
  );
}

/** Sends a dead letter again. Throws what `retryDelivery` throws. */
export async function retryPressed({ deps, caller, words }: CommandContext, id: string): Promise<string> {
  await retryDelivery(deps, caller, id);
  return words.t('toast-retried');
}

type Narrowed = {
  of: LogScope;
  filter: Omit<DeliveryFilter, 'limit'>;
  name: string | null;
  isRooms?: boolean;
};

async function narrow(context: CommandContext, of: LogScope): Promise<Chosen<Narrowed>> {
  if ('scope' in of) return narrowToScope(context, of);
  if ('metric' in of || 'alert' in of)
    return { kind: 'one', value: { of, ...(await narrowToOne(context.deps, of)) } };
  const room = roomView(context);
  if (!room) return { kind: 'one', value: { of, filter: {}, name: null } };
  const { metricIds: metrics, label: name } = room;
  return { kind: 'one', value: { of, filter: { metrics }, name, isRooms: true } };
}

async function narrowToScope(
  context: CommandContext,
  { scope, show }: { scope: Scope; show: LogShow },
): Promise<Chosen<Narrowed>> {
  const chosen = await chooseScope(context, scope, 'log');
  if (chosen.kind === 'ask') return chosen;
  const { metricIds: metrics, label: name, scope: found } = chosen.value;
  return {
    kind: 'one',
    value: { of: { show, scope: found }, filter: name === null ? {} : { metrics }, name },
  };
}

function filterOf(deps: CommandDeps, show: LogShow): Narrowed['filter'] {
  const { timezone: zone } = deps.registry.current().workspace;
  const isToday = show === 'today' || show === 'failed_today';
  return {
    ...(show === 'failed' || show === 'failed_today' ? { status: 'dead' } : {}),
    ...(isToday ? readLogDay('today', { zone, now: deps.clock.now() }) : {}),
  };
}

async function narrowToOne(
  deps: CommandDeps,
  of: Extract<LogScope, { metric: string } | { alert: number }>,
): Promise<Pick<Narrowed, 'filter' | 'name'>> {
  if ('metric' in of) {
    const metric = getPressedMetric(deps, of.metric);
    return { filter: { metric: metric.id }, name: metric.name };
  }
  const alertId = await findAlertId(deps.db, deps.workspaceId, of.alert);
  if (alertId === undefined) throw unknownAlert(of.alert);
  return { filter: { alertId }, name: `A-${of.alert}` };
}

function toEntry(deps: CommandDeps, item: DeliveryRecord): LogEntry {
  const { metrics } = deps.registry.current();
  return {
    ...item,
    at: new Date(item.sentAt ?? item.createdAt),
    nextAttemptAt: new Date(item.nextAttemptAt),
    heldUntil: item.heldUntil === null ? null : new Date(item.heldUntil),
    metric: item.metric === null ? item.source : (metrics.get(item.metric)?.name ?? item.metric),
    place: labelOf(deps, parsePlaceKey(item.place)),
  };
}

export const log = defineCommand({
  name: 'log',
  role: 'viewer',
  args: z.object({ of: z.string().optional() }),
  positional: ['of'],
  reads: () => true,
  async run(context, { of = '' }) {
    const page = (scope: LogScope): Promise<Answer> => showLog(context, { of: scope, before: null });
    const said = parseLog(of);
    if (said.about === '') return page({ show: said.show });
    const { show, about } = isMetricName(context, of) ? { show: 'all' as const, about: of } : said;
    const number = parseAlertNumber(about);
    if (number !== undefined) return page({ show, alert: number });
    const scope = readScope(context, about);
    if (scope) return page({ show, scope });
    const chosen = chooseMetric(context, about);
    return chosen.kind === 'ask' ? chosen.answer : page({ show, metric: chosen.value.id });
  },
});

/** A team, a domain or a tag; the whole name of a metric is the metric, a part of one is the team. */
function readScope(context: CommandContext, words: string): Scope | undefined {
  const scope = parseScope(words);
  if (!scope || !('name' in scope) || scope.by !== 'named') return scope;
  const metrics = context.deps.registry.current().metrics.values();
  const isTeam = !isMetricName(context, scope.name) && metricsInScope(scope, metrics, null).length > 0;
  return isTeam ? scope : undefined;
}

function isMetricName({ deps }: CommandContext, words: string): boolean {
  return [...deps.registry.current().metrics.values()].some(({ id, name, synonyms }) =>
    [id, name, ...synonyms].some((known) => isSameName(known, words)),
  );
}
