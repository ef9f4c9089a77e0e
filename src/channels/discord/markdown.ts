import { printable, writePlain, type SpanWriter } from '../../answers/index.ts';
import { encodeAddress, isWebAddress } from '../../lib/web-address.ts';

const ADDRESS_MARKS = /[()<>]/g;

/** Gives a span as Discord's Markdown; instants are shown in the reader's zone. */
export const writeMarkdown: SpanWriter = (span) => {
  if (typeof span === 'string') return escapeMarkdown(span);
  if (span.text.trim() === '') return printable(span.text);
  switch (span.kind) {
    case 'bold':
      return `**${escapeMarkdown(span.text)}**`;
    case 'italic':
      return `*${escapeMarkdown(span.text)}*`;
    case 'code':
      return `\`${printable(span.text).replaceAll('`', "'")}\``;
    case 'link':
      return isWebAddress(span.url)
        ? `[${escapeMarkdown(span.text)}](${encodeAddress(span.url, ADDRESS_MARKS)})`
        : escapeMarkdown(writePlain(span));
    case 'at':
      return instantMark(span.at, span.text);
  }
};

/** Gives a text whose characters stand for themselves: no marks, no mentions, no lists. */
export function escapeMarkdown(text: string): string {
  return defuseMentions(printable(text).replace(/[\\*_~`|[\]<>#]/g, '\\$&'))
    .replace(/^(\s*)([-+])/, '$1\\$2')
    .replace(/^(\s*\d+)\.(?=\s|$)/, '$1\\.');
}

/** Breaks what would call everybody; the calls are switched off too (`allowed_mentions`). */
export function defuseMentions(text: string): string {
  return text.replace(/@(?=everyone|here|[&!]?\d)/gi, '@\u200b');
}

/** A block of fixed width that its own text cannot end. */
export function codeBlock(text: string): string {
  return `\`\`\`\n${text.replaceAll('```', "'''")}\n\`\`\``;
}

const LATEST_UNIX_TIME = 2 ** 31 - 1;

/** Discord's format that shows what the fallback shows: a clock time, that and a date, a date, or an age. */
function instantMark(at: Date, fallback: string): string {
  const unix = Math.floor(at.getTime() / 1000);
  if (!(unix > 0 && unix <= LATEST_UNIX_TIME)) return escapeMarkdown(fallback);
  const day = fallback.replace(/\d{1,2}:\d{2}(:\d{2})?/, '');
  if (day === fallback) return `<t:${unix}:${/\d{4}/.test(fallback) ? 'D' : 'R'}>`;
  return `<t:${unix}:${/[\p{L}\d]/u.test(day) ? 'f' : 't'}>`;
}
