/**
 * What Heartbeat says, platform-neutral and pure. In: facts and a reader's Words. Out: Answer values that channels render.
 */
export type * from './types.ts';
export type * from './alert-view.ts';
export type * from './words-types.ts';
