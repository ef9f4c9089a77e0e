import type { DeliveryRecord, DeliveryTry } from '../delivery/index.ts';

/** Gives a delivery on one line: when, state, where, what, tries, why not or why late, id. */
export function writeDeliveryLine(item: DeliveryRecord): string {
  const about =
    item.alertNumber === null
      ? item.edge
      : `A-${item.alertNumber} ${item.metric ?? item.source} ${item.edge}`;
  const facts = [
    `${item.place} ${item.operation}`,
    about,
    `tries ${item.attempts}`,
    ...(item.status === 'held' && item.heldUntil ? [`held until ${item.heldUntil}`] : []),
    ...(item.delayed && !item.reason?.startsWith(DELAYED) ? [DELAYED] : []),
    ...(item.maybeSent ? ['maybe sent'] : []),
    ...(item.reason ? [item.reason] : []),
    item.id,
  ];
  return `${item.createdAt} ${item.status.padEnd(10)} ${facts.join(' · ')}`;
}

const DELAYED = 'delayed by rate limit';

/** Gives a delivery and each of its attempts on a line of its own. */
export function writeDelivery(item: DeliveryRecord): string {
  const tries = item.tries.map(writeTry);
  return [writeDeliveryLine(item), ...(tries.length === 0 ? ['  not tried yet'] : tries)].join('\n');
}

function writeTry({
  number,
  startedAt,
  endedAt,
  outcome,
  statusCode,
  error,
  retryAfterMs,
}: DeliveryTry): string {
  const tookMs = endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt);
  const facts = [
    `${number}. ${startedAt}`,
    outcome ?? 'under way, or lost in a crash',
    ...(tookMs === null ? [] : [`${tookMs} ms`]),
    ...(statusCode === null ? [] : [String(statusCode)]),
    ...(error === null ? [] : [error]),
    ...(retryAfterMs === null ? [] : [`told to wait ${retryAfterMs} ms`]),
  ];
  return `  ${facts.join(' · ')}`;
}
