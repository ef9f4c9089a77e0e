import type { AlertView } from './alert-view.ts';
import { GLYPH } from './glyphs.ts';
import { instant } from './lines.ts';
import { nameText } from './name-text.ts';
import { oneLine, shorten } from './shorten.ts';
import type { Line } from './types.ts';
import type { Words } from './words-types.ts';

/** Three notes fit under a picture beside all other lines. */
const NOTE_SHOWN_MAX = 160;

/** Gives what people said of an alert: how many found it real or noise, and the newest notes. */
export function remarkLines(view: AlertView, words: Words): Line[] {
  const { feedback, notes, noteCount } = view;
  const verdicts = [
    feedback.real > 0 ? `${GLYPH.real} ${feedback.real}` : null,
    feedback.noise > 0 ? `${GLYPH.noise} ${feedback.noise}` : null,
  ].filter((verdict) => verdict !== null);
  const more = noteCount - notes.length;
  return [
    ...(verdicts.length > 0 ? [[verdicts.join(' · ')]] : []),
    ...notes.map((note) => noteLine(note, view.now, words)),
    ...(more > 0 ? [[words.t('more-notes', { count: more })]] : []),
  ];
}

/** Gives a note as one line: who, when, and what fits. */
function noteLine({ by, at, text }: AlertView['notes'][number], now: Date, words: Words): Line {
  const said = shorten(oneLine(text), NOTE_SHOWN_MAX);
  return [`${GLYPH.note} ${nameText(by)}, `, instant(at, now, words), `: ${said}`];
}
