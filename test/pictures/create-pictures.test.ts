import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createPictures, type Pictures } from '../../src/pictures/index.ts';
import { startPictureWorker } from '../../src/pictures/drawing-threads.ts';
import { decodePng } from './decode-png.ts';
import { cockpit, metricCard, NOW, reader, wave } from './fixtures.ts';
import { HOUR, MINUTE } from '../../src/lib/time.ts';

const MEBIBYTE = 1024 * 1024;
const TIMEOUT_MS = 60_000;

let pictures: Pictures;
const workers: Worker[] = [];
beforeAll(async () => {
  const startWorker = (): Worker => {
    const worker = startPictureWorker();
    workers.push(worker);
    return worker;
  };
  pictures = createPictures({ cacheDir: null, startWorker, timeoutMs: TIMEOUT_MS });
  await pictures.render(cockpit({ red: 1 }));
}, TIMEOUT_MS);
afterAll(() => pictures.close());

describe('pictures', () => {
  it('are drawn by the worker, with the hash of their spec', async () => {
    const spec = cockpit({ red: 1, amber: 2 });
    expect(pictures.cached(spec)).toBeUndefined();
    const picture = await pictures.render(spec);
    expect(picture.contentHash).toMatch(/^[0-9a-f]{64}$/u);
    expect(decodePng(picture.png)).toMatchObject({ width: picture.width, height: picture.height });
    expect(pictures.cached(spec)).toBe(picture);
    expect(await pictures.render(spec)).toBe(picture);
  });

  it('that are equal and under way are drawn once', async () => {
    const spec = metricCard();
    const [first, second] = await Promise.all([pictures.render(spec), pictures.render(metricCard())]);
    expect(second).toBe(first);
  });

  it(
    'are drawn after their thread was killed',
    async () => {
      const [worker] = workers;
      const gone = worker && once(worker, 'exit');
      const under = pictures.render(cockpit({ red: 2, amber: 12, green: 12 }));
      await worker?.terminate();
      await gone;
      expect((await under).width).toBe(1280);
      expect(workers).toHaveLength(2);
    },
    TIMEOUT_MS,
  );

  it('do not hold the main thread up', async () => {
    const before = performance.eventLoopUtilization();
    for (const red of [1, 2, 3, 4, 5]) {
      await pictures.render(
        cockpit({ red, amber: 12, stale: 3, green: 12, unverified: 7 }, { theme: 'dark' }),
      );
    }
    // drawn in line it would be busy all the time; milliseconds are measured in the benchmark
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
  });

  it('keep their memory bounded over 200 of them', async () => {
    const render = async (from: number, to: number): Promise<void> => {
      for (let index = from; index < to; index += 1) {
        await pictures.render(
          metricCard({
            range: '28d',
            reader: reader({ nowMs: NOW + index * MINUTE }),
            points: wave({ count: 300, stepMs: HOUR, mean: index, spread: 3, seed: index }),
          }),
        );
      }
    };
    await render(0, 60);
    const before = process.memoryUsage().rss;
    await render(60, 260);
    // unbounded, each picture leaves some 5 MB: 1,000 MB in all
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * MEBIBYTE);
  }, 120_000);

  it('are refused after the end', async () => {
    const closing = createPictures({ cacheDir: null });
    await closing.close();
    await expect(closing.render(cockpit({}))).rejects.toMatchObject({ code: 'picture_failed' });
  });
});
