import type { Trial } from '../alerts/index.ts';
import type { Metric } from '../registry/index.ts';
import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { describeTrial } from './preview-words.ts';
import { shorten } from './shorten.ts';
import type { Answer } from './types.ts';
import type { Words } from './words-types.ts';

/** Together with the lines this stays inside Telegram's 4,096 characters. */
const DIFF_MAX = 3200;

/** Gives what a trial changes in the metric's file, which it leaves as it is. An empty diff: the file says so already. */
export function answerPreviewChange(
  { metric, trial, diff }: { metric: Pick<Metric, 'name' | 'file' | 'unit'>; trial: Trial; diff: string },
  words: Words,
): Answer {
  const head = firstLine({ glyph: GLYPH.preview, word: words.t('preview-word'), name: metric.name });
  const { file } = metric;
  if (diff === '') return { lines: [head, [words.t('preview-no-change', { file })]] };
  const change = describeTrial(trial, metric.unit, words);
  return {
    lines: [head, [words.t('preview-file', { file, change })], [words.t('preview-not-applied')]],
    code: shorten(diff, DIFF_MAX),
  };
}
