import type { Line, Span } from '../../answers/index.ts';
import { isWebAddress } from './content.ts';
import type { MailContent } from './types.ts';

/** RFC 3676: what follows these two dashes and a space is no part of the message. */
const SIGNATURE = '-- ';

/** Gives a mail as plain text: state first, then the lines, the code, the links and why it came. */
export function renderText(content: MailContent): string {
  const { lines, code, picture, links, mark, footer, unsubscribe } = content;
  const body = [
    lines.map((line) => lineOf(line)).join('\n'),
    code,
    picture && `[${picture.alt}]`,
    links.map(({ label, url }) => `${label}\n${url}`).join('\n'),
    mark,
  ];
  const end = [SIGNATURE, footer, unsubscribe && `${unsubscribe.label}: ${unsubscribe.url}`];
  const join = (parts: readonly (string | null)[], between: string): string =>
    parts.filter((part) => part !== null && part !== '').join(between);
  return `${join([...body, join(end, '\n')], '\n\n')}\n`;
}

function lineOf(line: Line): string {
  return line.map(spanOf).join('').trimEnd();
}

function spanOf(span: Span): string {
  if (typeof span === 'string') return span;
  if (span.kind !== 'link' || !isWebAddress(span.url) || span.text === span.url) return span.text;
  return `${span.text} (${new URL(span.url).href})`;
}
