// Takes jobs of the queue "slow" and never finishes them. Arguments: database address (or "-"), data folder.
import { createJobs, openDatabase, silentLog } from '../../../src/db/index.ts';

const [, , databaseUrl = '-', dataDir = ''] = process.argv;
const db = await openDatabase({ databaseUrl: databaseUrl === '-' ? null : databaseUrl, dataDir });
const jobs = await createJobs(db, [{ name: 'slow' }], silentLog);
await jobs.work('slow', { batchSize: 5 }, (batch) => {
  process.stdout.write(`working ${batch.length}\n`);
  return new Promise(() => undefined);
});
process.stdout.write('ready\n');
