import { describe, expect, it } from 'vitest';
import { decideVerification } from '../../src/registry/verification.ts';

const NOTHING = { by: null, at: null, hash: null };
const SAID = { by: 'ivan@shop.test', at: '2026-11-01' };
const REMEMBERED = { ...SAID, hash: 'one' };

describe('verified means this definition', () => {
  it('T21 remembers the definition it was first said of', () => {
    const metric = { declared: 'verified', verified: SAID, definitionHash: 'one' } as const;
    expect(decideVerification(metric, NOTHING)).toEqual({ state: 'verified', remembered: REMEMBERED });
    expect(decideVerification(metric, REMEMBERED)).toEqual({ state: 'verified', remembered: REMEMBERED });
  });

  it('T21 does not hold for another definition under the same date, whoever is named', () => {
    const metric = { declared: 'verified', definitionHash: 'two' } as const;
    expect(decideVerification({ ...metric, verified: SAID }, REMEMBERED)).toEqual({
      state: 'unverified',
      remembered: REMEMBERED,
    });
    expect(decideVerification({ ...metric, verified: { ...SAID, by: 'ann@shop.test' } }, REMEMBERED)).toEqual(
      {
        state: 'unverified',
        remembered: { ...REMEMBERED, by: 'ann@shop.test' },
      },
    );
  });

  it('T21 holds again under a new date', () => {
    const verified = { by: 'ann@shop.test', at: '2026-11-05' };
    expect(decideVerification({ declared: 'verified', verified, definitionHash: 'two' }, REMEMBERED)).toEqual(
      {
        state: 'verified',
        remembered: { ...verified, hash: 'two' },
      },
    );
  });

  it('is not said by an unverified file, which forgets nothing', () => {
    for (const verified of [null, SAID]) {
      const decision = decideVerification(
        { declared: 'unverified', verified, definitionHash: 'one' },
        REMEMBERED,
      );
      expect(decision).toEqual({ state: 'unverified', remembered: REMEMBERED });
    }
    expect(
      decideVerification({ declared: 'verified', verified: null, definitionHash: 'one' }, NOTHING).state,
    ).toBe('unverified');
  });
});
