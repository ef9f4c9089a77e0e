/**
 * The warehouse. In: SQL of a file, a window of time. Out: rows of numbers, or a failure with its reason; never an exception,
 * never a write, never more than the caps.
 */
export type * from './types.ts';
export { checkSql, givesSeries, type SqlCheck } from './check-sql.ts';
export { checkSources, checkSqlOf, type SqlFinding, type SqlOfFile } from './check-sources.ts';
export { type CatalogueCheck, checkSqlAgainstCatalogue } from './check-catalogue.ts';
export { type WriteAccess, warehouseCanWrite } from './can-write.ts';
export { explainSlow, type SlowPlan, type TableScan } from './explain-slow.ts';
export { openServerWarehouse, type ServerOptions } from './server.ts';
export { type EmbeddedOptions, type EmbeddedWarehouse, openEmbeddedWarehouse } from './embedded.ts';
export type { CopyValue } from './copy-text.ts';
export type { MartsLog } from './engine.ts';
export type { SqlProblem } from './sql-problem.ts';
export type { InspectedWarehouse } from './warehouse.ts';
