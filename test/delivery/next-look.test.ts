import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/delivery/decide.ts';
import { msToNextLook } from '../../src/delivery/next-look.ts';
import type { Settled } from '../../src/delivery/settle.ts';

const channels = [
  { name: 'telegram', limits: { perPlaceGapMs: 1_000, perGroup: null, perBotPerSecond: 30 } },
] as const;
const delivery = { place: { channel: 'telegram', chat: '1', topic: null } } as Settled['delivery'];
const after = (decision: Decision, outcome: Settled['outcome'] = 'sent'): number =>
  msToNextLook({ delivery, decision, outcome }, channels);

const sent: Decision = { kind: 'sent', messageId: '1', hasPicture: false };
const again = (afterMs: number): Decision => ({ kind: 'again', afterMs, reason: 'down', maybeSent: false });

describe('when it is looked again after an attempt', () => {
  it('is when the lane’s pace allows another call', () => {
    expect(after(sent)).toBe(1_001);
    expect(after(again(500))).toBe(1_001);
  });

  it('is when a wait is over that is longer', () => {
    expect(after(again(3_375))).toBe(3_376);
    expect(after({ kind: 'hold', afterMs: 30_000, reason: '429' })).toBe(30_001);
  });

  it('is a minute at most', () => {
    expect(after({ kind: 'hold', afterMs: 3_600_000, reason: '429' })).toBe(60_000);
  });

  it('is at once where no call was made, or others must be told', () => {
    expect(after({ kind: 'superseded', reason: 'shown already', forgetMessage: false }, 'skipped')).toBe(0);
    expect(after({ kind: 'dead', reason: 'blocked', placeGone: true }, 'gone')).toBe(0);
    expect(after({ kind: 'redirect', to: delivery.place, reason: 'moved' }, 'moved')).toBe(0);
  });

  it('is at once where nothing is paced', () => {
    expect(msToNextLook({ delivery, decision: sent, outcome: 'sent' }, [])).toBe(1);
  });
});
