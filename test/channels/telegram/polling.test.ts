import type { Api } from 'grammy';
import { expect, it } from 'vitest';
import { pollForUpdates } from '../../../src/channels/telegram/polling.ts';
import { keepLog } from './telegram.ts';

it('does not run in circles beside a server that never waits', async () => {
  let asked = 0;
  const getUpdates = async () => {
    asked += 1;
    return [];
  };
  const ended = new AbortController();
  setTimeout(() => ended.abort(), 500);
  await pollForUpdates({
    api: { deleteWebhook: async () => true, getUpdates } as unknown as Api,
    log: keepLog().log,
    backoff: { firstMs: 5, ceilingMs: 20 },
    signal: ended.signal,
    onState: () => {},
    onUpdates: async () => {},
    hasInline: () => false,
  });
  expect(asked).toBeGreaterThan(2);
  expect(asked).toBeLessThan(6);
});
