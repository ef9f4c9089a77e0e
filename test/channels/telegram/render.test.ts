import { describe, expect, it } from 'vitest';
import type { Answer, Span } from '../../../src/answers/index.ts';
import { CAPTION_MAX, TEXT_MAX } from '../../../src/channels/telegram/limits.ts';
import { renderAnswer, renderButtons } from '../../../src/channels/telegram/render.ts';
import { parseHtml } from '../../../src/playground/bot-api/html.ts';
import { checkRendered } from '../../../src/playground/bot-api/index.ts';

const refuse = (error: Error): never => {
  throw error;
};
const render = (answer: Answer, options: { maxLength?: number; mark?: string } = {}) =>
  renderAnswer(answer, { maxLength: TEXT_MAX, onRefusedButton: refuse, ...options });
const spans = (...line: Span[]): Answer => ({ lines: [line] });
const textOf = (html: string): string => {
  const parsed = parseHtml(html);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.text;
};

describe('an answer as Telegram HTML', () => {
  it('marks spans and escapes what people wrote', () => {
    const { html, plain } = render({
      lines: [
        ['a<b> & "c" ', { kind: 'bold', text: '<x>' }, { kind: 'italic', text: 'i' }],
        [{ kind: 'code', text: 'c&d' }, ' ', { kind: 'link', text: 'docs', url: 'https://a.b/?x=1&y="2"' }],
      ],
      code: 'select 1\r\n\twhere a < 2\n',
    });
    expect(html).toBe(
      'a&lt;b&gt; &amp; &quot;c&quot; <b>&lt;x&gt;</b><i>i</i>\n' +
        '<code>c&amp;d</code> <a href="https://a.b/?x=1&amp;y=&quot;2&quot;">docs</a>\n' +
        '<pre>select 1\n where a &lt; 2</pre>',
    );
    expect(plain).toBe('a<b> & "c" <x>i\nc&d docs (https://a.b/?x=1&y="2")\nselect 1\n where a < 2');
  });

  it.each([
    ['13:45', 't'],
    ['Fri 13:45', 'wt'],
    ['пт 13:45', 'wt'],
    ['12 Nov 13:45', 'dt'],
    ['12 Nov 2025', 'd'],
    ['15 min ago', 'r'],
  ])('shows the instant "%s" in the reader\'s own zone by format %s', (text, format) => {
    const { html } = render(spans({ kind: 'at', at: new Date('2026-11-20T13:45:00.900Z'), text }));
    expect(html).toBe(`<tg-time unix="1795182300" format="${format}">${text}</tg-time>`);
  });

  it('leaves an instant that Telegram cannot count as text', () => {
    for (const at of [new Date(Number.NaN), new Date(0), new Date('2040-01-01')])
      expect(render(spans({ kind: 'at', at, text: 'then' })).html).toBe('then');
  });

  it('T18a writes a link as text where Telegram would show no link', () => {
    const { html } = render(
      spans({ kind: 'link', text: 'docs', url: 'http://localhost:8080/docs' }, ' ', {
        kind: 'link',
        text: 'http://db',
        url: 'http://db',
      }),
    );
    expect(html).toBe('docs (http://localhost:8080/docs) http://db');
  });

  it('T18a moves a button to localhost into the text', () => {
    const rendered = render({
      lines: [['Alert']],
      buttons: [
        [{ label: 'Docs', url: 'http://localhost:8080/docs' }],
        [
          { label: 'Ack', press: 'a' },
          { label: 'Site', url: 'https://a.b' },
        ],
      ],
    });
    expect(rendered.html).toBe('Alert\nDocs: http://localhost:8080/docs');
    expect(rendered.keyboard).toEqual([
      [
        { text: 'Ack', callback_data: 'a' },
        { text: 'Site', url: 'https://a.b' },
      ],
    ]);
    expect(checkRendered(rendered, { alert: true })).toEqual([]);
  });

  it('T18a gives moved links at most half of a message', () => {
    const long = `http://localhost/${'x'.repeat(600)}`;
    const { plain } = render(
      {
        lines: [['a'.repeat(2000)]],
        buttons: [
          [
            { label: 'One', url: 'http://localhost/1' },
            { label: 'Long', url: long },
          ],
        ],
      },
      { maxLength: CAPTION_MAX },
    );
    expect(plain).toContain('One: http://localhost/1');
    expect(plain).not.toContain('Long');
    expect(plain).toHaveLength(CAPTION_MAX);
  });

  it('ends with a mark that is never cut', () => {
    const { html } = render({ lines: [['x'.repeat(5000)]] }, { mark: 'may be a repeat' });
    expect(html).toMatch(/x…\n<i>may be a repeat<\/i>$/);
    expect(textOf(html)).toHaveLength(TEXT_MAX);
  });

  it('says something even when there is nothing to say', () => {
    for (const lines of [[], [['']], [['\u200b\u202e ']], [['\n']]]) expect(render({ lines }).html).toBe('…');
    expect(render({ lines: [], code: 'select 1' }).html).toBe('<pre>select 1</pre>');
  });
});

