/**
 * Heartbeat's own PostgreSQL. In: settings. Out: a migrated Prisma client over one kind of connection, locks, durable jobs.
 */
export type * from './types.ts';
export { Prisma } from './generated/client.ts';
export { isDatabaseUnavailable, isWriteConflict, toDatabaseError } from './errors.ts';
export { createJobs, deadLetterQueue, type QueueSettings } from './jobs.ts';
export { type DbLog, silentLog } from './log.ts';
export { type MigrationStatus } from './migrations.ts';
export { joinDatabase, migrationStatus, openDatabase, type OpenOptions } from './open.ts';
export { empty, join, raw, sql } from './sql.ts';
export { inTransaction, type TransactionLimits } from './transaction.ts';
