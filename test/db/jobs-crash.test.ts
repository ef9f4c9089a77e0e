import { describe, expect, it, onTestFinished } from 'vitest';
import { createJobs, type Db, openDatabase, silentLog } from '../../src/db/index.ts';
import { startChild } from '../support/child.ts';
import { createEmbeddedDatabase, createServerDatabase, type OwnDatabase } from '../support/database.ts';

const WORKER = new URL('./children/work-forever.ts', import.meta.url);
const REDELIVERY_LIMIT_MS = 15_000;

async function openOwn(own: OwnDatabase): Promise<Db> {
  const db = await openDatabase(own.address);
  onTestFinished(() => db.close());
  return db;
}

/** Works the queue of the killed child and gives the milliseconds until its job comes. */
async function measureRedelivery(db: Db, killedAt: number): Promise<number> {
  const jobs = await createJobs(db, [{ name: 'slow' }], silentLog);
  onTestFinished(() => jobs.stop());
  const data = await new Promise<unknown>((resolve) => {
    void jobs.work('slow', { batchSize: 5 }, async ([job]) => resolve(job?.data));
  });
  expect(data).toEqual({ n: 1 });
  return performance.now() - killedAt;
}

describe('a job whose worker was killed', () => {
  it(
    'comes to another process within 15 s (server)',
    async () => {
      const own = await createServerDatabase();
      onTestFinished(own.remove);
      const db = await openOwn(own);
      const child = startChild(WORKER, [own.address.databaseUrl ?? '']);
      await child.waitFor('ready');
      const sender = await createJobs(db, [{ name: 'slow' }], silentLog);
      await sender.send(null, 'slow', [{ data: { n: 1 } }]);
      await child.waitFor('working 1');
      await sender.stop();
      await child.kill();
      const tookMs = await measureRedelivery(db, performance.now());
      console.log(`redelivery after kill -9, server: ${Math.round(tookMs)} ms`);
      expect(tookMs).toBeLessThan(REDELIVERY_LIMIT_MS);
    },
    REDELIVERY_LIMIT_MS * 4,
  );

  it(
    'comes again as soon as the embedded database is open again',
    async () => {
      const own = await createEmbeddedDatabase();
      onTestFinished(own.remove);
      const before = await openDatabase(own.address);
      const sender = await createJobs(before, [{ name: 'slow' }], silentLog);
      await sender.send(null, 'slow', [{ data: { n: 1 } }]);
      await sender.stop();
      await before.close();

      const child = startChild(WORKER, ['-', own.address.dataDir]);
      await child.waitFor('working 1');
      await child.kill();
      const killedAt = performance.now();
      const tookMs = await measureRedelivery(await openOwn(own), killedAt);
      console.log(`redelivery after kill -9, embedded: ${Math.round(tookMs)} ms`);
      expect(tookMs).toBeLessThan(REDELIVERY_LIMIT_MS);
    },
    REDELIVERY_LIMIT_MS * 4,
  );
});
