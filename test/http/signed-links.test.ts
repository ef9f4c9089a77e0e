import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { seal, unseal } from '../../src/http/sealed.ts';
import { checkSignedLink, isSignedLink, signPath } from '../../src/http/signed-links.ts';
import { createSigner, isSameSecret } from '../../src/http/signing.ts';

const signer = createSigner('a secret of the workspace', 'shop');
const now = new Date('2026-11-20T10:00:00Z');
const later = new Date('2026-11-20T11:00:00Z');
const urlOf = (path: string): URL => new URL(path, 'http://localhost:8080');
const check = (path: string, at = now) => checkSignedLink(signer, urlOf(path), at);

/** `%3a` and `%3A` are one address. */
const meaningOf = (path: string): string => {
  const { pathname, searchParams } = urlOf(path);
  return `${pathname}?${searchParams.toString()}`;
};

describe('a signed link', () => {
  it('is valid until it expires, and not a second longer', () => {
    const link = signPath(signer, '/cockpit.png?team=growth&theme=dark', later);
    expect(link.startsWith('/cockpit.png?team=growth&theme=dark&exp=')).toBe(true);
    expect(isSignedLink(urlOf(link))).toBe(true);
    expect(check(link)).toBe('valid');
    expect(check(link, new Date(later.getTime() - 1000))).toBe('valid');
    expect(check(link, later)).toBe('expired');
  });

  it('may have its parameters in another order, but not others', () => {
    const link = urlOf(signPath(signer, '/cockpit.png?team=growth&theme=dark', later));
    const reversed = new URLSearchParams([...link.searchParams].reverse());
    expect(check(`/cockpit.png?${reversed.toString()}`)).toBe('valid');
    expect(check(`${link.pathname}${link.search}&domain=sales`)).toBe('forged');
    expect(check(`${link.pathname}${link.search.replace('growth', 'sales')}`)).toBe('forged');
  });

  it('opens no other path, cannot be prolonged, and belongs to one workspace', () => {
    const link = signPath(signer, '/cockpit.png', later);
    expect(check(link.replace('/cockpit.png', '/docs'))).toBe('forged');
    const exp = urlOf(link).searchParams.get('exp') ?? '';
    expect(check(link.replace(exp, String(Number(exp) + 60)))).toBe('forged');
    const other = createSigner('a secret of the workspace', 'other');
    expect(checkSignedLink(other, urlOf(link), now)).toBe('forged');
  });

  it('without a signature is none, with a wrong one forged', () => {
    expect(check('/cockpit.png')).toBe('none');
    expect(check('/cockpit.png?exp=9999999999&sig=')).toBe('forged');
    expect(check('/cockpit.png?exp=9999999999&sig=%00%ff')).toBe('forged');
  });

  it('holds for any path and any parameters, and for no change of a letter', () => {
    const parameters = fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string()), { maxLength: 5 });
    const names = (pairs: [string, string][]) => pairs.filter(([name]) => name !== 'exp' && name !== 'sig');
    fc.assert(
      fc.property(parameters, fc.nat(), (pairs, at) => {
        const query = new URLSearchParams(names(pairs)).toString();
        const link = signPath(signer, `/metric/conversion.png?${query}`, later);
        expect(check(link)).toBe('valid');
        const index = at % link.length;
        const changed = link.slice(0, index) + (link[index] === 'a' ? 'b' : 'a') + link.slice(index + 1);
        fc.pre(meaningOf(changed) !== meaningOf(link));
        expect(['forged', 'none']).toContain(check(changed));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('sealed data', () => {
  const schema = z.object({ person: z.string() });

  it('comes back for its purpose alone', () => {
    const word = seal(signer, 'ticket', { person: 'ann@shop.test' });
    expect(unseal(signer, 'ticket', { word, schema })).toEqual({ person: 'ann@shop.test' });
    expect(unseal(signer, 'session', { word, schema })).toBeUndefined();
  });

  it('does not come back when a part is missing, added or changed, or of another shape', () => {
    const word = seal(signer, 'ticket', { person: 'ann@shop.test' });
    const [text = '', signature = ''] = word.split('.');
    const forged = Buffer.from('{"person":"boss@shop.test"}').toString('base64url');
    for (const other of [
      '',
      '.',
      text,
      `${text}.`,
      `${text}.${signature}.x`,
      `${forged}.${signature}`,
      `${text}.${signature.slice(1)}`,
    ])
      expect(unseal(signer, 'ticket', { word: other, schema })).toBeUndefined();
    const number = seal(signer, 'ticket', { person: 7 });
    expect(unseal(signer, 'ticket', { word: number, schema })).toBeUndefined();
  });
});

it('compares secrets of any length', () => {
  expect(isSameSecret('abc', 'abc')).toBe(true);
  expect(isSameSecret('abc', 'abcd')).toBe(false);
  expect(isSameSecret('', 'abc')).toBe(false);
});
