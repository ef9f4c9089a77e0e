import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWatchlist, splitItems } from '../../src/answers/index.ts';

const KNOWN = ['compliance', 'monday review', 'monday', 'create', 'Отчётность'];
const read = (text: string) => parseWatchlist(text, KNOWN);

describe('what follows /watchlist', () => {
  it.each([
    ['', { kind: 'lists' }],
    ['   ', { kind: 'lists' }],
    ['compliance', { kind: 'show', list: 'compliance' }],
    ['monday review', { kind: 'show', list: 'monday review' }],
    ['"create"', { kind: 'show', list: 'create' }],
    ['«create» ', { kind: 'show', list: 'create' }],
    ['creates', { kind: 'show', list: 'creates' }],
    ['open AbC_-1', { kind: 'open', token: 'AbC_-1' }],
    ['create', { kind: 'create', name: '', team: null, items: [] }],
    ['create compliance', { kind: 'create', name: 'compliance', team: null, items: [] }],
    [
      'create compliance kyc_backlog, late_reports',
      { kind: 'create', name: 'compliance', team: null, items: ['kyc_backlog', 'late_reports'] },
    ],
    [
      'CREATE “two words” Late reports ,, “a, b”',
      { kind: 'create', name: 'two words', team: null, items: ['Late reports', 'a, b'] },
    ],
    [
      'create team growth compliance team:growth',
      { kind: 'create', name: 'compliance', team: 'growth', items: ['team:growth'] },
    ],
    [
      'create team "customer care" "week start"',
      { kind: 'create', name: 'week start', team: 'customer care', items: [] },
    ],
    ['create "team" cr', { kind: 'create', name: 'team', team: null, items: ['cr'] }],
    ['create team', { kind: 'create', name: '', team: '', items: [] }],
    ['create , cr', { kind: 'create', name: '', team: null, items: ['cr'] }],
  ])('T15 reads "%s"', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['add compliance cr', { kind: 'add', list: 'compliance', items: ['cr'] }],
    ['add monday review cr, kyc', { kind: 'add', list: 'monday review', items: ['cr', 'kyc'] }],
    ['add Monday Review', { kind: 'add', list: 'Monday Review', items: [] }],
    ['add monday cr', { kind: 'add', list: 'monday', items: ['cr'] }],
    ['add create cr', { kind: 'add', list: 'create', items: ['cr'] }],
    ['add "monday" review', { kind: 'add', list: 'monday', items: ['review'] }],
    ['remove comp tag:"slow ones"', { kind: 'remove', list: 'comp', items: ['tag:slow ones'] }],
    ['add отчётность конверсия', { kind: 'add', list: 'отчётность', items: ['конверсия'] }],
    ['add', { kind: 'add', list: '', items: [] }],
    ['delete monday review', { kind: 'delete', list: 'monday review', items: [] }],
    ['share', { kind: 'share', list: '', items: [] }],
    ['unshare "monday review"', { kind: 'unshare', list: 'monday review', items: [] }],
  ])('T15 reads "%s", with the longest name that exists', (text, expected) => {
    const { kind, list, items } = read(text) as { kind: string; list: string; items: string[] };
    expect({ kind, list, items }).toEqual(expected);
  });

  it.each([
    ['rename compliance Rules, all of them', 'Rules, all of them'],
    ['rename monday review "week start"', 'week start'],
    ['describe compliance  What the\nregulator asks: "when?" ', 'What the regulator asks: "when?"'],
    ['describe "monday review"', ''],
  ])('keeps the words after the name: "%s"', (text, expected) => {
    expect(read(text)).toMatchObject({ text: expected });
  });

  const name = fc
    .string({ unit: fc.constantFrom('a', 'B', 'ж', '1', '-', ' ', '🔥'), minLength: 1, maxLength: 30 })
    .map((text) => text.trim())
    .filter((text) => text !== '');

  it('gives quoted names and items back as they were, whatever they say', () => {
    const word = fc.oneof(name, fc.constantFrom('create', 'create team', 'add', 'open', 'team'));
    fc.assert(
      fc.property(word, fc.array(word, { minLength: 1 }), (list, items) => {
        const quoted = items.map((item) => `"${item}"`).join(', ');
        expect(parseWatchlist(`add "${list}" ${quoted}`, [])).toMatchObject({ kind: 'add', list, items });
        expect(parseWatchlist(`"${list}"`, [])).toEqual({ kind: 'show', list });
      }),
    );
  });

  it('finds a known name of any number of words without quotes', () => {
    fc.assert(
      fc.property(name, fc.array(name), (list, others) => {
        const oneSpaced = list.replaceAll(/ +/g, ' ');
        const told = parseWatchlist(`describe ${oneSpaced} , x`, [...others, oneSpaced]);
        const { list: found } = told as { list: string };
        expect(found.startsWith(oneSpaced)).toBe(true);
      }),
    );
  });

  it('T14 takes any text, quickly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string()), (text, known) => {
        parseWatchlist(text, known);
        splitItems(text);
      }),
    );
    const startedMs = performance.now();
    parseWatchlist(`add ${'a "b, '.repeat(20_000)}`, KNOWN);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});
