import { describe, expect, it } from 'vitest';
import { identifyTelegram, isValidated, mergeLinked } from '../../src/people/index.ts';
import type { Person } from '../../src/registry/index.ts';
import { ivan } from '../support/deps.ts';

const ann: Person = { ...ivan, email: 'Ann@shop.test', name: 'Ann', role: 'operator', telegramId: null };
const telegram = (account: string, email: string) => ({ channel: 'telegram', account, email }) as const;
const quiet = { from: '22:00', to: '07:00' };

describe('people with what they linked and set', () => {
  it('are those of the file while nothing is linked', () => {
    const people = [ivan, ann];
    expect(mergeLinked(people, { links: [], settings: [] })).toBe(people);
  });

  it('have the chats they linked, by their address in any case, and are validated by them', () => {
    const links = [
      telegram('7', 'ann@shop.test'),
      { ...telegram('U7', 'ann@shop.test'), channel: 'slack' as const },
    ];
    const people = mergeLinked([ivan, ann], { links, settings: [] });
    expect(people[1]).toEqual({ ...ann, telegramId: 7, slackId: 'U7' });
    expect(people.map(isValidated)).toEqual([true, true]);
    expect(identifyTelegram({ people }, 7)?.name).toBe('Ann');
  });

  it('T16 lose a link when the file names an account: theirs, or that account for somebody else', () => {
    const links = [telegram('7', 'ivan@shop.test'), telegram('1001', 'ann@shop.test')];
    const people = mergeLinked([ivan, ann], { links, settings: [] });
    expect(people.map(({ telegramId }) => telegramId)).toEqual([1001, null]);
    expect(identifyTelegram({ people }, 7)).toBeNull();
    expect(identifyTelegram({ people }, 1001)?.name).toBe('Ivan');
  });

  it('are nobody when the file does not have them, whatever was linked', () => {
    const record = {
      links: [telegram('7', 'ann@shop.test')],
      settings: [{ email: 'ann@shop.test', locale: 'ru', timezone: null, quiet: null } as const],
    };
    expect(mergeLinked([ivan], record)).toEqual([ivan]);
  });

  it('read and sleep as they said, else as the file says', () => {
    const inFile: Person = { ...ann, locale: 'en', timezone: 'Europe/Madrid', quietHours: quiet };
    const set = (over: object) =>
      mergeLinked([inFile], {
        links: [],
        settings: [{ email: 'ann@shop.test', locale: null, timezone: null, quiet: null, ...over }],
      })[0];
    expect(set({})).toEqual(inFile);
    expect(set({ locale: 'ru', timezone: 'Asia/Tokyo' })).toEqual({
      ...inFile,
      locale: 'ru',
      timezone: 'Asia/Tokyo',
    });
    expect(set({ quiet: '23:30-06:00' })?.quietHours).toEqual({ from: '23:30', to: '06:00' });
    expect(set({ quiet: 'off' })?.quietHours).toBeNull();
  });
});
