import { describe, expect, it } from 'vitest';
import { parseHtml } from '../../../src/playground/bot-api/html.ts';

const textOf = (html: string): string => {
  const parsed = parseHtml(html);
  return parsed.ok ? parsed.text : `refused: ${parsed.problem}`;
};
const entitiesOf = (html: string) => {
  const parsed = parseHtml(html);
  return parsed.ok ? parsed.entities : parsed.problem;
};

describe('HTML as Telegram reads it', () => {
  it.each([
    ['<b>a</b>', 'a'],
    ['a &lt;b&gt; &amp; &quot;c&quot;', 'a <b> & "c"'],
    ['&#9731;&#x2603;', '☃☃'],
    ['&amp', '&'],
    ['&nbsp;&unknown; &#0; &#; &', '&nbsp;&unknown; &#0; &#; &'],
    ['a > b', 'a > b'],
    ['<B>up</b>', 'up'],
    ['<b>x</>', 'x'],
    ['<i >x</i >', 'x'],
    ["<a href='https://a.b/?x=1&amp;y=2'>x</a>", 'x'],
    ['<code class=language-sql>x</code>', 'x'],
    ['<blockquote expandable>x</blockquote>', 'x'],
  ])('reads %s', (html, text) => {
    expect(textOf(html)).toBe(text);
  });

  it.each([
    ['<div>a</div>', 'Unsupported start tag "div" at byte offset 0'],
    ['ж<x>', 'Unsupported start tag "x" at byte offset 2'],
    ['1 <2', 'Unclosed start tag at byte offset 2'],
    ['1 < 2 > 0', 'Unsupported start tag "" at byte offset 2'],
    ['<b', 'Unclosed start tag at byte offset 0'],
    ['<b>a', 'Can\'t find end tag corresponding to start tag "b"'],
    ['a</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>a</b', 'Unclosed end tag at byte offset 4'],
    ['<b><i>a</b></i>', 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
    ['<a href=x y>a</a', 'Unclosed end tag at byte offset 13'],
    ['<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'],
    ['<a href="x', 'Unclosed start tag "a" at byte offset 0'],
    ['<a href=x:y>a</a>', 'Unexpected end of name token at byte offset 8'],
    ['<a href', 'Unclosed start tag "a" at byte offset 0'],
    ['<span>a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<tg-time unix="1" format="x">a</tg-time>', 'Invalid date format used'],
  ])('refuses %s', (html, problem) => {
    expect(parseHtml(html)).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });

  it('gives entities by UTF-16 units, outer ones first', () => {
    expect(entitiesOf('😀<b>b<i>i</i></b>')).toEqual([
      { type: 'bold', offset: 2, length: 2 },
      { type: 'italic', offset: 3, length: 1 },
    ]);
  });

  it('knows instants', () => {
    expect(entitiesOf('<tg-time unix="1795160005" format="wDT">13:45</tg-time>')).toEqual([
      { type: 'date_time', offset: 0, length: 5, unix_time: 1_795_160_005, date_time_format: 'wDT' },
    ]);
    expect(entitiesOf('<tg-time unix="0">13:45</tg-time>')).toEqual([]);
  });

  it('makes a link clickable only on a host with a dot', () => {
    expect(entitiesOf('<a href="https://a.test/">a</a>')).toMatchObject([{ url: 'https://a.test/' }]);
    expect(entitiesOf('<a href="http://localhost:8080/">a</a>')).toEqual([]);
    expect(entitiesOf('<a>a.test</a>')).toMatchObject([{ url: 'a.test' }]);
    expect(entitiesOf('<code class="language-sql">select</code>')).toMatchObject([{ language: 'sql' }]);
    expect(entitiesOf('<b></b>')).toEqual([]);
  });
});
