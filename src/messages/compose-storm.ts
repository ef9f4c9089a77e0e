import { findStorm, StormPayload, type StormRecord } from '../alerts/index.ts';
import { describeStorm, describeStormEnd, type StormView, type Words } from '../answers/index.ts';
import type { Deps } from '../deps.ts';
import { hashAnswer, type Composed, type Thread } from '../delivery/index.ts';
import type { Metric } from '../registry/index.ts';
import { findMessage, keepMark, sameThread, standalone, type OwnDelivery } from './composed.ts';

/** A source is called the likely cause when so many of a storm's metrics read it. */
const LIKELY_SHARE = 0.5;

/** Makes a storm's message, its redrawing, or the reply at its end. */
export async function composeStorm(deps: Deps, delivery: OwnDelivery, words: Words): Promise<Composed> {
  const [message, storm] = await Promise.all([
    findMessage(deps, delivery),
    findStorm(deps.db, deps.workspaceId, { id: delivery.alertId }),
  ]);
  if (!storm) return { kind: 'skip', reason: 'the storm is not stored' };
  if (delivery.operation === 'edit' && !message)
    return { kind: 'skip', reason: 'there is no message to edit' };
  const thread = sameThread(message, threadOf(storm, words));
  const messageId = message?.message_id ?? null;
  if (delivery.operation === 'reply')
    return standalone(describeStormEnd(StormPayload.parse(delivery.payload), words), { thread, messageId });
  const described = describeStorm(stormView(deps, storm), words);
  const answer = delivery.operation === 'edit' ? keepMark(described, message, words) : described;
  if (delivery.operation === 'edit' && message?.content_hash === hashAnswer(answer))
    return { kind: 'skip', reason: 'the message shows it already' };
  return standalone(answer, { thread, messageId });
}

function threadOf({ id, number }: StormRecord, words: Words): Thread {
  return { id, subject: `${words.t('storm-subject')} (S-${number})` };
}

/** Gives a storm as its message shows it; alerts of metrics that are gone keep their ids for a name. */
export function stormView(deps: Pick<Deps, 'registry' | 'clock'>, storm: StormRecord): StormView {
  const { metrics } = deps.registry.current();
  return {
    number: storm.number,
    openedAt: storm.openedAt,
    now: deps.clock.now(),
    alerts: storm.alerts.map(({ number, metricId, level, state, value }) => {
      const metric = metrics.get(metricId);
      const unit = metric?.unit ?? ({ kind: 'count' } as const);
      return { number, name: metric?.name ?? metricId, level, state, value, unit };
    }),
    source: likelySource(storm.alerts.flatMap(({ metricId }) => metrics.get(metricId) ?? [])),
  };
}

/** The source that most of the metrics read, when it is most of them. */
function likelySource(metrics: readonly Metric[]): StormView['source'] {
  const counts = new Map<string, number>();
  for (const source of metrics.flatMap(({ sources }) => sources))
    counts.set(source, (counts.get(source) ?? 0) + 1);
  const [most] = [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  if (!most || metrics.length < 2 || most[1] <= metrics.length * LIKELY_SHARE) return null;
  return { name: most[0], count: most[1] };
}
