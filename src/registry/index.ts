/**
 * WHAT is measured. In: a folder of workspace files. Out: a checked Registry (with the problems of bad files beside it), kept
 * up to date by watching, and its rows in the database; whether a metric's definition is the verified one.
 */
export type * from './types.ts';
