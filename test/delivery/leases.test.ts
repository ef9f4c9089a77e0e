import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { attemptDelivery } from '../../src/delivery/attempt.ts';
import { LEASE_MS } from '../../src/delivery/claim.ts';
import type { ClaimedDelivery } from '../../src/delivery/index.ts';
import { createLeases } from '../../src/delivery/leases.ts';
import { fakeChannel } from './fake-channel.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('leases of a process', () => {
  it('hold from when the database was asked, for as long as it grants', () => {
    const leases = createLeases(async () => []);
    leases.take(['a'], performance.now());
    vi.advanceTimersByTime(LEASE_MS - 1);
    expect(leases.isHeld('a')).toBe(true);
    vi.advanceTimersByTime(1);
    expect(leases.isHeld('a')).toBe(false);
    expect(leases.isHeld('never taken')).toBe(false);
  });

  it('are prolonged where no other process took over', async () => {
    const leases = createLeases(async (ids) => ids.filter((id) => id !== 'taken over'));
    leases.take(['kept', 'taken over'], performance.now());
    vi.advanceTimersByTime(LEASE_MS - 1);
    await leases.renew();
    vi.advanceTimersByTime(LEASE_MS - 1);
    expect(leases.isHeld('kept')).toBe(true);
    expect(leases.isHeld('taken over')).toBe(false);
  });

  it('that were dropped while they were prolonged stay dropped', async () => {
    const leases = createLeases(async (ids) => {
      leases.drop('sent');
      return ids;
    });
    leases.take(['sent'], performance.now());
    await leases.renew();
    expect(leases.isHeld('sent')).toBe(false);
  });
});

const delivery: ClaimedDelivery = {
  id: 'd',
  alertId: null,
  edge: 'entered_red',
  place: { channel: 'telegram', chat: '1', topic: null },
  lane: 'telegram:1',
  operation: 'post',
  silent: false,
  priority: 1,
  attempts: 1,
  maybeSent: false,
  payload: {},
  createdAt: new Date(0),
  dueAt: new Date(),
  wasHeld: false,
};

describe('an attempt', () => {
  it.each([
    [true, 1, { outcome: 'sent' }],
    [false, 0, { outcome: 'retry', decision: { kind: 'again', maybeSent: false } }],
  ])(
    'is made while the lease is held, not after a sleep that outlasted it (%s)',
    async (held, calls, result) => {
      const { channel, requests } = fakeChannel();
      const settled = await attemptDelivery(
        {
          channels: [channel],
          composer: {
            compose: async () => ({
              kind: 'send',
              thread: null,
              view: null,
              answer: { lines: [['red']] },
              picture: null,
              messageId: null,
              hasPicture: false,
              pictureFollows: false,
            }),
            listFallbacks: () => [],
          },
          log: pino({ level: 'silent' }),
          random: () => 0.5,
          now: () => new Date(),
          isHeld: () => held,
        },
        delivery,
      );
      expect(settled).toMatchObject(result);
      expect(requests).toHaveLength(calls);
    },
  );
});
