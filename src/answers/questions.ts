import type { SnoozeText } from './parse-snooze.ts';
import { GLYPH } from './glyphs.ts';
import { oneLine, shorten } from './shorten.ts';
import type { Answer } from './types.ts';
import type { Words } from './words-types.ts';

const TYPED_MAX = 40;

/** Gives the question until when an alert is to be silent. */
export function answerAskUntil(facts: { metric: string; number: number }, words: Words): Answer {
  const name = shorten(oneLine(facts.metric), TYPED_MAX);
  return {
    lines: [
      [`${GLYPH.question} ${words.t('ask-until')}`],
      [`${name} · A-${facts.number}`],
      [words.t('ask-until-examples')],
      [words.t('ask-cancel')],
    ],
    asks: { hint: words.t('ask-until-hint') },
  };
}

/** Gives what was wrong with the answer to that question, which stays open. */
export function answerAskAgain(
  facts: { typed: string; problem: Exclude<SnoozeText['kind'], 'until'> },
  words: Words,
): Answer {
  const typed = shorten(oneLine(facts.typed), TYPED_MAX);
  return {
    lines: [
      [`${GLYPH.question} ${words.t('ask-again', { typed, problem: facts.problem })}`],
      [words.t('ask-until-examples')],
      [words.t('ask-cancel')],
    ],
    asks: { hint: words.t('ask-until-hint') },
  };
}

/** Gives the word that a question was dropped after too many answers that could not be read. */
export function answerAskedEnough(words: Words): Answer {
  return { lines: [[words.t('asked-enough')]] };
}

/** Gives what became of a note; `most` is the number of characters that were kept when it was cut. */
export function answerNoted(
  facts: { number: number; metric: string; most: number | null },
  words: Words,
): Answer {
  const name = shorten(oneLine(facts.metric), TYPED_MAX);
  const cut = facts.most === null ? [] : [[words.t('note-cut', { most: facts.most })]];
  return { lines: [[`${GLYPH.note} ${words.t('noted', { name, alert: `A-${facts.number}` })}`], ...cut] };
}
