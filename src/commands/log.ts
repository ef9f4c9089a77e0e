import { z } from 'zod';
import {
  answerDeliveryLog,
  isSameName,
  metricsInScope,
  parseScope,
  type Answer,
  type LogEntry,
  type LogScope,
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
import { chooseScope } from './scopes.ts';
import { defineCommand, type CommandContext, type CommandDeps } from './types.ts';
import { getPressedMetric } from './pressed-metric.ts';
import { unknownAlert } from './unknown.ts';

const PAGE_SIZE = 8;

/** Which page of the log: `before` is the sequence it begins below; null for the newest. */
type LogPage = { of: LogScope; before: string | null };

/** A page of the delivery log. Throws NotFoundError `alert_unknown` or `metric_unknown`. */
export async function showLog(context: CommandContext, page: LogPage): Promise<Answer> {
  const { deps, caller, words } = context;
  const narrowed = await narrow(context, page.of);
  if (narrowed.kind === 'ask') return narrowed.answer;
  const { filter, name, of } = narrowed.value;
  const { items, next } = await listDeliveries(deps.db, deps.workspaceId, {
    ...filter,
    ...(page.before === null ? {} : { before: BigInt(page.before) }),
    limit: PAGE_SIZE,
  });
  return answerDeliveryLog(
    {
      of,
      name,
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

type Narrowed = { of: LogScope; filter: Omit<DeliveryFilter, 'limit'>; name: string | null };

async function narrow(context: CommandContext, of: LogScope): Promise<Chosen<Narrowed>> {
  const { deps } = context;
  if ('scope' in of) return narrowToScope(context, of.scope);
  if ('show' in of) return { kind: 'one', value: { of, filter: filterOf(deps, of.show), name: null } };
  return { kind: 'one', value: { of, ...(await narrowToOne(deps, of)) } };
}

async function narrowToScope(context: CommandContext, scope: Scope): Promise<Chosen<Narrowed>> {
  const chosen = await chooseScope(context, scope, 'log');
  if (chosen.kind === 'ask') return chosen;
  const { metricIds: metrics, label: name, scope: found } = chosen.value;
  if (name === null) return { kind: 'one', value: { of: { show: 'all' }, filter: {}, name } };
  return { kind: 'one', value: { of: { scope: found }, filter: { metrics }, name } };
}

function filterOf(deps: CommandDeps, show: 'all' | 'today' | 'failed'): Narrowed['filter'] {
  if (show === 'all') return {};
  if (show === 'failed') return { status: 'dead' };
  const { timezone: zone } = deps.registry.current().workspace;
  return readLogDay('today', { zone, now: deps.clock.now() });
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
  async run(context, { of }) {
    const page = (scope: LogScope): Promise<Answer> => showLog(context, { of: scope, before: null });
    if (of === undefined) return page({ show: 'all' });
    const word = of.trim().toLowerCase();
    if (word === 'today' || word === 'failed') return page({ show: word });
    const number = parseAlertNumber(of);
    if (number !== undefined) return page({ alert: number });
    const scope = readScope(context, of);
    if (scope) return page({ scope });
    const chosen = chooseMetric(context, of);
    return chosen.kind === 'ask' ? chosen.answer : page({ metric: chosen.value.id });
  },
});

/** A team, a domain or a tag; the whole name of a metric is the metric, a part of one is the team. */
function readScope({ deps }: CommandContext, words: string): Scope | undefined {
  const scope = parseScope(words);
  if (!scope || !('name' in scope) || scope.by !== 'named') return scope;
  const metrics = [...deps.registry.current().metrics.values()];
  const isMetric = metrics.some(({ id, name, synonyms }) =>
    [id, name, ...synonyms].some((known) => isSameName(known, scope.name)),
  );
  return isMetric || metricsInScope(scope, metrics, null).length === 0 ? undefined : scope;
}
