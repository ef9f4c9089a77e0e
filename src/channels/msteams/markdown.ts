import { printable, writePlain, type SpanWriter } from '../../answers/index.ts';

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
        ? `[${escapeCardText(span.text)}](${safeAddress(span.url)})`
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

export function isWebAddress(address: string): boolean {
  return /^https?:/i.test(address) && URL.canParse(address);
}

const ADDRESS_ESCAPES: Record<string, string> = {
  '(': '%28',
  ')': '%29',
  '<': '%3C',
  '>': '%3E',
  '{': '%7B',
};

function safeAddress(address: string): string {
  return new URL(address).href.replace(/[()<>{]/g, (char) => ADDRESS_ESCAPES[char] ?? char);
}

/** Gives an instant in the reader's own zone and form. */
export function cardInstant(at: Date): string {
  const text = at.toISOString().replace(/\.\d{3}Z$/, 'Z');
  return `{{DATE(${text}, SHORT)}} {{TIME(${text})}}`;
}
