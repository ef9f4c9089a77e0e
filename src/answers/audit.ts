import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { oneLine, shorten } from './shorten.ts';
import type { Answer, Line } from './types.ts';
import type { Words } from './words-types.ts';

const TITLE_MAX = 60;
const QUERY_MAX = 30;
const SHOWN_MAX = 12;

/** Breakdowns to show; `of` names the page, metric or breakdown that was asked for, null is all. */
export type AuditFacts = {
  of: string | null;
  cuts: readonly { title: string; url: string; metrics: readonly string[] }[];
};

/** Gives the breakdowns that explain metrics, each with its place on the web. */
export function answerAudit({ of, cuts }: AuditFacts, words: Words): Answer {
  if (cuts.length === 0) return { lines: [[words.t('audit-none')], [words.t('audit-none-next')]] };
  const left = cuts.length - SHOWN_MAX;
  const head = of === null ? words.t('audit-title') : words.t('audit-of');
  return {
    lines: [
      of === null ? [`${GLYPH.cut} ${head}`] : firstLine({ glyph: GLYPH.cut, word: head, name: of }),
      ...cuts
        .slice(0, SHOWN_MAX)
        .map(({ title, url, metrics }): Line => [
          { kind: 'link', text: shorten(oneLine(title), TITLE_MAX), url },
          ...(metrics.length === 0 ? [] : [` · ${shorten(oneLine(metrics.join(', ')), TITLE_MAX)}`]),
        ]),
      ...(left > 0 ? [[words.t('and-more', { count: left })]] : []),
    ],
  };
}

/** Gives the answer to words that name no page, metric or breakdown. */
export function answerNoAudit({ query }: { query: string }, words: Words): Answer {
  const asked = shorten(oneLine(query), QUERY_MAX);
  return { lines: [[words.t('audit-unknown', { query: asked })], [words.t('audit-unknown-next')]] };
}
