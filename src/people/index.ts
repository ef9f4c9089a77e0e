/**
 * WHO. In: a platform's ids and the registry's people. Out: a Caller, and what that caller may do.
 */
export type * from './types.ts';
