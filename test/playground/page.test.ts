import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GLYPH } from '../../src/answers/index.ts';
import { listPageWords } from '../../src/playground/page-words.ts';
import { registry, startStage, workspace } from './stage.ts';

const PAGE = new URL('../../src/playground/page/', import.meta.url);
const scripts = readdirSync(PAGE)
  .filter((name) => name.endsWith('.js'))
  .map((name) => ({ name, source: readFileSync(new URL(name, PAGE), 'utf8') }));
const code = scripts.map(({ source }) => source).join('\n');

describe('the page', () => {
  it('runs its own scripts alone: a nonce that is never the same, nothing inline, nothing from elsewhere', async () => {
    const stage = await startStage();
    const answers = [await stage.get('/play'), await stage.get('/play')];
    const policies = answers.map(({ headers }) => headers.get('content-security-policy') ?? '');
    const nonces = policies.map((policy) => /script-src 'nonce-([\w-]{20,})';/.exec(policy)?.[1]);
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(policies[0]).toContain("default-src 'none'");
    expect(policies[0]).not.toMatch(/unsafe|\*|https?:/);
    const html = await (answers[0] as Response).text();
    const executable = [...html.matchAll(/<script(?![^>]*application\/json)[^>]*>/g)].map(([tag]) => tag);
    expect(executable).toHaveLength(1);
    expect(executable[0]).toContain(`nonce="${nonces[0]}"`);
    expect(html).not.toMatch(/\son\w+=|style="|{{/);
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/(src|href)=["']?(https?:)?\/\//);
  });

  it('serves its scripts and styles, and nothing beside them', async () => {
    const stage = await startStage();
    const html = await (await stage.get('/play')).text();
    const linked = [...html.matchAll(/(?:src|href)="(\/play\/[^"]+)"/g)].map((match) => match[1] ?? '');
    const imported = [...code.matchAll(/from '\.\/([\w-]+\.js)'/g)].map((match) => `/play/${match[1]}`);
    expect(linked.length).toBeGreaterThan(2);
    for (const path of new Set([...linked, ...imported])) {
      const response = await stage.get(path);
      const type = response.headers.get('content-type');
      expect(`${path} ${response.status} ${type}`).toMatch(/ 200 text\/(javascript|css)/);
    }
    expect((await stage.get('/play/index.html')).status).toBe(404);
    expect((await stage.get('/play/jsconfig.json')).status).toBe(404);
  });

  it('draws every sign that Heartbeat writes: not every computer has them in a font', () => {
    const html = readFileSync(new URL('index.html', PAGE), 'utf8');
    const drawn = [...code.matchAll(/'(\P{ASCII}+)': '(e-[a-z]+)'/gu)].flatMap(([, sign = '', id]) =>
      html.includes(`<symbol id="${id}"`) ? [sign] : [],
    );
    const locales = new URL('../../locales/', import.meta.url);
    const shipped = readdirSync(locales).map((name) => readFileSync(new URL(name, locales), 'utf8'));
    const written = [...Object.values(GLYPH), ...shipped].join('\n').match(/\p{Extended_Pictographic}/gu);
    const undrawn = new Set(written).difference(new Set(drawn));
    expect([...undrawn]).toEqual([]);
  });

  it('is in the language of the browser, else of the workspace', async () => {
    const stage = await startStage();
    const languageOf = async (accepted?: string) => {
      const response = await stage.get(
        '/play',
        accepted === undefined ? {} : { 'accept-language': accepted },
      );
      return /<html lang="(\w+)">/.exec(await response.text())?.[1];
    };
    expect(await languageOf('ru-RU,ru;q=0.9,en;q=0.8')).toBe('ru');
    expect(await languageOf('de-DE,en-GB;q=0.7,ru;q=0.3')).toBe('en');
    expect(await languageOf('de')).toBe('en');
    stage.setRegistry(registry({ workspace: workspace({ locale: 'ru' }) }));
    expect(await languageOf('fr;q=1')).toBe('ru');
    expect(await languageOf()).toBe('ru');
  });

  it('shows the name of a workspace as text', async () => {
    const stage = await startStage();
    const name = '</title><script>alert(1)</script>';
    stage.setRegistry(registry({ workspace: workspace({ name }) }));
    const html = await (await stage.get('/play')).text();
    expect(html).not.toContain('<script>alert');
  });

  it('carries words of both languages that cannot end the element they are in', async () => {
    const stage = await startStage();
    const html = await (await stage.get('/play')).text();
    const boot = /id="boot">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    expect(boot).not.toContain('<');
    const { words } = JSON.parse(boot) as { words: Record<'en' | 'ru', Record<string, string>> };
    expect(words.en['send']).toBe('Send');
    expect(words.ru['send']).toBe('Отправить');
    expect(words.en['phone']).toBe('{name}’s phone');
  });
});

describe('the scripts of the page', () => {
  it('have every word they ask for, and ask for every word they have', () => {
    const words = Object.keys(listPageWords('en'));
    const quoted = new Set([...code.matchAll(/['`]([a-z][a-z0-9-]*)['`]/g)].map((match) => match[1]));
    const asked = [...code.matchAll(/\bt\('([^']+)'/g)].map((match) => match[1] ?? '');
    expect(asked.filter((key) => !words.includes(key))).toEqual([]);
    const composed = /^(step-(watch|ack|see)(-more)?|theme-\w+|title|noscript)$/;
    expect(words.filter((key) => !quoted.has(key) && !composed.test(key))).toEqual([]);
  });

  it('never turn text into markup', () => {
    expect(code).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function/);
  });
});
