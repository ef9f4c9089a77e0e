/**
 * The warehouse. In: SQL of a file, a window of time. Out: rows of numbers, or a failure with its reason; never an exception,
 * never a write, never more than the caps.
 */
export type * from './types.ts';
