import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createJobs, deadLetterQueue, inTransaction, type Jobs, silentLog } from '../../src/db/index.ts';
import { describeOnBothDatabases } from '../support/database.ts';

/** Well under the 500 ms of polling: only a wake-up is that fast. */
const WOKEN_MS = 300;

describeOnBothDatabases('durable jobs', (database) => {
  let jobs: Jobs;
  const logged: object[] = [];
  const log = { ...silentLog, warn: (details: object) => logged.push(details) };
  const queues = ['plain', 'timed', 'failing', 'hopeless', 'single', 'ordered'];
  const received = new Map<string, unknown[][]>();
  const batchesOf = (queue: string) => received.get(queue) ?? [];
  const dataOf = (queue: string) => batchesOf(queue).flat();
  const send = async (queue: string, ...data: object[]) => {
    await jobs.send(
      null,
      queue,
      data.map((each) => ({ data: each })),
    );
    jobs.wake(queue);
  };
  const work = (queue: string, batchSize: number, fail: (times: number) => boolean = () => false) =>
    jobs.work(queue, { batchSize }, async (batch) => {
      received.set(queue, [...batchesOf(queue), batch.map(({ data }) => data)]);
      if (fail(batchesOf(queue).length)) throw new Error('the handler broke');
    });

  beforeAll(async () => {
    jobs = await createJobs(
      database.db,
      queues.map((name) => ({ name, retryLimit: name === 'hopeless' ? 0 : 3 })),
      log,
    );
    await work('plain', 20);
    await work('timed', 1);
    await work('failing', 5, (times) => times === 1);
    await work('hopeless', 1, () => true);
  });
  afterAll(() => jobs.stop());
  beforeEach(() => received.clear());

  it('are delivered after the commit, with what was written', async () => {
    await inTransaction(database.db, async (tx) => {
      await tx.workspace.create({ data: { id: 'w', name: 'W', timezone: 'UTC', locale: 'en' } });
      await jobs.send(tx, 'plain', [{ data: { n: 1 } }, { data: { n: 2 } }]);
    });
    jobs.wake('plain');
    await expect.poll(() => dataOf('plain')).toEqual([{ n: 1 }, { n: 2 }]);
    await expect.poll(() => jobs.depth('plain')).toBe(0);
  });

  it('vanish with a transaction that is rolled back', async () => {
    const act = inTransaction(database.db, async (tx) => {
      await jobs.send(tx, 'plain', [{ data: { n: 'never' } }]);
      throw new Error('the act failed');
    });
    await expect(act).rejects.toThrow('the act failed');
    await send('plain', { n: 'after' });
    await expect.poll(() => dataOf('plain')).toEqual([{ n: 'after' }]);
    expect(await jobs.depth('plain')).toBeLessThanOrEqual(1);
  });

  it('reach a woken worker at once', async () => {
    const tookMs: number[] = [];
    for (let n = 1; n <= 9; n++) {
      const sentAt = performance.now();
      await send('timed', { n });
      await expect.poll(() => dataOf('timed'), { interval: 2 }).toHaveLength(n);
      tookMs.push(performance.now() - sentAt);
    }
    const median = tookMs.toSorted((a, b) => a - b)[4] ?? Infinity;
    console.log(`send to worker, ${database.db.kind}: median ${median.toFixed(1)} ms`);
    expect(median).toBeLessThan(WOKEN_MS);
  });

  it('come in batches, and a backlog at once', async () => {
    await send('plain', ...Array.from({ length: 45 }, (_, n) => ({ n })));
    await expect.poll(() => dataOf('plain')).toHaveLength(45);
    expect(batchesOf('plain').map((batch) => batch.length)).toEqual([20, 20, 5]);
  });

  it('of a handler that throws come again, and the log says why', async () => {
    await send('failing', { n: 1 });
    await expect.poll(() => dataOf('failing'), { timeout: 5000 }).toEqual([{ n: 1 }, { n: 1 }]);
    expect(logged).toContainEqual({ queue: 'failing', jobs: 1, reason: 'the handler broke' });
  });

  it('that fail for good lie in the dead letter queue', async () => {
    await send('hopeless', { n: 1 });
    await expect.poll(() => jobs.depth(deadLetterQueue('hopeless')), { timeout: 5000 }).toBe(1);
    expect(dataOf('hopeless')).toHaveLength(1);
    expect(await jobs.depth('hopeless')).toBe(0);
  });

  it('with one key exist once while the first is queued or running', async () => {
    const item = { data: { n: 1 }, options: { singletonKey: 'metric-1' } };
    await jobs.send(null, 'single', [item, item]);
    await jobs.send(null, 'single', [item, { data: { n: 2 } }, { data: { n: 3 } }]);
    expect(await jobs.depth('single')).toBe(3);
  });

  it('wait until they are due, and the more urgent goes first', async () => {
    const soon = new Date(Date.now() + 700);
    await jobs.send(null, 'ordered', [
      { data: { n: 'later' }, options: { startAfter: soon } },
      { data: { n: 'low' }, options: { priority: 1 } },
      { data: { n: 'high' }, options: { priority: 2 } },
    ]);
    await work('ordered', 1);
    await expect
      .poll(() => dataOf('ordered'), { timeout: 5000 })
      .toEqual([{ n: 'high' }, { n: 'low' }, { n: 'later' }]);
    expect(Date.now()).toBeGreaterThanOrEqual(soon.getTime());
  });

  it('that a handler holds longer than it may are given up and come again', async () => {
    let times = 0;
    const other = await createJobs(database.db, [{ name: 'stuck' }], log);
    await other.work('stuck', { batchSize: 1, expireInSeconds: 1 }, async () => {
      times += 1;
      if (times === 1) await new Promise(() => undefined);
    });
    await other.send(null, 'stuck', [{ data: {} }]);
    await expect.poll(() => times, { timeout: 8000 }).toBe(2);
    await other.stop();
  });

  it('send nothing when there is nothing to send, and refuse a queue that is not there', async () => {
    await jobs.send(null, 'no such queue', []);
    await expect(jobs.send(null, 'nowhere', [{ data: {} }])).rejects.toThrow('nowhere');
  });
});
