import { expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { atMostEvery } from '../../src/lib/at-most-every.ts';

it('runs work at once, and then not before the time has passed since it began', async () => {
  const done: number[] = [];
  const work = atMostEvery(60, async (n: number) => void done.push(n));
  await work(1);
  await work(2);
  expect(done).toEqual([1]);
  await sleep(70);
  await work(3);
  expect(done).toEqual([1, 3]);
});
