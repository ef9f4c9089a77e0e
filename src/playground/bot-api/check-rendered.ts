import { ApiFailure } from './failure.ts';
import { readKeyboard } from './keyboard.ts';
import { createParams } from './params.ts';
import { readFormatted } from './text.ts';
import type { InlineKeyboard } from './types.ts';

/** A message as a channel renders it for Telegram. */
export type RenderedMessage = { html: string; plain: string; keyboard: InlineKeyboard };

/** A notification on a phone shows about this much of the first line. */
const FIRST_LINE_MAX = 60;

/**
 * Lists why Telegram would refuse a rendered message, with or without its markup; for an alert's message also why its first
 * line would not work alone. Empty when all is well. For tests and golden files.
 */
export function checkRendered(
  { html, plain, keyboard }: RenderedMessage,
  options: { caption?: boolean; alert?: boolean } = {},
): string[] {
  const field = options.caption ? 'caption' : 'text';
  const markup = { reply_markup: { inline_keyboard: keyboard } };
  const marked = createParams({ values: { [field]: html, parse_mode: 'HTML', ...markup }, files: new Map() });
  const unmarked = createParams({ values: { [field]: plain }, files: new Map() });
  return [
    ...problemsOf(() => checkFirstLine(readFormatted(marked, field).text, options.alert ?? false)),
    ...problemsOf(() => readFormatted(unmarked, field)),
    ...problemsOf(() => readKeyboard(marked)),
  ];
}

function checkFirstLine(text: string, isAlert: boolean): void {
  const [first = ''] = text.split('\n', 1);
  if (isAlert && first.length > FIRST_LINE_MAX)
    throw new ApiFailure(
      400,
      `the first line has ${first.length} characters, ${FIRST_LINE_MAX} fit: ${first}`,
    );
}

function problemsOf(check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof ApiFailure) return [error.message];
    throw error;
  }
}
