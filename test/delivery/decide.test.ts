import { assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/delivery/backoff.ts';
import { decide } from '../../src/delivery/decide.ts';
import type { SendOutcome } from '../../src/delivery/index.ts';

const first = { attempts: 1, operation: 'post' as const };

describe('backoff', () => {
  it('starts at half a second, grows by half, and stays at a minute', () => {
    expect(backoffMs(1, 0.5)).toBe(500);
    expect(backoffMs(2, 0.5)).toBe(750);
    expect(backoffMs(3, 0.5)).toBe(1125);
    expect(backoffMs(40, 0.5)).toBe(60_000);
  });

  it('is never negative and never above its ceiling', () => {
    assert(
      property(
        integer({ min: 0, max: 10_000 }),
        double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, random) => {
          const wait = backoffMs(attempts, random);
          expect(wait).toBeGreaterThanOrEqual(400);
          expect(wait).toBeLessThanOrEqual(60_000);
        },
      ),
    );
  });
});

describe('what becomes of an attempt', () => {
  const cases: [SendOutcome, object][] = [
    [
      { kind: 'sent', messageId: '7', hasPicture: false },
      { kind: 'sent', messageId: '7', hasPicture: false },
    ],
    [
      { kind: 'retry', reason: 'timed out', statusCode: null, maybeSent: true },
      { kind: 'again', afterMs: 500, reason: 'timed out', maybeSent: true },
    ],
    [
      { kind: 'wait', afterMs: 30_000, reason: 'Too Many Requests' },
      { kind: 'hold', afterMs: 30_000, reason: 'delayed by rate limit: Too Many Requests' },
    ],
    [
      { kind: 'moved', to: { channel: 'telegram', chat: '-1001', topic: null }, reason: 'upgraded' },
      { kind: 'redirect', to: { channel: 'telegram', chat: '-1001', topic: null }, reason: 'upgraded' },
    ],
    [
      { kind: 'topic_gone', reason: 'thread not found' },
      { kind: 'drop_topic', reason: 'thread not found' },
    ],
    [
      { kind: 'lost', reason: 'message to edit not found' },
      { kind: 'superseded', reason: 'message to edit not found', forgetMessage: true },
    ],
    [
      { kind: 'gone', reason: 'bot was blocked', statusCode: 403 },
      { kind: 'dead', reason: 'bot was blocked', placeGone: true },
    ],
  ];

  it.each(cases)('%j', (outcome, decision) => {
    expect(decide(outcome, first, 0.5)).toEqual(decision);
  });

  it('T12 a refused content is tried in another form once, then given up', () => {
    const bad: SendOutcome = { kind: 'bad', reason: "can't parse entities", statusCode: 400 };
    expect(decide(bad, first, 0.5)).toMatchObject({ kind: 'again' });
    expect(decide(bad, { ...first, attempts: 2 }, 0.5)).toEqual({
      kind: 'dead',
      reason: "can't parse entities",
      placeGone: false,
    });
  });

  it('T12 a refused token waits for a person instead of hammering', () => {
    const decision = decide({ kind: 'unauthorized', reason: 'Unauthorized' }, first, 0.5);
    expect(decision).toMatchObject({ kind: 'again', afterMs: 30_000 });
  });
});
