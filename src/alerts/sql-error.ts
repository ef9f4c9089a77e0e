import { createHash } from 'node:crypto';
import type { Tx } from '../db/index.ts';
import { placeKey, PRIORITY, type DeliveryDraft, type Hold, type Place } from '../delivery/index.ts';
import { inZone } from '../lib/time.ts';
import type { Metric } from '../registry/index.ts';
import { withChatWindows, type DraftContext } from './draft.ts';
import { maskValues } from './mask-values.ts';
import { findOwner, listOpsPlaces, listPersonPlaces } from './route.ts';
import { findWindowHold } from './silence.ts';

/** A metric whose SQL begins to fail. */
export type SqlFailure = { metric: Metric; reason: string };

/**
 * Decides who hears that a metric's SQL fails: its owner, in chat and by mail, or the ops inbox where nobody answers for it.
 * Once an error and day, with the values that the database quotes masked; in a maintenance window when it ends.
 */
export async function draftSqlErrors(
  tx: Tx,
  context: DraftContext,
  failures: readonly SqlFailure[],
): Promise<DeliveryDraft[]> {
  if (failures.length === 0) return [];
  const silenced = await withChatWindows(tx, context);
  return failures.flatMap((failure) => draftOne(silenced, failure));
}

function draftOne(context: DraftContext, { metric, reason }: SqlFailure): DeliveryDraft[] {
  const error = maskValues(reason);
  const hold = findWindowHold(metric, context.windows);
  const name = nameOf(context, { metric, error, hold });
  return listRecipients(context, metric).map((place) => ({
    key: `${name}:${placeKey(place)}`,
    alertId: null,
    edge: 'sql_error',
    place,
    operation: 'notice',
    silent: true,
    priority: PRIORITY.rest,
    hold,
    payload: { kind: 'sql_error', metric: metric.id, name: metric.name, error },
  }));
}

/** What a window keeps back may be dropped at its end: it stands in the way of no later notice of that day. */
function nameOf(
  { registry, now }: DraftContext,
  { metric, error, hold }: { metric: Metric; error: string; hold: Hold | null },
): string {
  const day = inZone(now, registry.workspace.timezone).toISODate();
  const hash = createHash('sha256').update(`${metric.definitionHash} ${error}`).digest('hex').slice(0, 16);
  const name = `notice:sql_error:${metric.id}:${hash}:${day}`;
  return hold ? `${name}:until ${hold.until.toISOString()}` : name;
}

function listRecipients({ registry, channels }: DraftContext, { owner }: Metric): Place[] {
  const { people, workspace } = registry;
  const person = findOwner(owner, people);
  const isLive = ({ channel }: Place): boolean => channels.has(channel);
  const own = person ? listPersonPlaces(person).filter(isLive) : [];
  return own.length > 0 ? own : listOpsPlaces(workspace.opsInbox).filter(isLive);
}
