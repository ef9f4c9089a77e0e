import { setTimeout } from 'node:timers/promises';
import { SECOND } from '../lib/time.ts';
import type { Engine, EngineAnswer, EngineFailure, EngineQuery } from './engine.ts';
import { describeFailure } from './failures.ts';
import { columnsQuery, metricQuery, type MetricQuery } from './metric-query.ts';
import { readRows } from './read-rows.ts';
import { columnProblems } from './sql-columns.ts';
import type { CheckedSql, QueryOptions, QueryResult, QueryWindow, Warehouse } from './types.ts';

/** A warehouse that also answers doctor's questions: read-only like every other. */
export type InspectedWarehouse = Warehouse & {
  /** the zone of sessions whose caller names none */
  readonly timezone: string;
  inspect(query: EngineQuery): Promise<EngineAnswer>;
};

type Shapes = Map<string, { series: boolean }>;
type Failed = Extract<QueryResult, { kind: 'failed' }>;
type Fault = Omit<Failed, 'kind'>;
type Request = { sql: CheckedSql; window: QueryWindow; options: QueryOptions };

const PING_TIMEOUT_MS = 5 * SECOND;
const REMEMBERED_QUERIES = 20_000;

/** Makes a warehouse of an engine: what both kinds share, which is everything but how a statement is run. */
export function createWarehouse(
  engine: Engine,
  settings: Pick<InspectedWarehouse, 'kind' | 'concurrency' | 'timezone'>,
): InspectedWarehouse {
  /** whether a `select *` gives a series, by its hash */
  const known: Shapes = new Map();
  return {
    ...settings,
    query: (sql, window, options) => answerQuery(engine, known, { sql, window, options }),
    inspect: (query) => engine.run(query),
    ping: async () => {
      const query = { text: 'select 1', values: [], timeoutMs: PING_TIMEOUT_MS, timezone: settings.timezone };
      const answer = await Promise.race([engine.run(query), patience(PING_TIMEOUT_MS)]);
      if (answer === 'busy')
        return { ok: false, reason: 'the warehouse is busy with slow queries, or still opening' };
      if (answer.kind === 'rows') return { ok: true };
      return { ok: false, reason: describeFailure(answer, { ...query, prefix: '' }) };
    },
    close: () => engine.close(),
  };
}

// A statement that waits for its turn is not run any sooner by waiting longer for it.
async function patience(ms: number): Promise<'busy'> {
  return setTimeout(ms, 'busy', { ref: false });
}

async function answerQuery(engine: Engine, known: Shapes, request: Request): Promise<QueryResult> {
  const shape = knownShape(known, request.sql) ?? (await learnShape(engine, known, request));
  if ('reason' in shape) return { kind: 'failed', ...shape };
  const query = metricQuery(request, shape.series);
  const answer = await engine.run(query);
  if (answer.kind === 'failed') {
    // what a `select *` gives may have changed
    known.delete(request.sql.hash);
    return { kind: 'failed', ...faultOf(answer, query) };
  }
  const durationMs = answer.ranMs;
  const read = readRows(answer.rows, shape.series);
  if (read.kind === 'refused') return { kind: 'failed', fault: 'result', reason: read.reason, durationMs };
  return { kind: 'rows', rows: read.rows, series: shape.series, durationMs };
}

/** Whether the SQL gives a series, as its parsed columns tell, or as the warehouse told before. */
function knownShape(known: Shapes, { columns, hash }: CheckedSql): { series: boolean } | undefined {
  return columns ? { series: columns.includes('as_of') } : known.get(hash);
}

/** Asks the warehouse which columns a `select *` gives. */
async function learnShape(
  engine: Engine,
  known: Shapes,
  request: Request,
): Promise<{ series: boolean } | Fault> {
  const query = columnsQuery(request);
  const answer = await engine.run(query);
  if (answer.kind === 'failed') return faultOf(answer, query);
  const [problem] = columnProblems(answer.columns, ['value']);
  if (problem) return { fault: 'result', reason: problem.reason, durationMs: answer.ranMs };
  const shape = { series: answer.columns.includes('as_of') };
  if (known.size >= REMEMBERED_QUERIES) known.clear();
  known.set(request.sql.hash, shape);
  return shape;
}

const CANNOT_COERCE = '42846';

function faultOf(failure: EngineFailure & { ranMs: number }, query: MetricQuery): Fault {
  const durationMs = failure.ranMs;
  // the only cast before the metric's own SQL that can be impossible is that of as_of
  if (
    failure.code === CANNOT_COERCE &&
    failure.position !== null &&
    failure.position <= query.prefix.length
  ) {
    return { fault: 'result', reason: 'as_of is neither a date nor a time', durationMs };
  }
  return { fault: failure.fault, reason: describeFailure(failure, query), durationMs };
}
