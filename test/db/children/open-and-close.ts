// Opens a database with jobs, uses both, closes both, and must then end by itself. Arguments as in work-forever.ts.
import { createJobs, openDatabase, silentLog } from '../../../src/db/index.ts';

const [, , databaseUrl = '-', dataDir = ''] = process.argv;
const db = await openDatabase({ databaseUrl: databaseUrl === '-' ? null : databaseUrl, dataDir });
const jobs = await createJobs(db, [{ name: 'quick' }], silentLog);
const worked = new Promise<void>((resolve) => {
  void jobs.work('quick', { batchSize: 5 }, async () => resolve());
});
await jobs.send(null, 'quick', [{ data: {} }]);
await worked;
const lock = await db.sessionLock('poller');
await lock?.release();
await jobs.stop();
await db.close();
process.stdout.write('closed\n');
