import { join } from 'node:path';
import { openDatabase } from '../../src/db/index.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';
import { runSql, withDatabaseName } from './sql.ts';

/** What all test files of a run share; each part is made when first asked for. */
export type SharedDatabases = {
  /** address of a PostgreSQL 18 that has a migrated database named TEMPLATE */
  serverUrl(): Promise<string>;
  /** a data folder with a migrated embedded database, to be copied */
  embeddedTemplate(): Promise<string>;
  stop(): Promise<void>;
};

export const TEMPLATE = 'heartbeat_template';

/** Prepares what test files share, under `folder`. */
export function createSharedDatabases(folder: string): SharedDatabases {
  let server: Promise<PostgresServer> | undefined;
  let url: Promise<string> | undefined;
  let template: Promise<string> | undefined;
  return {
    serverUrl: () => (url ??= (server ??= startPostgres()).then(makeServerTemplate)),
    embeddedTemplate: () => (template ??= makeEmbeddedTemplate(join(folder, 'embedded'))),
    stop: async () => {
      await (await server)?.stop();
    },
  };
}

async function makeServerTemplate(server: PostgresServer): Promise<string> {
  await runSql(server.url, `create database ${TEMPLATE}`);
  const db = await openDatabase({ databaseUrl: withDatabaseName(server.url, TEMPLATE), dataDir: '' });
  await db.close();
  await runSql(server.url, `alter database ${TEMPLATE} with is_template true allow_connections false`);
  return server.url;
}

async function makeEmbeddedTemplate(folder: string): Promise<string> {
  const db = await openDatabase({ databaseUrl: null, dataDir: folder });
  await db.close();
  return folder;
}
