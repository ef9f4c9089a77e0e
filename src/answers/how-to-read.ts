import type { Metric } from '../registry/index.ts';
import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { joinFacts, titled } from './lines.ts';
import type { NameOf } from './names.ts';
import { shorten } from './shorten.ts';
import type { Answer, Line } from './types.ts';
import type { Words } from './words-types.ts';

/** Together with the SQL this stays inside Telegram's 4,096 characters. */
const TEXT_MAX = 600;
const SQL_MAX = 1400;

/** Gives how a number is read and made: the file's own words, its sources and its SQL. */
export function answerHowToRead(
  facts: { metric: Metric; nameOf: NameOf; url: string | null },
  words: Words,
): Answer {
  const { metric, nameOf, url } = facts;
  return {
    lines: [
      firstLine({ glyph: GLYPH.howto, name: metric.name }),
      ...paragraphs(metric.howToRead),
      section(words.t('method'), metric.methodology),
      section(words.t('sources'), metric.sources.join(', ')),
      ...(metric.notes === null ? [] : [section(words.t('notes'), metric.notes)]),
      joinFacts([
        metric.owner === null ? words.t('unowned') : words.t('owner', { name: nameOf(metric.owner) }),
        url === null ? null : [{ kind: 'link', text: words.t('documentation'), url }],
        metric.runbook === null ? null : [{ kind: 'link', text: words.t('runbook'), url: metric.runbook }],
      ]),
    ],
    code: shorten(metric.sql.trim(), SQL_MAX),
  };
}

function paragraphs(text: string): Line[] {
  const lines = shorten(text.trim(), TEXT_MAX).split('\n');
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => [line]);
}

function section(title: string, text: string): Line {
  return titled(title, [shorten(text.trim().replace(/\s+/gu, ' '), TEXT_MAX)]);
}
