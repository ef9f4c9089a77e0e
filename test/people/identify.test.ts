import { describe, expect, it } from 'vitest';
import { effectiveLocale, effectiveTimezone, identifyTelegram, isValidated } from '../../src/people/index.ts';
import type { Person } from '../../src/registry/index.ts';
import { aPerson } from '../support/registry-parts.ts';

const IVAN = aPerson('ivan@shop.test', {
  name: 'Ivan',
  role: 'approver',
  teams: ['growth'],
  telegramId: 1001,
  locale: 'ru',
  timezone: 'Europe/Belgrade',
});
const ANN: Person = {
  ...IVAN,
  email: 'ann@shop.test',
  telegramId: null,
  telegramHandle: '1001',
  locale: null,
  timezone: null,
};
const WORKSPACE = { locale: 'en', timezone: 'Europe/Madrid' } as const;

describe('a person', () => {
  it("T16 comes from the platform's id, never from a handle", () => {
    expect(identifyTelegram({ people: [ANN, IVAN] }, 1001)).toBe(IVAN);
    expect(identifyTelegram({ people: [ANN] }, 1001)).toBeNull();
    expect(identifyTelegram({ people: [] }, 1001)).toBeNull();
  });

  it('is validated by an id of either chat', () => {
    expect(isValidated(IVAN)).toBe(true);
    expect(isValidated({ telegramId: null, slackId: 'U0IVAN' })).toBe(true);
    expect(isValidated(ANN)).toBe(false);
  });

  it("reads in their own language and zone, else in the workspace's", () => {
    expect([effectiveLocale(IVAN, WORKSPACE), effectiveTimezone(IVAN, WORKSPACE)]).toEqual([
      'ru',
      'Europe/Belgrade',
    ]);
    expect([effectiveLocale(ANN, WORKSPACE), effectiveTimezone(ANN, WORKSPACE)]).toEqual([
      'en',
      'Europe/Madrid',
    ]);
    expect([effectiveLocale(null, WORKSPACE), effectiveTimezone(null, WORKSPACE)]).toEqual([
      'en',
      'Europe/Madrid',
    ]);
  });
});
