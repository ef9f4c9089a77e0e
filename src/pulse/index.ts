/**
 * WHEN and HOW a reading is made. In: the registry, the clock, the warehouse. Out: readings, judged and stored in one
 * transaction; the MetricStatus that every surface reads.
 */
export type * from './types.ts';