describe('T14 cutting', () => {
  const emoji = '👩‍👩‍👧‍👦';

  it('cuts the code block first, then the last lines, and keeps the first', () => {
    const first = 'F'.repeat(60);
    const withCode = render({ lines: [[first], ['second']], code: 'c'.repeat(9_000) });
    expect(textOf(withCode.html)).toMatch(/^F{60}\nsecond\nc+…$/);
    expect(withCode.html).toMatch(/c…<\/pre>$/);
    const manyLines = render({
      lines: [[first], ...Array.from({ length: 300 }, (_, n): Span[] => [`line ${n} ${'-'.repeat(20)}`])],
      code: 'select',
    });
    expect(textOf(manyLines.html)).toMatch(/^F{60}\nline 0 [\s\S]*[^ ]…$/);
    expect(manyLines.html).not.toContain('select');
  });

  it('keeps a 10,000-character name inside text and caption', () => {
    for (const name of [
      'n'.repeat(10_000),
      '😀'.repeat(5_000),
      emoji.repeat(1_000),
      'é'.normalize('NFD').repeat(5_000),
      '&'.repeat(10_000),
    ])
      for (const maxLength of [TEXT_MAX, CAPTION_MAX]) {
        const rendered = render(spans('🔴 ', { kind: 'bold', text: name }, ' 3.1 %'), { maxLength });
        expect(checkRendered(rendered, { caption: maxLength === CAPTION_MAX })).toEqual([]);
        expect(textOf(rendered.html).length).toBeGreaterThan(maxLength - 45);
        expect(rendered.html).toContain('…</b>');
      }
  });

  it('never parts what makes one sign', () => {
    const cut = (text: string) => textOf(render({ lines: [[text]] }).html);
    expect(cut(`${'a'.repeat(4094)}😀😀`)).toBe(`${'a'.repeat(4094)}…`);
    expect(cut(`${'a'.repeat(4090)}${emoji}x`)).toBe(`${'a'.repeat(4090)}…`);
    expect(cut(`${'a'.repeat(4095)}\u0301\u0301`)).toBe(`${'a'.repeat(4094)}…`);
    expect(cut('a'.repeat(4096))).toBe('a'.repeat(4096));
  });

  it('puts the ellipsis after words, not after spaces', () => {
    expect(render({ lines: [['a'.repeat(4000)], [' '.repeat(200)], ['b']] }).plain).toBe(
      `${'a'.repeat(4000)}…`,
    );
    expect(render({ lines: [[' '.repeat(9000)]] }).plain).toBe('…');
  });

  it('drops markup that would be longer than Telegram reads', () => {
    const url = `https://a.b/${'&'.repeat(1_000)}`;
    const { html, plain } = render({
      lines: Array.from({ length: 40 }, (): Span[] => [{ kind: 'link', text: 'x', url }]),
    });
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(32_768);
    expect(textOf(html)).toBe(plain);
  });
});

describe('T14 signs that turn or break lines', () => {
  it('keeps lines whole and pairs paired', () => {
    const { html } = render(spans('a\u0000b\nc\td \ud800 مرحبا'));
    expect(html).toBe('a b c d \ufffd مرحبا');
  });
});

describe('buttons', () => {
  it.each([
    [{ label: 'x', press: '' }, '0 bytes'],
    [{ label: 'x', press: 'я'.repeat(33) }, '66 bytes'],
    [{ label: ' ', press: 'a' }, 'its label is empty'],
    [{ label: 'x', url: 'javascript:alert(1)' }, 'not http, https or tg'],
  ])('refuses %o with a code', (button, why) => {
    expect(() => render({ lines: [['a']], buttons: [[button]] })).toThrow(
      expect.objectContaining({ code: 'button_invalid', message: expect.stringContaining(why) }),
    );
  });

  it('leaves a refused one out in production, and keeps the rest', () => {
    const refused: string[] = [];
    const keyboard = renderButtons(
      [
        [{ label: 'bad', press: '' }],
        [
          { label: 'good', press: 'a' },
          { label: 'profile', url: 'tg://user?id=1' },
        ],
      ],
      ({ message }) => refused.push(message),
    );
    expect(keyboard).toEqual([
      [
        { text: 'good', callback_data: 'a' },
        { text: 'profile', url: 'tg://user?id=1' },
      ],
    ]);
    expect(refused).toHaveLength(1);
  });

  it('breaks long rows and keeps the first hundred', () => {
    const refused: string[] = [];
    const row = Array.from({ length: 110 }, (_, n) => ({ label: `b${n}`, press: `${n}` }));
    const keyboard = renderButtons([row], ({ message }) => refused.push(message));
    expect(keyboard.map((part) => part.length)).toEqual([...Array<number>(12).fill(8), 4]);
    expect(refused).toEqual([expect.stringContaining('100 buttons')]);
  });
});

describe('the check of rendered messages', () => {
  it('names what Telegram would refuse', () => {
    const ok = { html: 'a', plain: 'a', keyboard: [] };
    expect(checkRendered(ok, { caption: true, alert: true })).toEqual([]);
    expect(checkRendered({ ...ok, html: '<b>a' })).toEqual([expect.stringContaining("can't parse entities")]);
    expect(checkRendered({ ...ok, plain: 'a'.repeat(1025) }, { caption: true })).toEqual([
      expect.stringContaining('too long'),
    ]);
    expect(checkRendered({ ...ok, html: 'a'.repeat(61) }, { alert: true })).toEqual([
      expect.stringContaining('61 characters'),
    ]);
    expect(checkRendered({ ...ok, keyboard: [[{ text: 'x', url: 'http://localhost' }]] })).toEqual([
      expect.stringContaining('Wrong HTTP URL'),
    ]);
  });
});
