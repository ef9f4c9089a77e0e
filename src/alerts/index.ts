/**
 * WHETHER somebody must hear. In: readings and presses. Out: alerts with a version, their events, and deliveries to make.
 * The judge is pure; the episodes' verbs apply it under the metric's row lock.
 */
export type * from './types.ts';
