/** A value of a row that is loaded in bulk. */
export type CopyValue = string | number | boolean | Date | null;

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Writes rows in the text format of PostgreSQL's COPY. */
export function renderCopyText(rows: readonly (readonly CopyValue[])[]): string {
  return rows.map((row) => `${row.map(renderValue).join('\t')}\n`).join('');
}

/** Gives the statement that reads such rows into a table's columns. The table's name may carry a schema. */
export function renderCopyStatement(table: string, columns: readonly string[]): string {
  const path = table.split('.').map(quote).join('.');
  return `copy ${path} (${columns.map(quote).join(', ')}) from '/dev/blob'`;
}

function renderValue(value: CopyValue): string {
  if (value === null) return '\\N';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string'
    ? value.replaceAll(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? found)
    : String(value);
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
