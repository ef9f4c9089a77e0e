import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findTimezone,
  parseQuiet,
  quietText,
  readLinkCode,
  showLinkCode,
  strangerAccount,
} from '../../src/people/index.ts';
import { deriveLinkCode, isSameCode } from '../../src/people/link-code.ts';
import { ivan } from '../support/deps.ts';

describe('a code for linking', () => {
  it('has eight digits of its request, workspace and secret', () => {
    const of = (secret: string, workspaceId: string, id: string) =>
      deriveLinkCode(secret, { workspaceId, id });
    const code = of('s', 'shop', '1');
    expect(code).toMatch(/^\d{8}$/);
    expect(of('s', 'shop', '1')).toBe(code);
    expect([of('t', 'shop', '1'), of('s', 'bar', '1'), of('s', 'shop', '2')]).not.toContain(code);
    const many = Array.from({ length: 1_000 }, (_, index) => of('s', 'shop', String(index)));
    expect(many.every((one) => /^\d{8}$/.test(one))).toBe(true);
    expect(new Set(many).size).toBeGreaterThan(990);
  });

  it('is read as people type it', () => {
    expect(showLinkCode('12345678')).toBe('1234 5678');
    for (const typed of ['12345678', '1234 5678', '1234-5678', ' 12 34 56 78 ', '1234\u00a05678'])
      expect(readLinkCode(typed)).toBe('12345678');
    for (const typed of ['', '1234567', '123456789', 'abcdefgh', '1234 567a'])
      expect(readLinkCode(typed)).toBeUndefined();
  });

  it('is the same as itself alone', () => {
    expect([
      isSameCode('12345678', '12345678'),
      isSameCode('12345678', '12345679'),
      isSameCode('', '1'),
    ]).toEqual([true, false, false]);
  });
});

describe('an account', () => {
  it('is a stranger’s, by the platform’s id', () => {
    expect(strangerAccount({ person: null, actor: 'telegram:42' })).toEqual({
      channel: 'telegram',
      account: '42',
    });
    expect(strangerAccount({ person: null, actor: 'slack:U1' })).toEqual({ channel: 'slack', account: 'U1' });
    expect(strangerAccount({ person: null, actor: 'api:tests' })).toBeNull();
    expect(strangerAccount({ person: ivan, actor: 'telegram:42' })).toBeNull();
  });
});

describe('quiet hours in words', () => {
  it.each([
    ['22:00-07:00', '22:00-07:00'],
    ['22-7', '22:00-07:00'],
    ['22:30 – 7:15', '22:30-07:15'],
    ['9 to 17', '09:00-17:00'],
    ['22 до 7', '22:00-07:00'],
  ])('%s', (typed, meant) => {
    const hours = parseQuiet(typed);
    expect(hours && quietText(hours)).toBe(meant);
  });

  it.each(['', 'off', '24-7', '22:60-7', '22', '7-7', 'at night'])('not: %s', (typed) => {
    expect(parseQuiet(typed)).toBeNull();
  });
});

describe('a time zone in words', () => {
  it.each([
    ['Europe/Belgrade', 'Europe/Belgrade'],
    ['europe/belgrade', 'Europe/Belgrade'],
    ['Belgrade', 'Europe/Belgrade'],
    ['new york', 'America/New_York'],
    ['utc', 'UTC'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
  ])('%s', (typed, meant) => {
    expect(findTimezone(typed)).toBe(meant);
  });

  it.each(['', 'Atlantis', 'Europe', 'Mars/Base'])('not: %s', (typed) => {
    expect(findTimezone(typed)).toBeUndefined();
  });

  it('T14 takes any text', () => {
    const text = string({ unit: 'grapheme', maxLength: 200 });
    const readers = [findTimezone, parseQuiet, readLinkCode];
    assert(
      property(text, (words) => {
        expect(() => readers.map((read) => read(words))).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });
});
