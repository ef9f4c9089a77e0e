import { Worker } from 'node:worker_threads';

import { afterEach, describe, expect, it } from 'vitest';

import { createDrawingThreads, type DrawingThreads } from '../../src/pictures/drawing-threads.ts';

/** A thread that does what the spec's text says. `shared` counts starts and pictures over all threads. */
const SCRIPT = `
  const { parentPort, workerData } = require('node:worker_threads');
  const counts = new Int32Array(workerData);
  const starts = Atomics.add(counts, 0, 1) + 1;
  parentPort.on('message', (text) => {
    Atomics.add(counts, 1, 1);
    const [order, ...rest] = text.split(' ');
    if (order === 'crash' || (order === 'crash-once' && starts === 1)) process.exit(7);
    if (order === 'throw') setImmediate(() => { throw new Error('out of ink'); });
    else if (order === 'hang' || (order === 'hang-once' && starts === 1)) for (;;);
    else if (order === 'fail') parentPort.postMessage({ kind: 'failed', reason: rest.join(' ') });
    else {
      const png = new TextEncoder().encode(text).buffer;
      setTimeout(() => parentPort.postMessage({ kind: 'drawn', png, width: counts[0], height: counts[1] }, [png]), order === 'slow' ? 500 : 0);
    }
  });
`;

const counts = { starts: 0, drawings: 1 };
let threads: DrawingThreads;
let shared: Int32Array;
let workers: Worker[];

function open(count = 1, timeoutMs = 5000): void {
  shared = new Int32Array(new SharedArrayBuffer(8));
  workers = [];
  const start = (): Worker => {
    const worker = new Worker(SCRIPT, { eval: true, execArgv: [], workerData: shared.buffer });
    workers.push(worker);
    return worker;
  };
  threads = createDrawingThreads({ count, timeoutMs, start });
}

afterEach(() => threads.close());

const textOf = (reply: { png: ArrayBuffer }): string => new TextDecoder().decode(reply.png);

describe('drawing threads', () => {
  it('draw what they are given, one after the other', async () => {
    open();
    const replies = await Promise.all(['a', 'b', 'c'].map((text) => threads.draw(text)));
    expect(replies.map(textOf)).toEqual(['a', 'b', 'c']);
    expect(shared[counts.starts]).toBe(1);
  });

  it('share work', async () => {
    open(2);
    await Promise.all([threads.draw('warm 1'), threads.draw('warm 2')]);
    const order: string[] = [];
    const draw = async (text: string): Promise<void> => void order.push(textOf(await threads.draw(text)));
    await Promise.all([draw('slow 1'), draw('quick 2')]);
    expect(order).toEqual(['quick 2', 'slow 1']);
  });

  it('replace one that crashed, and try its picture once more', async () => {
    open();
    expect(textOf(await threads.draw('crash-once'))).toBe('crash-once');
    expect(shared[counts.starts]).toBe(2);
  });

  it('give a picture up that crashes every time, and go on with the others', async () => {
    open();
    const bad = threads.draw('crash');
    const good = threads.draw('good');
    await expect(bad).rejects.toMatchObject({
      code: 'picture_failed',
      message: expect.stringContaining('the drawing thread ended'),
    });
    expect(textOf(await good)).toBe('good');
    expect(shared[counts.drawings]).toBe(3);
  });

  it('say what an uncaught error said', async () => {
    open();
    await expect(threads.draw('throw')).rejects.toMatchObject({
      code: 'picture_failed',
      details: { reason: 'out of ink' },
    });
  });

  it('end one that hangs, and try its picture once more', async () => {
    open(1, 1500);
    expect(textOf(await threads.draw('hang-once'))).toBe('hang-once');
  });

  it('give a picture up that hangs every time', async () => {
    open(1, 100);
    await expect(threads.draw('hang')).rejects.toMatchObject({
      details: { reason: 'nothing was drawn within 0.1 s' },
    });
  });

  it('do not try again what failed for a reason', async () => {
    open();
    await expect(threads.draw('fail no such font')).rejects.toMatchObject({
      details: { reason: 'no such font' },
    });
    expect(shared[counts.drawings]).toBe(1);
    expect(textOf(await threads.draw('next'))).toBe('next');
  });

  it('do not start one for ever that dies at its start', async () => {
    let starts = 0;
    const start = (): Worker => {
      starts += 1;
      return new Worker('process.exit(1)', { eval: true, execArgv: [] });
    };
    threads = createDrawingThreads({ count: 1, timeoutMs: 5000, start });
    await expect(threads.draw('a')).rejects.toMatchObject({ code: 'picture_failed' });
    expect(starts).toBeLessThanOrEqual(3);
  });

  it('leave nothing behind when closed, and refuse what still waits', async () => {
    open();
    const settled = Promise.allSettled([threads.draw('slow 1'), threads.draw('slow 2')]);
    const ended = workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
    await threads.close();
    await Promise.all(ended);
    expect((await settled).map((one) => one.status)).toEqual(['rejected', 'rejected']);
    await expect(threads.draw('late')).rejects.toMatchObject({ details: { reason: 'pictures are closed' } });
  });
});
