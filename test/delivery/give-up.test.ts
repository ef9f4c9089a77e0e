import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/delivery/decide.ts';
import { decidePatience, type LateFacts } from '../../src/delivery/give-up.ts';
import { PRIORITY, type DeliveryDraft } from '../../src/delivery/index.ts';
import { HOUR, MINUTE, SECOND } from '../../src/lib/time.ts';

const DUE = new Date('2026-11-20T10:00:00.000Z');
const RETRY = { kind: 'retry', reason: 'timed out', statusCode: null, maybeSent: false } as const;
const AGAIN: Decision = { kind: 'again', afterMs: SECOND, reason: 'timed out', maybeSent: false };
const CHAT = { channel: 'telegram', chat: '1001', topic: null } as const;
const MAIL = { channel: 'mail', address: 'ivan@shop.test' } as const;
const RESCUE = { operation: 'post', key: 'rescue', place: MAIL } as unknown as DeliveryDraft;
const SAME = { operation: 'post', key: 'ops', place: CHAT } as unknown as DeliveryDraft;
const TOLD = { operation: 'notice', key: 'told', place: MAIL } as unknown as DeliveryDraft;

function after(ms: number, over: Partial<LateFacts> = {}, priority: number = PRIORITY.red) {
  return decidePatience({
    delivery: { dueAt: DUE, priority, place: CHAT },
    outcome: RETRY,
    decision: AGAIN,
    fallbacks: [TOLD, RESCUE],
    now: new Date(DUE.getTime() + ms),
    ...over,
  });
}

describe('a message that cannot be brought', () => {
  it('of red is told on the next channel after 15 minutes and given up', () => {
    expect(after(14 * MINUTE)).toEqual({ decision: AGAIN, followUps: [] });
    expect(after(15 * MINUTE)).toMatchObject({
      decision: { kind: 'dead', reason: 'given up after 15 min: timed out', placeGone: false },
      followUps: [TOLD, RESCUE],
    });
  });

  it('is tried a last time when patience ends, not a whole wait later', () => {
    const decision: Decision = { ...AGAIN, afterMs: MINUTE };
    expect(after(15 * MINUTE - 20 * SECOND, { decision }).decision).toMatchObject({ afterMs: 20 * SECOND });
    expect(after(10 * MINUTE, { decision }).decision).toMatchObject({ afterMs: MINUTE });
  });

  it('T08 of red without another way is tried for a day', () => {
    expect(after(20 * HOUR, { fallbacks: [] }).decision).toEqual(AGAIN);
    expect(after(20 * HOUR, { fallbacks: [TOLD, SAME] }).decision).toEqual(AGAIN);
    expect(after(24 * HOUR, { fallbacks: [] }).decision.kind).toBe('dead');
  });

  it('that is not red is tried for a day', () => {
    expect(after(20 * HOUR, {}, PRIORITY.rest).decision).toEqual(AGAIN);
    expect(after(24 * HOUR, {}, PRIORITY.rest).decision.kind).toBe('dead');
  });

  it('T12 waits as long as a 429 says, and of red is told elsewhere meanwhile when that is long', () => {
    const hold = (afterMs: number): Decision => ({ kind: 'hold', afterMs, reason: 'delayed by rate limit' });
    const outcome = { kind: 'wait', afterMs: HOUR, reason: '429' } as const;
    expect(after(0, { outcome, decision: hold(30 * SECOND) })).toEqual({
      decision: hold(30 * SECOND),
      followUps: [],
    });
    expect(after(0, { outcome, decision: hold(HOUR) })).toEqual({
      decision: hold(HOUR),
      followUps: [TOLD, RESCUE],
    });
    expect(after(0, { outcome, decision: hold(HOUR) }, PRIORITY.rest).followUps).toEqual([]);
  });

  it('is left as decided when it is sent, dead or refused', () => {
    const sent: Decision = { kind: 'sent', messageId: '1', hasPicture: false };
    expect(after(HOUR, { decision: sent })).toEqual({ decision: sent, followUps: [] });
    const bad = { kind: 'bad', reason: 'no', statusCode: 400 } as const;
    expect(after(HOUR, { outcome: bad })).toEqual({ decision: AGAIN, followUps: [] });
  });
});
