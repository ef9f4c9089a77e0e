import type { Answer, Line, Span } from '../../answers/index.ts';
import { ELLIPSIS, fitPieces, lengthOf, type Piece } from './fit.ts';
import { renderKeyboard, type Keyboard, type MovedLink, type OnRefusedButton } from './keyboard.ts';
import { MARKUP_MAX_BYTES } from './limits.ts';
import { isClickable } from './link.ts';

/** A message as Telegram takes it. `plain` says the same without markup, for when Telegram refuses the markup. */
export type Rendered = { html: string; plain: string; keyboard: Keyboard };

export type RenderOptions = {
  /** UTF-16 units after entities: TEXT_MAX or CAPTION_MAX */
  maxLength: number;
  onRefusedButton: OnRefusedButton;
  /** a last line that is never cut, such as the mark of a message that may be a repeat */
  mark?: string;
};

/** Links moved out of buttons take at most this share of a message. */
const MOVED_LINKS_SHARE = 0.5;
const LATEST_UNIX_TIME = 2 ** 31 - 1;
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f]+/g;
// oxlint-disable-next-line no-control-regex
const CONTROLS_OF_CODE = /[\u0000-\u0009\u000b-\u001f\u007f]+/g;
const VISIBLE = /[^\s\p{C}\u2800\u3164]/u;

const NEWLINE = plainPiece('\n');

/**
 * Gives an answer as Telegram HTML, plain text and keyboard, inside Telegram's limits: first the code block is cut, then the last
 * lines; the first line keeps at least its first 60 characters.
 */
export function renderAnswer(answer: Answer, options: RenderOptions): Rendered {
  const { keyboard, moved } = renderKeyboard(answer.buttons ?? [], options.onRefusedButton);
  const html = toHtml(compose(answer, moved, { ...options, spanOf: markedSpan }));
  const plain = toText(compose(answer, moved, { ...options, spanOf: plainSpan }));
  return {
    html: Buffer.byteLength(html) <= MARKUP_MAX_BYTES ? html : escapeHtml(plain),
    plain,
    keyboard,
  };
}

/** Gives buttons as an inline keyboard; links that Telegram takes in no button are left out. */
export function renderButtons(buttons: NonNullable<Answer['buttons']>, onRefused: OnRefusedButton): Keyboard {
  return renderKeyboard(buttons, onRefused).keyboard;
}

type ComposeOptions = RenderOptions & { spanOf: (span: Span) => Piece };

function compose(answer: Answer, moved: readonly MovedLink[], options: ComposeOptions): Piece[] {
  const tail = composeTail(moved, options);
  const room = options.maxLength - lengthOf(tail);
  const lines = joinLines(answer.lines.map((line) => composeLine(line, options.spanOf)));
  const body = fitPieces([...lines, ...composeCode(answer.code, lines.length > 0)], room);
  const pieces = [...body, ...tail];
  return pieces.some((piece) => VISIBLE.test(piece.text)) ? pieces : [plainPiece(ELLIPSIS)];
}

function composeLine(line: Line, spanOf: ComposeOptions['spanOf']): Piece[] {
  return line.map((span) => {
    const piece = spanOf(span);
    return { ...piece, text: piece.text.toWellFormed().replace(CONTROLS, ' ') };
  });
}

function joinLines(lines: readonly Piece[][]): Piece[] {
  return lines.flatMap((line, index) => (index === 0 ? line : [NEWLINE, ...line]));
}

function composeCode(code: string | undefined, hasLines: boolean): Piece[] {
  const text = code?.toWellFormed().replace(/\r\n?/g, '\n').replace(CONTROLS_OF_CODE, ' ').trimEnd();
  if (!text) return [];
  return [...(hasLines ? [NEWLINE] : []), { text, open: '<pre>', close: '</pre>' }];
}

function composeTail(moved: readonly MovedLink[], { maxLength, mark }: ComposeOptions): Piece[] {
  const tail: Piece[] = [];
  for (const { label, url } of moved) {
    const link = [NEWLINE, plainPiece(`${label}: ${url}`)];
    if (lengthOf([...tail, ...link]) <= maxLength * MOVED_LINKS_SHARE) tail.push(...link);
  }
  if (mark) tail.push(NEWLINE, { text: mark, open: '<i>', close: '</i>' });
  return tail;
}

function plainPiece(text: string): Piece {
  return { text, open: '', close: '' };
}

function plainSpan(span: Span): Piece {
  if (typeof span === 'string') return plainPiece(span);
  return plainPiece(span.kind === 'link' ? linkAsText(span) : span.text);
}

function markedSpan(span: Span): Piece {
  if (typeof span === 'string') return plainPiece(span);
  const { text } = span;
  switch (span.kind) {
    case 'bold':
      return { text, open: '<b>', close: '</b>' };
    case 'italic':
      return { text, open: '<i>', close: '</i>' };
    case 'code':
      return { text, open: '<code>', close: '</code>' };
    case 'link':
      return isClickable(span.url)
        ? { text, open: `<a href="${escapeHtml(span.url.toWellFormed())}">`, close: '</a>' }
        : plainPiece(linkAsText(span));
    case 'at':
      return markedInstant(span.at, text);
  }
}

/** Telegram shows such a link as text only, so its address must be readable. */
function linkAsText({ text, url }: { text: string; url: string }): string {
  return text === url ? url : `${text} (${url})`;
}

function markedInstant(at: Date, text: string): Piece {
  const unix = Math.floor(at.getTime() / 1000);
  if (!(unix > 0 && unix <= LATEST_UNIX_TIME)) return plainPiece(text);
  return { text, open: `<tg-time unix="${unix}" format="${instantFormat(text)}">`, close: '</tg-time>' };
}

/** Telegram's format that shows what the fallback shows: a clock time, with its day or date; a date; or an age. */
function instantFormat(fallback: string): string {
  const day = fallback.replace(/\d{1,2}:\d{2}(:\d{2})?/, '');
  if (day === fallback) return /\d{4}/.test(fallback) ? 'd' : 'r';
  if (/\d/.test(day)) return 'dt';
  return /\p{L}/u.test(day) ? 'wt' : 't';
}

function toHtml(pieces: readonly Piece[]): string {
  return pieces.map(({ open, text, close }) => open + escapeHtml(text) + close).join('');
}

function toText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join('');
}

const ESCAPES: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[<>&"]/g, (char) => ESCAPES[char] ?? char);
}
