/** What a message takes at least, from when it counts as given to the call that it is: a durable relay, and Alertmanager in memory. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJobs, inTransaction, openDatabase, silentLog } from '../../src/db/index.ts';
import { preciseNow } from '../world.ts';
import { startAlertmanager } from './alertmanager.ts';

/** As long as a message of ours is apart from the next. */
const PAUSE_MS = 55;

/** What a durable relay takes at least: a job in the same database, sent in a transaction, whose worker makes a call. */
export async function openRelay(databaseUrl: string) {
  const db = await openDatabase({ databaseUrl, dataDir: '' });
  const jobs = await createJobs(db, [{ name: 'relay' }], silentLog);
  const arrivals = await openArrivals();
  await jobs.work('relay', { batchSize: 20 }, async () => {
    const { port } = arrivals;
    request({ port, host: '127.0.0.1', method: 'POST' }, (response) => response.resume()).end('{}');
  });
  return {
    take: (count: number): Promise<number[]> =>
      arrivals.take(count, async (index) => {
        await inTransaction(db, (tx) => jobs.send(tx, 'relay', [{ data: { index } }]));
        return preciseNow();
      }),
    close: async () => {
      await jobs.stop();
      arrivals.close();
      await db.close();
    },
  };
}

/** From the post of one alert to the call of its web hook; null where Alertmanager is not installed. */
export async function openAlertmanager() {
  const arrivals = await openArrivals();
  const alertmanager = await startAlertmanager(`http://127.0.0.1:${arrivals.port}/`);
  if (!alertmanager) {
    arrivals.close();
    return null;
  }
  return {
    take: (count: number): Promise<number[]> =>
      arrivals.take(count, async () => {
        const postedAt = preciseNow();
        await alertmanager.post(1);
        return postedAt;
      }),
    close: async () => {
      await alertmanager.close();
      arrivals.close();
    },
  };
}

/** A server that notes when a call arrives. `send` sets one off and gives since when it counts. */
async function openArrivals() {
  let arrived = Promise.withResolvers<number>();
  const server = createServer((_, response) => {
    arrived.resolve(preciseNow());
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    take: async (count: number, send: (index: number) => Promise<number>): Promise<number[]> => {
      const times: number[] = [];
      for (let index = 0; index < count; index += 1) {
        arrived = Promise.withResolvers<number>();
        const from = await send(index);
        times.push((await arrived.promise) - from);
        await sleep(PAUSE_MS);
      }
      return times;
    },
    close: (): void => {
      server.closeAllConnections();
      server.close();
    },
  };
}
