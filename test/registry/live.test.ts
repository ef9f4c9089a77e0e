import { describe, expect, it } from 'vitest';
import { holdRegistry, loadRegistry } from '../../src/registry/index.ts';
import { checks, FILES, makeFolder, METRIC } from './workspace-folder.ts';

describe('the registry that runs', () => {
  it('is replaced as a whole; what is not known is unverified', async () => {
    const first = await loadRegistry(makeFolder(FILES), checks);
    const second = await loadRegistry(makeFolder({ ...FILES, 'metrics/other.yaml': METRIC }), checks);
    const holder = holdRegistry(first, new Map([['checkout', 'verified']]));
    expect([holder.current(), holder.verification('checkout'), holder.verification('other')]).toEqual([
      first,
      'verified',
      'unverified',
    ]);
    holder.replace(second, new Map([['other', 'changed']]));
    expect([holder.current(), holder.verification('checkout'), holder.verification('other')]).toEqual([
      second,
      'unverified',
      'changed',
    ]);
  });
});
