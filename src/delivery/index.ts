/**
 * The outbox. In: deliveries decided elsewhere. Out: calls on a Channel, paced, retried, logged; what became of each.
 */
export * from './types.ts';
