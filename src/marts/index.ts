/**
 * The warehouse. In: SQL of a file, a window of time. Out: rows of numbers, or a failure with its reason; never an exception,
 * never a write, never more than the caps.
 */
export type * from './types.ts';
export { checkSql } from './check-sql.ts';
export { checkSqlOf } from './check-sources.ts';
export { checkSqlAgainstCatalogue } from './check-catalogue.ts';
export { warehouseCanWrite } from './can-write.ts';
export { explainSlow } from './explain-slow.ts';
export { openOwnWarehouse } from './own.ts';
export { openServerWarehouse } from './server.ts';
export { type EmbeddedWarehouse, openEmbeddedWarehouse } from './embedded.ts';
export type { InspectedWarehouse } from './warehouse.ts';
