import type { Warehouse } from '../../src/marts/index.ts';

/** A cell of a row; instants are ISO 8601 text. */
export type Cell = string | number | null;
export type Row = readonly Cell[];

/** Where the demo's data go: a database that takes statements and rows. */
export type DemoTarget = {
  /** Runs statements that give nothing back. */
  load(sql: string): Promise<void>;
  /** Appends rows to a table. */
  copy(table: string, columns: readonly string[], rows: readonly Row[]): Promise<void>;
};

/** A target that can also be asked how far its data reach: the embedded marts. */
export type DemoMarts = DemoTarget & Pick<Warehouse, 'query'>;
