import { z } from 'zod';
import {
  answerDeliveryLog,
  findPressedMetric,
  type Answer,
  type LogEntry,
  type LogScope,
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
import { NotFoundError } from '../errors.ts';
import { labelOf } from '../messages/index.ts';
import { may } from '../people/index.ts';
import { chooseMetric, parseAlertNumber } from './choose.ts';
import { defineCommand, type CommandContext, type CommandDeps } from './types.ts';

const PAGE_SIZE = 8;

/** Which page of the log: `before` is the sequence it begins below; null for the newest. */
type LogPage = { of: LogScope; before: string | null };

/** A page of the delivery log. Throws NotFoundError `alert_unknown` or `metric_unknown`. */
export async function showLog({ deps, caller, words }: CommandContext, page: LogPage): Promise<Answer> {
  const { filter, name } = await narrow(deps, page.of);
  const { items, next } = await listDeliveries(deps.db, deps.workspaceId, {
    ...filter,
    ...(page.before === null ? {} : { before: BigInt(page.before) }),
    limit: PAGE_SIZE,
  });
  return answerDeliveryLog(
    {
      of: page.of,
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

type Narrowed = { filter: Omit<DeliveryFilter, 'limit'>; name: string | null };

async function narrow(deps: CommandDeps, of: LogScope): Promise<Narrowed> {
  const { workspace, metrics } = deps.registry.current();
  if ('metric' in of) {
    const metric = metrics.get(findPressedMetric(of.metric, metrics.keys()) ?? '');
    if (!metric)
      throw new NotFoundError('metric_unknown', `There is no metric ${of.metric}.`, {
        details: { metric: of.metric },
      });
    return { filter: { metric: metric.id }, name: metric.name };
  }
  if ('alert' in of) {
    const alertId = await findAlertId(deps.db, deps.workspaceId, of.alert);
    if (alertId === undefined)
      throw new NotFoundError('alert_unknown', `There is no alert A-${of.alert}.`, {
        details: { alert: `A-${of.alert}` },
      });
    return { filter: { alertId }, name: `A-${of.alert}` };
  }
  const today = () => readLogDay('today', { zone: workspace.timezone, now: deps.clock.now() });
  const filters = { all: {}, failed: { status: 'dead' }, today: of.show === 'today' ? today() : {} };
  return { filter: filters[of.show], name: null };
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
  async run(context, { of }) {
    const page = (scope: LogScope): Promise<Answer> => showLog(context, { of: scope, before: null });
    if (of === undefined) return page({ show: 'all' });
    const word = of.trim().toLowerCase();
    if (word === 'today' || word === 'failed') return page({ show: word });
    const number = parseAlertNumber(of);
    if (number !== undefined) return page({ alert: number });
    const chosen = chooseMetric(context, of);
    return chosen.kind === 'ask' ? chosen.answer : page({ metric: chosen.value.id });
  },
});
