import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodePress,
  metricsInScope,
  parsePress,
  parseScope,
  scopeName,
  type Press,
  type Scope,
} from '../../src/answers/index.ts';
import { metric } from './facts.ts';

const METRICS = [
  metric({ id: 'cr', domain: 'growth', teams: ['Growth', 'Web'], tags: ['slo'] }),
  metric({ id: 'mrr', domain: 'money', teams: ['Customer care of the north, all of them'], tags: ['money'] }),
  metric({ id: 'web_errors', domain: 'web', teams: [], owner: 'ann@shop.test', tags: [] }),
  metric({ id: 'lag', domain: 'self', teams: ['Growth'], builtIn: true }),
];

const idsOf = (scope: Scope | undefined): string[] =>
  scope === undefined
    ? []
    : metricsInScope(scope, METRICS, { email: 'ann@shop.test', starred: new Set(['mrr']) }).map(
        ({ id }) => id,
      );

describe('scopes', () => {
  it.each([
    ['growth', ['cr']],
    ['WEB', ['cr', 'web_errors']],
    ['team:web', ['cr']],
    ['Domain: web', ['web_errors']],
    ['tag:slo', ['cr']],
    ['money', ['mrr']],
    ['@me', ['mrr', 'web_errors']],
    ['all', ['cr', 'mrr', 'web_errors']],
    ['self', ['lag']],
    ['team:growth', ['cr']],
    ['nobody', []],
    ['  ', []],
  ])('"%s" is %j', (text, ids) => {
    expect(idsOf(parseScope(text))).toEqual(ids);
  });

  it('are told by the name that the files have', () => {
    expect(scopeName({ by: 'team', name: 'GROWTH' }, METRICS)).toBe('Growth');
    expect(scopeName({ by: 'team', name: 'none' }, METRICS)).toBe('none');
  });

  const scope: fc.Arbitrary<Scope> = fc.oneof(
    fc.constantFrom<Scope>({ by: 'all' }, { by: 'me' }),
    fc.record({
      by: fc.constantFrom('named' as const, 'team' as const, 'domain' as const, 'tag' as const),
      name: fc.oneof(fc.string({ minLength: 1 }), fc.string({ unit: 'grapheme', minLength: 1 })),
    }),
  );
  const listPress: fc.Arbitrary<Press> = fc.oneof(
    scope.map((of): Press => ({ kind: 'cockpit', scope: of })),
    fc.tuple(fc.nat(999_999_999), scope).map(([page, of]): Press => ({ kind: 'alerts', page, scope: of })),
    fc
      .tuple(scope, fc.constantFrom('all', 'today', 'failed', 'failed_today'))
      .map(([of, show]): Press => ({ kind: 'log', of: { scope: of, show }, before: '12345' })),
    fc.string({ minLength: 1 }).map((team): Press => ({ kind: 'team', team })),
    fc
      .tuple(
        fc.constantFrom('watchlist', 'watchlist_ask', 'watchlist_undo', 'watchlist_share'),
        fc.constantFrom('abcdefgh', 'z2345678'),
      )
      .map(([kind, list]): Press => ({ kind, list })),
    fc
      .stringMatching(/^[a-z][a-z0-9_]{1,62}$/)
      .map((id): Press => ({ kind: 'watchlist_remove', list: 'abcdefgh', metric: id })),
    fc
      .tuple(fc.constantFrom('star', 'unstar'), fc.stringMatching(/^[a-z][a-z0-9_]{1,62}$/))
      .map(([kind, id]): Press => ({ kind, metric: id, range: '28d' })),
    fc.stringMatching(/^[A-Za-z0-9_-]{22}$/).map((token): Press => ({ kind: 'watchlist_follow', token })),
  );

  it('and presses on lists fit into a button and are read again as what they were', () => {
    fc.assert(
      fc.property(listPress, (given) => {
        const data = encodePress(given);
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
        const read = parsePress(data);
        expect(read?.kind).toBe(given.kind);
        expect(encodePress(read ?? { kind: 'help' })).toBe(data);
      }),
    );
  });

  it('find a long or foreign name again by what a button carries', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        const team = name.trim() || 'x';
        const read = parsePress(encodePress({ kind: 'cockpit', scope: { by: 'team', name: team } }));
        if (read?.kind !== 'cockpit' || read.scope === undefined) throw new Error('not read');
        const found = metricsInScope(read.scope, [metric({ teams: ['other', team] })], null);
        expect(found).toHaveLength(1);
      }),
    );
  });

  it.each([
    '1:k:',
    '1:k:x.growth',
    '1:k:t.',
    '1:k:t.Growth!',
    '1:te:',
    '1:wl:short',
    '1:wf:abc',
    '1:st:cr:9d',
    '1:wr:abcdefgh:',
  ])('T17 do not read "%s"', (data) => {
    expect(parsePress(data)).toBeUndefined();
  });
});
