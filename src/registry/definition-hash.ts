import { createHash } from 'node:crypto';
import { unitText } from './file-values.ts';
import type { Cut, Metric } from './types.ts';

type MetricDefinition = Pick<
  Metric,
  'sql' | 'direction' | 'unit' | 'norm' | 'alert' | 'band' | 'methodology'
>;

/**
 * Gives the SHA-256, in hex, of what "verified" is said of: SQL, direction, unit, lines and methodology. Spaces at the ends
 * of the SQL's lines and line breaks at its end do not count.
 */
export function definitionHashOf(metric: MetricDefinition): string {
  return sha256({
    sql: normalizeSql(metric.sql),
    direction: metric.direction,
    unit: unitText(metric.unit),
    norm: metric.norm,
    alert: metric.alert,
    band: { norm: metric.band.norm, alert: metric.band.alert },
    methodology: metric.methodology.trim(),
  });
}

/** Gives the SHA-256, in hex, of what a cut computes: its SQL and what it folds. */
export function cutHashOf(cut: Pick<Cut, 'sql' | 'minGroup'>): string {
  return sha256({ sql: normalizeSql(cut.sql), minGroup: cut.minGroup });
}

/** Drops what does not change a query: carriage returns, spaces at line ends, line breaks at the end. */
export function normalizeSql(sql: string): string {
  const lines = sql.split('\n').map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  return lines.join('\n');
}

/** SHA-256, in hex, of a value as canonical JSON: keys sorted, no spaces. */
export function sha256(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
