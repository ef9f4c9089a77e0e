/**
 * Heartbeat's own PostgreSQL. In: settings. Out: a migrated Prisma client over one kind of connection, locks, durable jobs.
 */
export type * from './types.ts';
