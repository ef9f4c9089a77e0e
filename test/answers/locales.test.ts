import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { FluentResource } from '@fluent/bundle';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const DIR = join(ROOT, 'locales');

/** Keys that code composes: of commands and of coded errors. */
const COMPOSED = /^(command|error)-/;

type Message = { key: string; text: string; variables: string[] };

/** Every entry of a file as the parser gives it; a syntax error would drop one silently. */
function readMessages(file: string): Message[] {
  const source = readFileSync(join(DIR, file), 'utf8');
  const messages = new FluentResource(source).body.map(({ id, value }): Message => {
    const text = JSON.stringify(value);
    const names = [...text.matchAll(/"type":"var","name":"([^"]+)"/g)].map((match) => match[1] ?? '');
    return { key: id, text, variables: [...new Set(names)].sort() };
  });
  const written = [...source.matchAll(/^([a-z][\w-]*) =/gm)].map((match) => match[1]);
  expect(
    messages.map(({ key }) => key),
    `${file} has an entry that Fluent cannot read`,
  ).toEqual(written);
  return messages;
}

const files = (locale: string): string[] =>
  readdirSync(DIR)
    .filter((file) => `.${file}`.endsWith(`.${locale}.ftl`))
    .sort();
const all = (locale: string): Message[] => files(locale).flatMap(readMessages);

function sources(dir: string): string {
  const found = readdirSync(join(ROOT, dir), { recursive: true, withFileTypes: true });
  return found
    .filter(
      (entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes('generated'),
    )
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

const CODE = sources('src') + sources('charts');

describe('locales', () => {
  it('has the same files, keys and variables in both languages', () => {
    const plain = (locale: string): string[] =>
      files(locale).map((file) => file.replace(`${locale}.ftl`, ''));
    expect(plain('ru').sort()).toEqual(plain('en').sort());
    const table = (locale: string): string[] =>
      all(locale).map(({ key, variables }) => `${key}: ${variables.join(' ')}`);
    expect(table('ru').sort()).toEqual(table('en').sort());
  });

  it('has every key that code asks for', () => {
    const keys = new Set(all('en').map(({ key }) => key));
    const asked = [...CODE.matchAll(/(?:\bt\(|sayLine\(\s*words,)\s*'([^']+)'/g)].map(
      (match) => match[1] ?? '',
    );
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((key) => !keys.has(key))).toEqual([]);
  });

  it('has no key that nothing asks for', () => {
    const quoted = new Set([...CODE.matchAll(/['"`]([a-z][a-z0-9-]*)['"`]/g)].map((match) => match[1]));
    const composed = /^(unit-(ms|s|min|h|d)|picture-(mark|state)-[a-z]+)$/;
    const unused = all('en').filter(
      ({ key }) => !quoted.has(key) && !COMPOSED.test(key) && !composed.test(key),
    );
    expect(unused.map(({ key }) => key)).toEqual([]);
  });

  it('has no emoji beside the words of answers: signs are the same in every language and stand in code', () => {
    const emoji = /\p{Extended_Pictographic}/u;
    const found = ['en.ftl', 'ru.ftl'].flatMap(readMessages).filter(({ text }) => emoji.test(text));
    expect(found.map(({ key }) => key)).toEqual([]);
  });

  it('leaves no message in English where it says Russian', () => {
    const words = (text: string): string => [...text.matchAll(/"[^"]*[a-z]{3}[^"]*"/gi)].join(' ');
    const english = new Map(readMessages('en.ftl').map(({ key, text }) => [key, text]));
    const same = readMessages('ru.ftl').filter(
      ({ key, text }) => english.get(key) === text && words(text) !== '',
    );
    expect(same.map(({ key }) => key)).toEqual([]);
  });
});
