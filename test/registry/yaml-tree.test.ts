import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../src/registry/yaml-tree.ts';

/** Far above what any takes, far below what the library alone would. */
const BOUND_MS = 10_000;

const reasonsOf = (text: string): string[] =>
  parseYaml(text).findings.map(({ line, reason }) => `${line}: ${reason}`);

describe('YAML', () => {
  it('becomes plain data with the line of every value', () => {
    const { value, findings } = parseYaml(
      '# hello\na: 1\nb:\n  c: [x, {d: true}]\n  e:\nsql: |\n  select 1\n  from x\n',
    );
    expect(findings).toEqual([]);
    expect(value?.data).toEqual({ a: 1, b: { c: ['x', { d: true }] }, sql: 'select 1\nfrom x\n' });
    expect(value?.lineOf(['b', 'c', 1, 'd'])).toBe(4);
    expect(value?.lineOf(['b', 'nothing'])).toBe(3);
    expect(value?.lineOf(['nothing'])).toBe(1);
    expect(value?.isEmpty(['b', 'e'])).toBe(true);
    expect(value?.isEmpty(['b', 'c'])).toBe(false);
    expect(value?.blockLineOf(['sql'])).toBe(7);
    expect(value?.blockLineOf(['a'])).toBeNull();
  });

  it('keeps names of JavaScript apart from its objects', () => {
    const { value } = parseYaml('__proto__: {x: 1}\nconstructor: 2\n');
    expect(JSON.stringify(value?.data)).toBe('{"__proto__":{"x":1},"constructor":2}');
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it('repeats anchors', () => {
    expect(parseYaml('a: &one [1]\nb: *one\n').value?.data).toEqual({ a: [1], b: [1] });
    expect(parseYaml('a: &x 1\nb: &x 2\nc: *x\n').value?.data).toEqual({ a: 1, b: 2, c: 2 });
  });

  it.each([
    ['%YAML 9\n---\na: 1', '1: A line that starts with % is a YAML directive, and this is none.'],
    ['a: "\\q"', '1: A backslash inside double quotes starts an escape, and this is none.'],
    ['a: @x', '1: A value that is not in quotes cannot start with this character.'],
    ['a: 1\nb', '2: Something is missing here: a colon after a key, a closing quote or a bracket.'],
    ['a:1\nb: 2', '1: A key must fit on one line.'],
    ['a: &x &y 1', '1: This value has two anchors (&name).'],
    ['a: !x !y 1', '1: This value has two tags (!name).'],
    ['- a\nb: 1', '2: Something follows a value that has already ended.'],
    ['? [a]\n: 1', '1: A key must be a word.'],
    ['- #growth', '1: This entry has no value: everything after # is a comment.'],
    ['a: {b: 1\nc: 2', '1: The { is never closed.'],
    ["a: 'x\nb: 1", '1: A quote is opened here and never closed.'],
    ['a: "x"\nb: "y\nc: 1', '2: A quote is opened here and never closed.'],
    ['a: "\\ud800"', '1: The text holds a character that cannot be stored.'],
    ['a: !!binary aGk=', '1: The tag tag:yaml.org,2002:binary means nothing here.'],
  ])('says what is wrong with %j', (text, reason) => {
    expect(reasonsOf(text)).toEqual([reason]);
  });

  it('leaves comments alone that are comments', () => {
    expect(reasonsOf('a: # nothing yet\nb: 1 # one\nc: text # words\nd: "x #1"\ne: a#b\n')).toEqual([]);
  });
});

describe('YAML that means harm ends soon', () => {
  it.each<[string, string, string]>([
    ['billions of laughs', `a: &a [x, x]\n${aliasChain(40)}`, 'are used'],
    ['an alias inside itself', 'a: &x [*x]', 'too deep'],
    ['thousands of aliases', `- &a x\n${'- *a\n'.repeat(5000)}`, 'More than 100 aliases'],
    ['keys of keys', '? '.repeat(4000), 'too deep'],
    ['brackets', '['.repeat(50_000), 'too deep'],
    [
      'keys inside keys',
      Array.from({ length: 40 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
      'too deep',
    ],
    ['too many values', `[${'1,'.repeat(60_000)}]`, 'too many'],
    ['a long line of quotes', '" '.repeat(20_000), 'already ended'],
    ['tabs', `a: [\n${'\t'.repeat(200_000)}`, 'The [ is never closed'],
  ])('%s', (_name, text, reason) => {
    const startedMs = performance.now();
    expect(reasonsOf(text).join()).toContain(reason);
    expect(performance.now() - startedMs).toBeLessThan(BOUND_MS);
  });

  it('tens of thousands of keys are read', () => {
    const text = Array.from({ length: 30_000 }, (_, index) => `key${index}: 1`).join('\n');
    expect(Object.keys(parseYaml(text).value?.data as object)).toHaveLength(30_000);
  });
});

function aliasChain(length: number): string {
  return Array.from(
    { length },
    (_, index) => `k${index}: &k${index} [*${index === 0 ? 'a' : `k${index - 1}`}, *a, *a]\n`,
  ).join('');
}
