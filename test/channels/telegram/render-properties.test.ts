import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAPTION_MAX, TEXT_MAX } from '../../../src/channels/telegram/limits.ts';
import { renderAnswer } from '../../../src/channels/telegram/render.ts';
import { parseHtml } from '../../../src/playground/bot-api/html.ts';
import { checkRendered } from '../../../src/playground/bot-api/index.ts';
import { randomAnswers } from '../random-answers.ts';

const RUNS = 10_000;
/** Seconds on a free machine; a busy one may take long. */
const TIMEOUT_MS = 120_000;

const NASTY: readonly string[] = [
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
];
const answer = randomAnswers({
  texts: NASTY,
  url: fc.oneof(
    fc.webUrl(),
    fc.constantFrom('http://localhost:8080/a', 'https://a.b/?q=<"&>', 'tg://user?id=1', 'x', 'http://a b.c/'),
  ),
  press: fc.string({ unit: 'binary', maxLength: 70 }),
  most: { lines: 8, rows: 4, perRow: 10 },
});

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
