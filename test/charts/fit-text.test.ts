import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { firstFitting, fitText, wrapFacts, wrapText } from '../../charts/fit-text.ts';

const widthOf = (text: string): number => text.length * 10;

describe('fitText', () => {
  it('leaves a text that fits', () => {
    expect(fitText('Checkout', 80, widthOf)).toBe('Checkout');
  });

  it('T14 cuts a long name with an ellipsis, inside the width', () => {
    expect(fitText('Checkout conversion', 100, widthOf)).toBe('Checkout…');
    expect(widthOf(fitText('x'.repeat(10_000), 300, widthOf))).toBeLessThanOrEqual(300);
  });

  it('T14 never cuts inside a grapheme', () => {
    const family = '👨‍👩‍👧';
    expect(fitText(`ab${family}cd`, 100, widthOf)).toBe('ab…');
  });

  it('always fits what it gives, or gives the ellipsis alone', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 0, max: 400 }),
        (text, width) => {
          const fitted = fitText(text, width, widthOf);
          expect(fitted === '…' || widthOf(fitted) <= width).toBe(true);
        },
      ),
    );
  });
});

describe('wrapText', () => {
  it('breaks at spaces', () => {
    expect(wrapText('one two three four', { width: 100, maxLines: 3 }, widthOf)).toEqual([
      'one two',
      'three four',
    ]);
  });

  it('cuts the last line that may be', () => {
    expect(wrapText('one two three four five', { width: 100, maxLines: 2 }, widthOf)).toEqual([
      'one two',
      'three fou…',
    ]);
  });

  it('cuts a word that is wider than a line', () => {
    expect(wrapText('a '.concat('b'.repeat(20)), { width: 50, maxLines: 2 }, widthOf)).toEqual([
      'a',
      'bbbb…',
    ]);
  });

  it('gives no line of nothing', () => {
    expect(wrapText(' \n ', { width: 50, maxLines: 2 }, widthOf)).toEqual([]);
  });
});

describe('wrapFacts', () => {
  it('breaks only between facts', () => {
    const lines = wrapFacts(['norm 4 %', 'alert 3 %', 'target 5 %'], { width: 210, maxLines: 2 }, widthOf);
    expect(lines).toEqual(['norm 4 % · alert 3 %', 'target 5 %']);
  });

  it('cuts what has no room on the last line', () => {
    expect(wrapFacts(['aaaa', 'bbbb', 'cccc'], { width: 60, maxLines: 1 }, widthOf)).toEqual(['aaaa…']);
  });
});

describe('firstFitting', () => {
  it('takes the first that fits, else cuts the last', () => {
    expect(firstFitting(['much too long', 'short'], 60, widthOf)).toBe('short');
    expect(firstFitting(['much too long', 'still long'], 60, widthOf)).toBe('still…');
    expect(firstFitting([], 60, widthOf)).toBe('');
  });
});
