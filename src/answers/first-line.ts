import { oneLine, shorten } from './shorten.ts';
import type { Line } from './types.ts';

/** A first line must work alone as a phone notification. */
export const FIRST_LINE_MAX = 60;

/** What is always left of a name, however long the value is. */
const NAME_MIN = 8;

/** What a first line holds. Without a word the sign alone is the state; the value may be missing. */
export type FirstLine = { glyph: string; word?: string; name: string; value?: string | null };

/** Gives a first line of at most 60 characters: state, name (cut if need be) and value. */
export function firstLine({ glyph, word, name, value }: FirstLine): Line {
  const before = word ? `${glyph} ${word} · ` : `${glyph} `;
  const after = value ? ` ${shorten(value, FIRST_LINE_MAX - before.length - NAME_MIN - 1)}` : '';
  const text = shorten(oneLine(name) || '—', FIRST_LINE_MAX - before.length - after.length);
  return after ? [before, { kind: 'bold', text }, after] : [before, { kind: 'bold', text }];
}
