import type { Metric } from '../registry/index.ts';
import { GLYPH } from './glyphs.ts';
import { encodePress } from './press.ts';
import { oneLine, shorten } from './shorten.ts';
import type { Answer, Button, Line } from './types.ts';
import type { NamedList } from './watchlists.ts';
import type { Words } from './words-types.ts';

const NAME_MAX = 40;
const UNKNOWN_SHOWN = 5;
const REMOVABLE_SHOWN = 20;

/** Words that name no metric, and metrics that are spelt alike. */
export type UnknownWords = { query: string; nearest: readonly Metric[] };

/** Gives the question which metrics a list shall have; `isNew` says that it was just made. */
export function answerAskItems(facts: { name: string; isNew: boolean }, words: Words): Answer {
  const name = shorten(oneLine(facts.name), NAME_MAX);
  const made = facts.isNew ? words.t('list-changed', { change: 'created', name, count: 0 }) : null;
  return {
    lines: [
      ...(made === null ? [] : [[`${GLYPH.list} ${made}`]]),
      [`${GLYPH.question} ${words.t('ask-items', { name })}`],
      [words.t('ask-items-examples')],
      [words.t('ask-items-cancel')],
    ],
    asks: { hint: words.t('ask-items-hint') },
  };
}

/** Gives the words that name no metric with those that are spelt alike; `effect` says what became of the others. */
export function answerUnknownItems(
  facts: {
    unknown: readonly UnknownWords[];
    effect: 'nothing' | 'some_added' | 'not_created';
    isAsked: boolean;
  },
  words: Words,
): Answer {
  const { unknown, effect, isAsked } = facts;
  const shown = unknown.slice(0, UNKNOWN_SHOWN);
  const left = unknown.length - shown.length;
  return {
    lines: [
      ...shown.map((one) => unknownLine(one, words)),
      ...(left > 0 ? [[words.t('and-more', { count: left })]] : []),
      [words.t('unknown-items', { effect })],
      ...(isAsked ? [[words.t('ask-items-cancel')]] : []),
    ],
    ...(isAsked && { asks: { hint: words.t('ask-items-hint') } }),
  };
}

function unknownLine({ query, nearest }: UnknownWords, words: Words): Line {
  const typed = shorten(oneLine(query), NAME_MAX);
  const names = shorten(nearest.map(({ name }) => oneLine(name)).join(', '), 120);
  if (names === '') return [words.t('unknown-item-none', { typed })];
  return [words.t('unknown-item', { typed, nearest: names })];
}

/** Gives a list's metrics as buttons that take them off it. */
export function answerChooseRemoval(
  facts: { list: NamedList; metrics: readonly Metric[] },
  words: Words,
): Answer {
  const name = shorten(oneLine(facts.list.name), NAME_MAX);
  if (facts.metrics.length === 0) return { lines: [[words.t('list-empty', { name })]] };
  return {
    lines: [[`${GLYPH.list} ${words.t('which-removal', { name })}`]],
    buttons: removalButtons(facts),
  };
}

/** Gives the buttons that take metrics off a list. */
export function removalButtons(facts: {
  list: Pick<NamedList, 'id'>;
  metrics: readonly Metric[];
}): Button[][] {
  return facts.metrics.slice(0, REMOVABLE_SHOWN).map((metric) => [
    {
      label: shorten(`${GLYPH.remove} ${oneLine(metric.name)}`, NAME_MAX),
      press: encodePress({ kind: 'watchlist_remove', list: facts.list.id, metric: metric.id }),
    },
  ]);
}

/** Gives what became of a star. */
export function answerStarred(
  facts: { metric: Metric; starred: boolean; isNew: boolean },
  words: Words,
): Answer {
  const { metric, starred, isNew } = facts;
  const state = `${starred ? 'starred' : 'unstarred'}${isNew ? '' : '_before'}`;
  const name = shorten(oneLine(metric.name), NAME_MAX);
  return {
    lines: [[`${starred ? GLYPH.starred : GLYPH.star} ${words.t('star-changed', { state, name })}`]],
    buttons: [[{ label: words.t('button-card'), press: encodePress({ kind: 'metric', metric: metric.id }) }]],
  };
}
