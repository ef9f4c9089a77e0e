import { printable, shorten } from './shorten.ts';
import type { Answer, Line, Span } from './types.ts';

/** Gives a span as a platform writes it, with its marks and escapes. */
export type SpanWriter = (span: Span) => string;

/** Gives a span without marks; a link names its address, unless its text is the address. */
export const writePlain: SpanWriter = (span) => {
  if (typeof span === 'string') return printable(span);
  const text = printable(span.text);
  return span.kind === 'link' && span.url !== span.text ? `${text} (${printable(span.url)})` : text;
};

/** Gives an answer as plain text, one line a line, the code block last. */
export function answerText({ lines, code }: Pick<Answer, 'lines' | 'code'>): string {
  const block = code?.split('\n').map((line) => printable(line).trimEnd()) ?? [];
  return [...lines.map((line) => line.map(writePlain).join('')), ...block].join('\n').trimEnd();
}

/**
 * Gives lines in at most `room` UTF-16 units of what the platform is sent, escapes and marks counted, with an ellipsis where
 * something was left out. A cut never falls into an escape or a mark.
 */
export function writeLines(lines: readonly Line[], write: SpanWriter, room: number): string {
  const spans = lines.flatMap((line, index): Span[] => (index === 0 ? [...line] : [BREAK, ...line]));
  let text = '';
  for (const [index, span] of spans.entries()) {
    const piece = span === BREAK ? '\n' : write(span);
    const isLast = index === spans.length - 1;
    if (text.length + piece.length + (isLast ? 0 : ELLIPSIS.length) > room)
      return endAt(text, { span, write, room });
    text += piece;
  }
  return text;
}

/** Tells whether anything of a text can be seen: platforms refuse a message without. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}

const VISIBLE = /[^\s\p{C}\u2800\u3164]/u;
const BREAK: Span = { kind: 'bold', text: '\n' };
const ELLIPSIS = '…';

/** The text with as much of its next span as there is room for; at least the ellipsis is kept free. */
function endAt(text: string, { span, write, room }: { span: Span; write: SpanWriter; room: number }): string {
  const left = room - text.length;
  const whole = typeof span === 'string' ? span : span.text;
  let max = span === BREAK ? 0 : Math.min(whole.length - 1, left);
  while (max > ELLIPSIS.length) {
    const piece = write(withText(span, shorten(whole, max)));
    if (piece.length <= left) return text + piece;
    max = Math.min(max - 1, Math.floor((max * left) / piece.length));
  }
  return left < ELLIPSIS.length ? text : text.trimEnd() + ELLIPSIS;
}

function withText(span: Span, text: string): Span {
  return typeof span === 'string' ? text : { ...span, text };
}
