import {
  answerText,
  FIRST_LINE_MAX,
  isVisible,
  lineText,
  oneLine,
  printable,
  shorten,
  writeLines,
  type Answer,
  type Line,
  type Span,
  type Words,
} from '../../answers/index.ts';
import { context, section, type Block } from './blocks.ts';
import { ALT_TEXT_MAX, CODE_SECTIONS_MAX, PLAIN_TEXT_MAX, SECTION_TEXT_MAX, SECTIONS_MAX } from './limits.ts';
import { codeBlock, escapeCode, escapeText, writeMrkdwn } from './mrkdwn.ts';
import { renderButtons } from './render-buttons.ts';
import { linesInSlack, nameInSlack } from './slash-names.ts';

/** A message as Slack takes it: `text` is what a phone shows, the blocks are the message. */
export type Rendered = { text: string; blocks: Block[] };

export type RenderOptions = {
  words: Words;
  /** a picture that Slack has processed */
  picture?: { fileId: string; alt: string } | null;
  /** a last line, such as the mark of a message that may be a repeat */
  mark?: string;
};

const ELLIPSIS = '…';

/** Gives an answer as text and blocks inside Slack's limits; what does not fit is cut from the end. Pure. */
export function renderAnswer(answer: Answer, { words, picture, mark }: RenderOptions): Rendered {
  const buttons = renderButtons(answer.buttons ?? [], words);
  const moved = buttons.moved.map(({ label, url }): Line => [`${label}: ${url}`]);
  const sections = renderLines([...answer.lines, ...moved]);
  const code = renderCode(answer.code);
  const body = sections.length + code.length > 0 ? [...sections, ...code] : [section(ELLIPSIS)];
  return {
    text: notificationOf(answer),
    blocks: [
      ...body,
      ...(picture ? [imageOf(picture)] : []),
      ...buttons.blocks,
      ...(mark ? [context(mark)] : []),
    ],
  };
}

/** Gives the same without blocks, for when Slack refuses them: everything in `text`. Pure. */
export function renderPlain(answer: Answer, { mark }: Pick<RenderOptions, 'mark'>): Rendered {
  const own = { ...answer, lines: linesInSlack(answer.lines) };
  const text = [answerText(own), ...(mark ? [mark] : [])].join('\n');
  // an escaped character may be five
  const room = PLAIN_TEXT_MAX / 5;
  const cut = shorten(isVisible(text) ? text : ELLIPSIS, room);
  return { text: cut.split('\n').map(escapeText).join('\n'), blocks: [] };
}

/** Gives what a phone shows of a message: its first line, at most 60 characters. */
export function notificationOf({ lines: [first = []] }: Pick<Answer, 'lines'>): string {
  const text = shorten(oneLine(nameInSlack(lineText(first))), FIRST_LINE_MAX);
  return isVisible(text) ? escapeText(text) : ELLIPSIS;
}

/** Gives lines as sections, each as full as Slack allows. */
export function renderLines(lines: readonly Line[], most = SECTIONS_MAX): Block[] {
  const texts: string[] = [];
  for (const line of linesInSlack(lines)) {
    const text = writeLines([line.map(clamp)], writeMrkdwn, SECTION_TEXT_MAX);
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= SECTION_TEXT_MAX)
      texts[texts.length - 1] = `${last}\n${text}`;
    else texts.push(text);
  }
  return texts
    .filter(isVisible)
    .slice(0, most)
    .map((text) => section(text));
}

/** What is behind the cut need not be read. */
function clamp(span: Span): Span {
  const text = typeof span === 'string' ? span : span.text;
  if (text.length <= SECTION_TEXT_MAX) return span;
  const cut = text.slice(0, SECTION_TEXT_MAX + 1);
  return typeof span === 'string' ? cut : { ...span, text: cut };
}

/** Room for the marks of a block, and for characters that are escaped by five. */
const CODE_LINE_MAX = (SECTION_TEXT_MAX - codeBlock('').length) / 5;

function renderCode(code: string | undefined): Block[] {
  if (code === undefined) return [];
  const chunks: string[] = [];
  for (const line of answerText({ lines: [], code }).split('\n')) {
    const text = escapeCode(shorten(line, CODE_LINE_MAX));
    const last = chunks.at(-1);
    if (last !== undefined && codeBlock(last).length + 1 + text.length <= SECTION_TEXT_MAX)
      chunks[chunks.length - 1] = `${last}\n${text}`;
    else chunks.push(text);
  }
  const shown = chunks.filter(isVisible);
  const cut = shown.length > CODE_SECTIONS_MAX ? [section(ELLIPSIS)] : [];
  return [...shown.slice(0, CODE_SECTIONS_MAX).map((chunk) => section(codeBlock(chunk))), ...cut];
}

/** Gives a picture as a block; its words are cut to Slack's limit. */
export function imageOf({ fileId, alt }: { fileId: string; alt: string }): Block {
  const text = shorten(printable(alt).trim(), ALT_TEXT_MAX);
  return { type: 'image', slack_file: { id: fileId }, alt_text: text === '' ? ELLIPSIS : text };
}
