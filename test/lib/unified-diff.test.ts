import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../src/lib/unified-diff.ts';

/** Applies a unified diff as patch(1) does, by the line numbers of its hunks; throws where the text does not fit. */
function apply(before: string, diff: string): string {
  const old = before.split('\n').slice(0, -1);
  const out: string[] = [];
  let at = 0;
  for (const line of diff.split('\n').slice(2)) {
    const head = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@$/.exec(line);
    if (head) {
      const start = Number(head[1]) - (head[2] === '0' ? 0 : 1);
      out.push(...old.slice(at, start));
      at = start;
      continue;
    }
    if (line.startsWith('+')) out.push(line.slice(1));
    else {
      if (old[at] !== line.slice(1)) throw new Error(`"${line}" is not line ${at + 1}`);
      if (line.startsWith(' ')) out.push(line.slice(1));
      at += 1;
    }
  }
  return [...out, ...old.slice(at), ''].join('\n');
}

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '', '- x', '+ y', '@@'), { minLength: 1, maxLength: 40 })
  .map((lines) => `${lines.join('\n')}\n`);

describe('a unified diff', () => {
  it('leads from the one text to the other', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = unifiedDiff(before, after, 'f');
        expect(diff === '' ? before : apply(before, diff)).toBe(after);
      }),
      { numRuns: 500 },
    );
  });

  it('is written like that of diff -u', () => {
    const before = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\neleven\n';
    const after = 'one\n2\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\nten and a half\neleven\n';
    expect(unifiedDiff(before, after, 'metrics/cr.yaml')).toBe(`--- a/metrics/cr.yaml
+++ b/metrics/cr.yaml
@@ -1,5 +1,5 @@
 one
-two
+2
 three
 four
 five
@@ -8,4 +8,5 @@
 eight
 nine
 ten
+ten and a half
 eleven`);
  });

  it('is empty for the same text', () => {
    expect(unifiedDiff('a\n', 'a\n', 'f')).toBe('');
  });

  it('shows a text that begins or ends to be', () => {
    expect(unifiedDiff('', 'a\n', 'f')).toBe('--- a/f\n+++ b/f\n@@ -0,0 +1 @@\n+a');
    expect(unifiedDiff('a\nb\n', '', 'f')).toBe('--- a/f\n+++ b/f\n@@ -1,2 +0,0 @@\n-a\n-b');
  });
});
