import type { Answer, Button, Line, PressAnswer, Span } from '../../src/answers/index.ts';

function spanText(span: Span): string {
  if (typeof span === 'string') return span;
  switch (span.kind) {
    case 'bold':
      return `**${span.text}**`;
    case 'italic':
      return `_${span.text}_`;
    case 'code':
      return `\`${span.text}\``;
    case 'link':
      return `[${span.text}](${span.url})`;
    case 'at':
      return `<${span.text}>`;
  }
}

function lineText(line: Line): string {
  return line.map(spanText).join('');
}

function buttonText(button: Button): string {
  return `[${button.label}] ${'press' in button ? button.press : button.url}`;
}

/** Writes an answer as text, so that a file of it can be reviewed. */
export function writeAnswer({ lines, code, picture, buttons }: Answer): string {
  return [
    ...lines.map(lineText),
    ...(code === undefined ? [] : ['```', code, '```']),
    ...(picture ? [`(picture ${picture.spec.kind}: ${picture.alt})`] : []),
    ...(buttons ?? []).map((row) => row.map(buttonText).join('   ')),
  ].join('\n');
}

/** Writes the answer to a press. */
export function writePress({ toast, alarm, answer }: PressAnswer): string {
  return [`${alarm ? '(!) ' : ''}${toast}`, ...(answer ? [writeAnswer(answer)] : [])].join('\n');
}
