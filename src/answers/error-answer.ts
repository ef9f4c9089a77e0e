import {
  ConflictError,
  HeartbeatError,
  InputError,
  LockedError,
  NotFoundError,
  RefusedError,
  UnavailableError,
} from '../errors.ts';
import { GLYPH } from './glyphs.ts';
import { oneLine, shorten } from './shorten.ts';
import type { Answer } from './types.ts';
import type { Words } from './words-types.ts';

const MESSAGE_MAX = 500;

/**
 * Gives what went wrong and what to do next. A code with words of its own (`error-<code>`) is told in them; another
 * coded error by its English sentence, after its kind in the reader's language; anything else says nothing of its insides.
 */
export function answerError(error: unknown, words: Words): Answer {
  const text = codedText(error, words);
  if (text !== undefined) return { lines: [[`${GLYPH.refused} ${text}`]] };
  const general = `${GLYPH.refused} ${words.t('failed', { kind: errorKind(error) })}`;
  if (!(error instanceof HeartbeatError)) return { lines: [[general]] };
  const sentence = shorten(oneLine(error.message), MESSAGE_MAX);
  return { lines: words.locale === 'en' ? [[`${GLYPH.refused} ${sentence}`]] : [[general], [sentence]] };
}

function codedText(error: unknown, words: Words): string | undefined {
  if (!(error instanceof HeartbeatError)) return undefined;
  const key = `error-${error.code}`;
  if (!words.has(key)) return undefined;
  try {
    return words.t(key, error.details);
  } catch {
    // a detail is missing: the general sentence is better than none
    return undefined;
  }
}

type ErrorKind = 'input' | 'not-found' | 'refused' | 'conflict' | 'locked' | 'unavailable' | 'other';

function errorKind(error: unknown): ErrorKind {
  if (error instanceof InputError) return 'input';
  if (error instanceof NotFoundError) return 'not-found';
  if (error instanceof RefusedError) return 'refused';
  if (error instanceof ConflictError) return 'conflict';
  if (error instanceof LockedError) return 'locked';
  return error instanceof UnavailableError ? 'unavailable' : 'other';
}
