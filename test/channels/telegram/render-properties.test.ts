import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Button, Span } from '../../../src/answers/index.ts';
import { CAPTION_MAX, TEXT_MAX } from '../../../src/channels/telegram/limits.ts';
import { renderAnswer } from '../../../src/channels/telegram/render.ts';
import { parseHtml } from '../../../src/playground/bot-api/html.ts';
import { checkRendered } from '../../../src/playground/bot-api/index.ts';

const RUNS = 10_000;
/** Seconds on a free machine; a busy one may take long. */
const TIMEOUT_MS = 120_000;

const nasty = fc.constantFrom(
  '<b>',
  '</b>',
  '&lt;',
  '&amp',
  '&',
  '"',
  "'",
  '*_`[~>#',
  '😀',
  '👩‍👩‍👧‍👦',
  '🇪🇸',
  'مرحبا بالعالم',
  'שלום',
  '\u202e',
  '\u2066',
  '\u200d',
  '\u0301',
  '\ud83d',
  '\udc00',
  '\u0000',
  '\n',
  '\t',
  ' ',
  '',
);
const word = fc.oneof(
  { weight: 4, arbitrary: nasty },
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 40 }),
);
/** now and then as long as a name somebody pasted a file into */
const text = fc
  .tuple(fc.array(word, { maxLength: 5 }), fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 40, 1000))
  .map(([parts, times]) => parts.join('').repeat(times).slice(0, 10_000));
const url = fc.oneof(
  fc.webUrl(),
  fc.constantFrom('http://localhost:8080/a', 'https://a.b/?q=<"&>', 'tg://user?id=1', 'x', 'http://a b.c/'),
);

const span: fc.Arbitrary<Span> = fc.oneof(
  text,
  fc.record({ kind: fc.constantFrom('bold' as const, 'italic' as const, 'code' as const), text }),
  fc.record({ kind: fc.constant('link' as const), text, url }),
  fc.record({ kind: fc.constant('at' as const), at: fc.date({ noInvalidDate: false }), text }),
);
const button: fc.Arbitrary<Button> = fc.oneof(
  fc.record({ label: text, press: fc.string({ unit: 'binary', maxLength: 70 }) }),
  fc.record({ label: text, url }),
);
const answer: fc.Arbitrary<Answer> = fc.record(
  {
    lines: fc.array(fc.array(span, { maxLength: 4 }), { maxLength: 8 }),
    code: text,
    buttons: fc.array(fc.array(button, { maxLength: 10 }), { maxLength: 4 }),
  },
  { requiredKeys: ['lines'] },
);

const firstLineOf = (html: string): string => {
  const parsed = parseHtml(html);
  return parsed.ok ? (parsed.text.split('\n', 1)[0] ?? '') : '';
};

describe('rendering for Telegram, over random answers', () => {
  it(`T14 is inside the limits and taken by the stand-in, ${RUNS} times`, { timeout: TIMEOUT_MS }, () => {
    fc.assert(
      fc.property(answer, fc.boolean(), fc.boolean(), (value, caption, isRepeat) => {
        const rendered = renderAnswer(value, {
          maxLength: caption ? CAPTION_MAX : TEXT_MAX,
          onRefusedButton: () => {},
          ...(isRepeat ? { mark: 'may be a repeat' } : {}),
        });
        expect(checkRendered(rendered, { caption })).toEqual([]);
        expect(rendered.html.isWellFormed() && rendered.plain.isWellFormed()).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('T14 keeps at least 60 characters of the first line', () => {
    const long = fc
      .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 })
      .map((part) => `N${part.replace(/\s/g, '_')}N`.repeat(600));
    fc.assert(
      fc.property(long, answer, (first, rest) => {
        const { html } = renderAnswer(
          { ...rest, lines: [[first], ...rest.lines] },
          { maxLength: CAPTION_MAX, onRefusedButton: () => {} },
        );
        expect(firstLineOf(html).startsWith(first.slice(0, 60))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
