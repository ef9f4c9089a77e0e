import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/delivery/decide.ts';
import { msToNextLook } from '../../src/delivery/next-look.ts';
import type { Settled } from '../../src/delivery/settle.ts';

const channels = [
  { name: 'telegram', limits: { perPlaceGapMs: 1_000, perGroup: null, perBotPerSecond: 30 } },
] as const;
const delivery = { place: { channel: 'telegram', chat: '1', topic: null } } as Settled['delivery'];
const after = (decision: Decision): number => msToNextLook({ delivery, decision }, channels);

const sent: Decision = { kind: 'sent', messageId: '1', hasPicture: false };
const again = (afterMs: number): Decision => ({ kind: 'again', afterMs, reason: 'down', maybeSent: false });

describe('when a lane is looked at again after a call', () => {
  it('is when its pace allows another call', () => {
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

  it('is at once where nothing is paced', () => {
    expect(msToNextLook({ delivery, decision: sent }, [])).toBe(1);
  });
});
