import { describe, expect, it } from 'vitest';
import { createBatcher } from '../../src/lib/batcher.ts';

describe('group commit', () => {
  it('writes one item alone at once, and what came meanwhile together', async () => {
    const batches: number[][] = [];
    const gate = Promise.withResolvers<void>();
    const batcher = createBatcher(async (items: readonly number[]) => {
      batches.push([...items]);
      if (batches.length === 1) await gate.promise;
      return items.map((item) => item * 10);
    });
    const results = [batcher.add(1)];
    await Promise.resolve();
    results.push(batcher.add(2), batcher.add(3));
    gate.resolve();
    expect(await Promise.all(results)).toEqual([10, 20, 30]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('writes what is added in one turn together', async () => {
    const batches: number[][] = [];
    const batcher = createBatcher(async (items: readonly number[]) => {
      batches.push([...items]);
      return items;
    });
    await Promise.all([1, 2, 3].map((n) => batcher.add(n)));
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('fails the items of a failed write, and goes on with the next', async () => {
    let calls = 0;
    const batcher = createBatcher(async (items: readonly number[]) => {
      calls += 1;
      if (calls === 1) throw new Error('no disk');
      return items;
    });
    const failed = batcher.add(1);
    await Promise.resolve();
    const passed = batcher.add(2);
    await expect(failed).rejects.toThrow('no disk');
    expect(await passed).toBe(2);
  });

  it('keeps to its cap', async () => {
    const sizes: number[] = [];
    const batcher = createBatcher(async (items: readonly number[]) => {
      sizes.push(items.length);
      return items;
    }, 2);
    await Promise.all([1, 2, 3, 4, 5].map((n) => batcher.add(n)));
    expect(Math.max(...sizes)).toBe(2);
    expect(sizes.reduce((a, b) => a + b)).toBe(5);
  });
});
