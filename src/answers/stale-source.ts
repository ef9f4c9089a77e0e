import { howtoButton, whyButton } from './alert-buttons.ts';
import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { instant, joinFacts, sayLine } from './lines.ts';
import { nameText } from './name-text.ts';
import { oneLine, shorten } from './shorten.ts';
import type { Answer, Line } from './types.ts';
import type { Words } from './words-types.ts';

const NAMED_MAX = 10;
const ERROR_MAX = 160;

/** A metric that has no fresh reading. */
export type StaleTile = {
  id: string;
  name: string;
  /** of its newest reading; null when it never had one */
  ageMs: number | null;
  /** of its last tick, values masked; null when it did not fail */
  error: string | null;
};

/** Everything the message of a silent source says. */
export type StaleSourceView = {
  number: number;
  /** a table, or null for the warehouse itself */
  source: string | null;
  openedAt: Date;
  now: Date;
  recoveredAt: Date | null;
  /** stale now; once it is over, all that were */
  metrics: readonly StaleTile[];
};

/** Gives the message of a silent source: apart from levels, never red. */
export function describeStaleSource(view: StaleSourceView, words: Words): Answer {
  if (view.recoveredAt) return describeFreshSource(view, words);
  const shown = view.metrics.slice(0, NAMED_MAX);
  const more = view.metrics.length - shown.length;
  const error = view.metrics.find((metric) => metric.error !== null)?.error ?? null;
  const [first] = view.metrics;
  return {
    lines: [
      firstLine({ glyph: GLYPH.stale, word: words.t('stale-title'), name: sourceName(view, words) }),
      joinFacts([
        words.t('stale-metrics', { count: view.metrics.length }),
        sayLine(words, 'since-short', { at: instant(view.openedAt, view.now, words) }),
      ]),
      ...shown.map((metric) => tileLine(metric, words)),
      ...(more > 0 ? [[words.t('and-more', { count: more })]] : []),
      ...(error === null
        ? []
        : [[words.t('last-tick-failed', { error: shorten(oneLine(error), ERROR_MAX) })]]),
      joinFacts([words.t('stale-frozen'), `A-${view.number}`]),
    ],
    ...(first && {
      buttons: [[whyButton({ metric: first.id }, words), howtoButton({ metric: first.id }, words)]],
    }),
  };
}

/** Gives the reply when the last metric of a source has a fresh reading again, and its message from then on. */
export function describeFreshSource(view: StaleSourceView, words: Words): Answer {
  const end = view.recoveredAt ?? view.now;
  const span = words.duration(Math.max(0, end.getTime() - view.openedAt.getTime()));
  return {
    lines: [
      firstLine({ glyph: GLYPH.green, word: words.t('fresh-title'), name: sourceName(view, words) }),
      joinFacts([
        words.t('fresh-after', { span, count: view.metrics.length }),
        [instant(view.openedAt, view.now, words), ' → ', instant(end, view.now, words)],
        `A-${view.number}`,
      ]),
    ],
  };
}

function sourceName({ source }: StaleSourceView, words: Words): string {
  return source === null ? words.t('stale-warehouse') : nameText(source);
}

function tileLine({ name, ageMs }: StaleTile, words: Words): Line {
  const age = ageMs === null ? words.t('no-reading') : words.t('stale-age', { span: words.duration(ageMs) });
  return joinFacts([nameText(name), age]);
}
