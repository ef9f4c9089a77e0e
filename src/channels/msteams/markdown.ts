import { printable, writePlain, type SpanWriter } from '../../answers/index.ts';
import { encodeAddress, isWebAddress } from '../../lib/web-address.ts';

const ADDRESS_MARKS = /[()<>{]/g;

/** Gives a span as the Markdown of a TextBlock: https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features. */
export const writeCardText: SpanWriter = (span) => {
  if (typeof span === 'string') return escapeCardText(span);
  if (span.text.trim() === '') return printable(span.text);
  switch (span.kind) {
    case 'bold':
      return `**${escapeCardText(span.text)}**`;
    case 'italic':
      return `_${escapeCardText(span.text)}_`;
    case 'link':
      return isWebAddress(span.url)
        ? `[${escapeCardText(span.text)}](${encodeAddress(span.url, ADDRESS_MARKS)})`
        : escapeCardText(writePlain(span));
    case 'code':
    case 'at':
      return escapeCardText(span.text);
  }
};

/** Gives a text whose characters stand for themselves: no marks, no `<at>`, no `{{DATE()}}`, no lists. */
export function escapeCardText(text: string): string {
  return printable(text)
    .replace(/[\\*_`[\]<>~#&]/g, '\\$&')
    .replaceAll('{{', '{\\{')
    .replace(/^(\s*)([-+])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2');
}

/** Gives an instant in the reader's own zone and form. */
export function cardInstant(at: Date): string {
  const text = at.toISOString().replace(/\.\d{3}Z$/, 'Z');
  return `{{DATE(${text}, SHORT)}} {{TIME(${text})}}`;
}
