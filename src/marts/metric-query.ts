import type { EngineQuery } from './engine.ts';
import type { CheckedSql, QueryOptions, QueryWindow } from './types.ts';

/** Rows a metric may give. */
export const MAX_ROWS = 10_000;
/** Characters of a value that are fetched; a number has fewer, and a text is refused by fewer. */
export const MAX_VALUE_CHARS = 64;

/** A statement ready to run, and what stands before the metric's own SQL in it. */
export type MetricQuery = EngineQuery & { prefix: string };

type Request = { sql: CheckedSql; window: QueryWindow; options: QueryOptions };

/**
 * Wraps a metric's SQL so that the warehouse itself bounds rows and bytes: values as text of 64 characters, `as_of` as seconds
 * since the epoch (exact, and read in the session's zone where it has none), one row more than may be.
 */
export function metricQuery(request: Request, series: boolean): MetricQuery {
  const asOf = series ? ', extract(epoch from q.as_of::timestamptz)::text' : '';
  const limit = series ? MAX_ROWS + 1 : 2;
  return wrap(request, `select left(q.value::text, ${MAX_VALUE_CHARS})${asOf} from (`, ` limit ${limit}`);
}

/** Wraps a metric's SQL so that it gives its columns and no rows. */
export function columnsQuery(request: Request): MetricQuery {
  return wrap(request, 'select * from (', ' limit 0');
}

/** Wraps a metric's SQL so that PostgreSQL tells how it would run it, without running it. */
export function planQuery(request: Request): MetricQuery {
  return wrap(request, 'explain (format json, verbose) select * from (', '');
}

// The SQL may end in a comment: what follows begins on a line of its own.
function wrap({ sql, window, options }: Request, prefix: string, suffix: string): MetricQuery {
  const values = [...(sql.usesFrom ? [window.from] : []), ...(sql.usesTo ? [window.to] : [])];
  return {
    text: `${prefix}${sql.text}\n) q${suffix}`,
    prefix,
    values: values.map((at) => at.toISOString()),
    timeoutMs: options.timeoutMs,
    timezone: options.timezone,
  };
}
