/**
 * The outbox. In: deliveries decided elsewhere, stored with what caused them. Out: calls on a Channel, paced, leased, retried and
 * logged; what became of each.
 */
export * from './types.ts';
export { createOutbox, type Failpoint, type Outbox, type OutboxOptions, type OutboxStats } from './outbox.ts';
export { DELIVER_QUEUE, enqueueDeliveries } from './enqueue.ts';
export { hashAnswer } from './hash-answer.ts';
export { canEdit, CHANNEL_NAMES, hasThreads, parsePlaceKey, placeKey } from './place.ts';
export { moveLane } from './move-lane.ts';
export { repostChannels } from './repost-open.ts';
export {
  findAlertId,
  getDelivery,
  listDeliveries,
  type DeliveryFilter,
  type DeliveryRecord,
  type DeliveryTry,
} from './log.ts';
export { readLogDay } from './log-day.ts';
export { listPlaceTroubles, readQueue, type PlaceTrouble, type QueueState } from './queue.ts';
export { retryDeadLetters, retryDelivery, type RetryDeps } from './retry.ts';
export { createHookChannel, type HookChannel, type NamedHook } from './hook-channel.ts';
export {
  cannotEdit,
  classifyHttp,
  otherChannel,
  refusalText,
  type HttpMeaning,
  type NotSent,
} from './http-outcome.ts';
export { lockHeld, reviewHeld, storeReleases, type HeldDelivery, type Release } from './release.ts';
export { isLastWay, isUnsubscribed, setSubscribed } from './subscriptions.ts';
