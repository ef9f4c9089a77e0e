import * as fc from 'fast-check';
import { jsx } from 'hono/jsx';
import { renderToString } from 'hono/jsx/dom/server';
import { describe, expect, it } from 'vitest';
import { safeHref } from '../../src/site/links.ts';
import { Markdown } from '../../src/site/markdown.tsx';

const html = (text: string): string => renderToString(jsx(Markdown, { text }));

describe('Markdown', () => {
  it.each([
    ['# Title', '<h1 id="title">Title</h1>'],
    ['## Two words ##', '<h2 id="two-words">Two words</h2>'],
    ['#### Deep\n##### Deeper', '<h4 id="deep">Deep</h4><h4 id="deeper">Deeper</h4>'],
    ['# Как читать: это!', '<h1 id="как-читать-это">Как читать: это!</h1>'],
    ['## Same\n## Same', '<h2 id="same">Same</h2><h2 id="same-1">Same</h2>'],
    ['# !!!', '<h1 id="section">!!!</h1>'],
    ['one\ntwo\n\nthree', '<p>one\ntwo</p><p>three</p>'],
    ['- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['* a\n\n* b', '<ul><li><p>a</p></li><li><p>b</p></li></ul>'],
    ['3. c\n4. d', '<ol start="3"><li>c</li><li>d</li></ol>'],
    ['- a\n  goes on\n- b', '<ul><li>a\ngoes on</li><li>b</li></ul>'],
    ['- a\nlazily goes on', '<ul><li>a\nlazily goes on</li></ul>'],
    ['- a\n  - inner\n- b', '<ul><li>a<ul><li>inner</li></ul></li><li>b</li></ul>'],
    ['1. a\n\n   second paragraph', '<ol start="1"><li><p>a</p><p>second paragraph</p></li></ol>'],
    ['- a\n1. b', '<ul><li>a</li></ul><ol start="1"><li>b</li></ol>'],
    ['> said\n> he', '<blockquote><p>said\nhe</p></blockquote>'],
    ['---', '<hr/>'],
    ['text\n***', '<p>text</p><hr/>'],
    [
      '```sql\nselect *\n  from t\n```\nafter',
      '<pre tabindex="0"><code>select *\n  from t</code></pre><p>after</p>',
    ],
    ['~~~\n```\n~~~', '<pre tabindex="0"><code>```</code></pre>'],
    ['```\nnever closed', '<pre tabindex="0"><code>never closed</code></pre>'],
    ['- [x] done\n- [ ] open', '<ul><li>☑ done</li><li>☐ open</li></ul>'],
    ['a <!-- secret --> b', '<p>a  b</p>'],
    ['<!-- secret\n\nstill secret -->\n\nafter', '<p>after</p>'],
    ['```\n<!-- code -->\n```', '<pre tabindex="0"><code>&lt;!-- code --&gt;</code></pre>'],
    ['<b>\n*x*\n</b>', '<p>&lt;b&gt;\n*x*\n&lt;/b&gt;</p>'],
    ['[a][b]\n\n[b]: /docs', '<p><a href="/docs">a</a></p>'],
  ])('%j', (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  it('draws tables with their alignment, and cells that are missing', () => {
    const table = html('| a | b | c |\n|:--|--:|:-:|\n| 1 | `x\\|y` |\n| | **2** | 3 | 4 |');
    expect(table).toContain(
      '<th scope="col" class="align-left">a</th><th scope="col" class="align-right">b</th><th scope="col" class="align-center">c</th>',
    );
    expect(table).toContain(
      '<tr><td class="align-left">1</td><td class="align-right"><code>x|y</code></td><td class="align-center"></td></tr>',
    );
    expect(table).toContain(
      '<td class="align-right"><strong>2</strong></td><td class="align-center">3</td></tr>',
    );
    expect(html('a | b\nno table')).toBe('<p>a | b\nno table</p>');
    expect(html('a | b\n--|--\n1 | 2')).toContain('<th scope="col">a</th><th scope="col">b</th>');
    expect(html('| `a` | b |\n|--|--|')).toContain(
      '<div class="scroll" tabindex="0" role="group" aria-label="a, b">',
    );
  });

  it.each([
    ['**bold** and *soft* and _soft_', '<strong>bold</strong> and <em>soft</em> and <em>soft</em>'],
    ['**bold *and soft***', '<strong>bold <em>and soft</em></strong>'],
    ['~~gone~~ a\\\nb', '<del>gone</del> a<br/>b'],
    ['a&nbsp;b &amp; &#60;i&#62; `&amp;` &x', 'a&nbsp;b &amp; &lt;i&gt; <code>&amp;amp;</code> &amp;x'],
    ['`code *is* code`', '<code>code *is* code</code>'],
    ['`` a ` b ``', '<code>a ` b</code>'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
    ['\\*no\\* \\[no](x)', '*no* [no](x)'],
    [
      '[a](https://x.test/y) [b](/docs) [c](#here)',
      '<a href="https://x.test/y">a</a> <a href="/docs">b</a> <a href="#here">c</a>',
    ],
    ['[**a** b](other.md#part)', '<a href="/docs/other#part"><strong>a</strong> b</a>'],
    ['[a](https://x.test/a_(b)) .', '<a href="https://x.test/a_(b)">a</a> .'],
    ['[a](<https://x.test> "Title")', '<a href="https://x.test">a</a>'],
    ['![a picture](/cockpit.png)', '<a href="/cockpit.png">a picture</a>'],
    [
      'see https://x.test/a?b=1, or <a@b.test>.',
      'see <a href="https://x.test/a?b=1">https://x.test/a?b=1</a>, or <a href="mailto:a@b.test">a@b.test</a>.',
    ],
    ['[open [brackets', '[open [brackets'],
    ['[a *b* [c](/docs) d', '[a <em>b</em> <a href="/docs">c</a> d'],
    ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
  ])('%j within a line', (markdown, expected) => {
    expect(html(markdown)).toBe(`<p>${expected}</p>`);
  });

  it.each([
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](data:text/html,<script>)',
    '[a](//evil.test)',
    '[a](/\\evil.test)',
    '[a](vbscript:x)',
    '<javascript:alert(1)>',
  ])('makes no link of %j', (markdown) => {
    expect(html(markdown)).not.toContain('href');
  });

  it('lets no HTML through, in any place', () => {
    const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>';
    const everywhere = [
      `# ${evil}`,
      evil,
      `- ${evil}`,
      `> ${evil}`,
      `| ${evil} |\n|---|\n| ${evil} |`,
      `[${evil}](/x"onclick="y)`,
      `\`${evil}\``,
    ].join('\n\n');
    const page = html(everywhere);
    expect(page).not.toMatch(/<script|<img|<a href="[^"]*" /);
    expect(page).toContain('&lt;script&gt;');
  });

  it('reads any text, and loses no word that stands outside of tables, addresses and the first lines of code', () => {
    const parts = [
      'word',
      '*',
      '**',
      '_',
      '`',
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '> ',
      '# ',
      '---',
      '\\',
      ' ',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const count = (from: string): number => (from.match(/word/g) ?? []).length;
        const expected = count(text.replaceAll(/`{3,}[^\n]*/g, '').replaceAll(/\]\([^)]*\)/g, ''));
        expect(count(html(text).replaceAll(/ id="[^"]*"/g, ''))).toBeGreaterThanOrEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes long lines of nothing but marks', () => {
    for (const mark of [
      '*',
      '_',
      '`',
      '[',
      '(',
      '![',
      '**a',
      '[a](',
      '> ',
      '- ',
      '#',
      '|',
      '<',
      '\\',
      '<!--',
      '* ',
      '1. ',
    ])
      expect(() => html(mark.repeat(3000))).not.toThrow();
    expect(() => html('*a **b '.repeat(1000) + 'c** d* '.repeat(1000))).not.toThrow();
  });

  it('nests no deeper than a page needs', () => {
    expect(() => html('> '.repeat(500) + 'deep')).not.toThrow();
    expect(html(`${'> '.repeat(500)}deep`)).toContain('deep');
  });
});

describe('the sections of a page', () => {
  const show = (text: string): string => renderToString(jsx(Markdown, { text, contents: 'On this page' }));
  const page = '# Title\n\n## A `b`\n\n## C & D\n\n### Part\n\n## Как\n\n';

  it('are listed under the title of a long page, by what they are called', () => {
    expect(show(`${page}## Same\n\n## Same`)).toContain(
      '<h1 id="title">Title</h1><nav aria-label="On this page"><ul class="counts small">' +
        '<li><a href="#a-b">A b</a></li><li><a href="#c-d">C &amp; D</a></li><li><a href="#как">Как</a></li>' +
        '<li><a href="#same">Same</a></li><li><a href="#same-1">Same</a></li></ul></nav><h2 id="a-b">',
    );
    expect(show('## A\n\n## B\n\n## C\n\n## D')).toMatch(/^<nav/);
  });

  it('are not listed where there are few', () => {
    expect(show(page)).not.toContain('<nav');
  });
});

describe('a picture', () => {
  const known = { src: '/docs/pictures/a.png?sig=x', width: 1280, height: 720 };
  const show = (text: string): string =>
    renderToString(
      jsx(Markdown, { text, findPicture: (at: string) => (at === 'pictures/a.png' ? known : undefined) }),
    );
  const image =
    '<img src="/docs/pictures/a.png?sig=x" width="1280" height="720" alt="An &quot;alert&quot;" loading="lazy" decoding="async"/>';

  it('that may be loaded leads to itself, keeps its place and has its text', () => {
    expect(show('![An "alert"](pictures/a.png)')).toBe(
      `<p><a href="/docs/pictures/a.png?sig=x">${image}</a></p>`,
    );
    expect(show('[![An "alert"](pictures/a.png)](slack.md)')).toBe(
      `<p><a href="/docs/slack">${image}</a></p>`,
    );
  });

  it.each([
    ['![a *b*](pictures/b.png)', 'a *b*'],
    ['![a](https://web.test/a.png)', '<a href="https://web.test/a.png">a</a>'],
    ['[![a](https://web.test/a.png)](/docs)', '<a href="/docs">a</a>'],
    ['![a](javascript:alert(1))', 'a'],
    ['![a](data:image/png;base64,AA==)', 'a'],
    ['![a](//web.test/a.png)', 'a'],
    ['![a](pictures/../a.png)', 'a'],
  ])('%s is its text', (markdown, expected) => {
    expect(show(markdown)).toBe(`<p>${expected}</p>`);
  });
});

describe('safeHref', () => {
  it.each([
    ['https://a.test/b', 'https://a.test/b'],
    ['mailto:a@b.test', 'mailto:a@b.test'],
    ['/docs/x', '/docs/x'],
    ['#part', '#part'],
    ['page.md', '/docs/page'],
    ['./docs/page.md#x', '/docs/page#x'],
    ['../etc/passwd', undefined],
    ['page.html', undefined],
    ['https://a b', undefined],
    ['', undefined],
  ])('%s', (href, expected) => {
    expect(safeHref(href)).toBe(expected);
  });
});
