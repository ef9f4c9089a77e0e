import { DAY } from '../lib/time.ts';
import type { PictureSpec } from '../pictures/index.ts';
import type { Preview } from '../pulse/index.ts';
import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { capitalise, joinFacts, lineText } from './lines.ts';
import { pictureAlt } from './picture-alt.ts';
import { encodePress, PRESS_MAX_BYTES } from './press.ts';
import { describePolicy, describeSuggestion, describeTrial } from './preview-words.ts';
import { oneLine, shorten } from './shorten.ts';
import type { Answer, Button, Line } from './types.ts';
import type { Words } from './words-types.ts';

const LABEL_MAX = 60;

/** What a preview says; `picture` is drawn beside the text when ready. */
export type PreviewFacts = Pick<
  Preview,
  | 'metric'
  | 'fromMs'
  | 'toMs'
  | 'readings'
  | 'needed'
  | 'trial'
  | 'tried'
  | 'stats'
  | 'before'
  | 'marked'
  | 'suggestions'
  | 'proposed'
> & { picture: PictureSpec | null };

/** Gives what a metric's lines, or others, would have raised in its history, and what would be quieter. */
export function answerPreview(facts: PreviewFacts, words: Words): Answer {
  const { metric, picture } = facts;
  const buttons = changeButtons(facts, words);
  return {
    lines: [
      firstLine({ glyph: GLYPH.preview, word: words.t('preview-word'), name: metric.name }),
      [summaryOf(facts, words)],
      ...tooFewLine(facts, words),
      ...(hasLines(facts) ? judgedLines(facts, words) : proposalLines(facts, words)),
    ].filter((line) => lineText(line) !== ''),
    ...(picture && { picture: { spec: picture, alt: pictureAlt(picture, words) } }),
    ...(buttons.length > 0 && { buttons }),
  };
}

function hasLines({ tried }: Pick<PreviewFacts, 'tried'>): boolean {
  return tried.norm !== null || tried.alert !== null;
}

/** Gives one sentence: how often it would have fired and flapped, and how many alerts were short. */
export function summaryOf(
  facts: Pick<PreviewFacts, 'fromMs' | 'toMs' | 'stats' | 'tried'>,
  words: Words,
): string {
  const { fromMs, toMs, stats } = facts;
  if (fromMs === null) return words.t('preview-no-readings');
  if (!hasLines(facts)) return words.t('preview-no-lines');
  const { fired, flaps, short, shortMs } = stats;
  return words.t('preview-fired', {
    span: words.duration(wholeSpan(toMs - fromMs)),
    fired,
    flaps,
    short,
    limit: words.duration(shortMs),
  });
}

/** From two days on in whole days. */
function wholeSpan(ms: number): number {
  return ms < 2 * DAY ? ms : Math.round(ms / DAY) * DAY;
}

function tooFewLine({ readings, needed }: PreviewFacts, words: Words): Line[] {
  if (readings === 0 || needed === null) return [];
  return [[words.t('preview-too-few', { count: readings, need: needed })]];
}

function judgedLines(facts: PreviewFacts, words: Words): Line[] {
  const { tried, metric, before, marked } = facts;
  const lines = describePolicy(tried, metric.unit, words);
  return [
    [words.t('preview-lines', { which: before === null ? 'present' : 'tried', lines })],
    statsLine(facts, words),
    ...(before === null ? [] : [[beforeText(before, words)]]),
    ...(marked.noise + marked.real === 0 ? [] : [[words.t('preview-marked', marked)]]),
    ...suggestionLines(facts, words),
  ];
}

function statsLine({ stats }: PreviewFacts, words: Words): Line {
  const { fired, redPushes, amberPosts, totalMs, medianMs, longestMs, open } = stats;
  if (fired === 0 || medianMs === null || longestMs === null) return [];
  const spans = [
    words.t('preview-total', { total: words.duration(totalMs) }),
    words.t('preview-median', { median: words.duration(medianMs) }),
    words.t('preview-longest', { longest: words.duration(longestMs) }),
  ];
  const line = joinFacts([
    words.t('preview-pushes', { count: redPushes }),
    words.t('preview-posts', { count: amberPosts }),
    ...(fired === 1 ? spans.slice(0, 1) : spans),
    open === 0 ? null : words.t('preview-open', { count: open }),
  ]);
  return [capitalise(lineText(line))];
}

function beforeText({ fired, flaps, short, shortMs }: NonNullable<Preview['before']>, words: Words): string {
  return words.t('preview-before', { fired, flaps, short, limit: words.duration(shortMs) });
}

function suggestionLines({ suggestions, metric }: PreviewFacts, words: Words): Line[] {
  if (suggestions.length === 0) return [];
  return [
    [{ kind: 'bold', text: words.t('preview-quieter') }],
    ...suggestions.map((one): Line => [`• ${capitalise(describeSuggestion(one, metric.unit, words))}`]),
  ];
}

function proposalLines({ proposed, metric, needed }: PreviewFacts, words: Words): Line[] {
  if (proposed === null) {
    return needed !== null ? [] : [[words.t('preview-propose-none')]];
  }
  const { norm, alert } = proposed;
  const written = [
    words.t('preview-propose-norm', { value: words.value(norm, metric.unit) }),
    ...(alert === null ? [] : [words.t('preview-propose-alert', { value: words.value(alert, metric.unit) })]),
  ];
  const command = `/preview ${metric.id} norm=${norm}${alert === null ? '' : ` alert=${alert}`}`;
  return [[words.t('preview-propose', { lines: written.join(', ') })], [{ kind: 'code', text: command }]];
}

/** What was tried and what is suggested, each as a change of the file. Suggestions go on from what was tried. */
function changeButtons(
  { metric, trial, before, suggestions, proposed }: PreviewFacts,
  words: Words,
): Button[][] {
  const trials = [
    ...(before === null ? [] : [trial]),
    ...suggestions.map((suggestion) => ({ ...trial, ...suggestion.trial })),
    ...(proposed === null
      ? []
      : [{ norm: proposed.norm, ...(proposed.alert !== null && { alert: proposed.alert }) }]),
  ];
  return trials.flatMap((one) => {
    const press = encodePress({ kind: 'preview_change', metric: metric.id, trial: one });
    // a long name and many digits do not fit: the command says the same
    if (press.length > PRESS_MAX_BYTES) return [];
    const change = describeTrial(one, metric.unit, words);
    return [[{ label: shorten(oneLine(words.t('button-preview-change', { change })), LABEL_MAX), press }]];
  });
}
