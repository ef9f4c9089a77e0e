import type { PoolClient } from 'pg';
import { SECOND } from '../lib/time.ts';
import type { EngineAnswer, EngineFailure, EngineQuery } from './engine.ts';
import { toEngineFailure } from './failures.ts';

/** A connection on loan from the pool. */
export type Connection = {
  /** it has answered before, so it may have been cut since without notice */
  readonly reused: boolean;
  /** Runs one statement. When its answer is a failure of the connection, the connection is gone. */
  run(query: EngineQuery): Promise<EngineAnswer>;
  isOpen: () => boolean;
  /** Gives it back to the pool, once. */
  release: () => void;
  /** Ends it, whatever it is doing. */
  cut: () => void;
};

/** What a connection is set to. */
type Session = { timezone: string; timeoutMs: number };

/** What a server that is alive needs to stop a query at its own timeout; after this the connection is cut. */
const GUARD_GRACE_MS = 2 * SECOND;
const OVERRAN: EngineFailure = {
  kind: 'failed',
  fault: 'timeout',
  code: null,
  message: 'no answer in time',
  hint: null,
  position: null,
};
const AS_TEXT = { getTypeParser: () => (text: string) => text };

/** What connections are set to, by their client; it outlives a loan. */
const sessions = new WeakMap<PoolClient, Session>();

/** Wraps a client that was taken from a pool. */
export function lendConnection(client: PoolClient): Connection {
  let out = true;
  const giveBack = (broken: boolean): void => {
    if (out) client.release(broken);
    out = false;
  };
  return {
    reused: sessions.has(client),
    run: async (query) => {
      let overran = false;
      const guard = setTimeout(() => {
        overran = true;
        giveBack(true);
      }, query.timeoutMs + GUARD_GRACE_MS);
      try {
        return await runOn(client, query);
      } catch (error) {
        const failure = overran ? OVERRAN : toEngineFailure(error);
        if (failure.fault === 'connection') giveBack(true);
        return failure;
      } finally {
        clearTimeout(guard);
      }
    },
    isOpen: () => out,
    release: () => giveBack(false),
    cut: () => giveBack(true),
  };
}

async function runOn(client: PoolClient, query: EngineQuery): Promise<EngineAnswer> {
  const known = sessions.get(client);
  if (known?.timezone !== query.timezone || known.timeoutMs !== query.timeoutMs) {
    await client.query(sessionSettings(client, query, known === undefined));
    sessions.set(client, { timezone: query.timezone, timeoutMs: query.timeoutMs });
  }
  // Without a name: a statement is planned with its window's values, and the server keeps nothing of a thousand metrics.
  const { fields, rows } = await client.query<(string | null)[]>({
    text: query.text,
    values: [...query.values],
    rowMode: 'array',
    types: AS_TEXT,
  });
  return { kind: 'rows', columns: fields.map(({ name }) => name), rows };
}

function sessionSettings(client: PoolClient, { timezone, timeoutMs }: EngineQuery, first: boolean): string {
  const once = first ? 'set default_transaction_read_only = on; set standard_conforming_strings = on; ' : '';
  const zone = client.escapeLiteral(timezone);
  return `${once}set timezone = ${zone}; set statement_timeout = ${Math.ceil(timeoutMs)}`;
}
