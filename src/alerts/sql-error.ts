import { createHash } from 'node:crypto';
import { placeKey, PRIORITY, type DeliveryDraft, type Place } from '../delivery/index.ts';
import { inZone } from '../lib/time.ts';
import type { Metric } from '../registry/index.ts';
import type { DraftContext } from './draft.ts';
import { maskValues } from './mask-values.ts';
import { findOwner, listOpsPlaces, listPersonPlaces } from './route.ts';

/**
 * Decides who hears that a metric's SQL fails: its owner, in chat and by mail, or the ops inbox where nobody answers for it.
 * Once an error and day, with the values that the database quotes masked.
 */
export function draftSqlError(context: DraftContext, metric: Metric, reason: string): DeliveryDraft[] {
  const error = maskValues(reason);
  const { timezone } = context.registry.workspace;
  const day = inZone(context.now, timezone).toISODate();
  const hash = createHash('sha256').update(`${metric.definitionHash} ${error}`).digest('hex').slice(0, 16);
  return listRecipients(context, metric).map((place) => ({
    key: `notice:sql_error:${metric.id}:${hash}:${day}:${placeKey(place)}`,
    alertId: null,
    edge: 'sql_error',
    place,
    operation: 'notice',
    silent: true,
    priority: PRIORITY.rest,
    hold: null,
    payload: { kind: 'sql_error', metric: metric.id, name: metric.name, error },
  }));
}

function listRecipients({ registry, channels }: DraftContext, { owner }: Metric): Place[] {
  const { people, workspace } = registry;
  const person = findOwner(owner, people);
  const isLive = ({ channel }: Place): boolean => channels.has(channel);
  const own = person ? listPersonPlaces(person).filter(isLive) : [];
  return own.length > 0 ? own : listOpsPlaces(workspace.opsInbox).filter(isLive);
}
