import { nameText } from './name-text.ts';
import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { joinFacts } from './lines.ts';
import { oneLine, shorten } from './shorten.ts';
import type { Answer, Line } from './types.ts';
import type { Words } from './words-types.ts';

const REASON_MAX = 200;

/** What became of a test message at one place, which is named as people call it. */
export type TestFact = { place: string } & (
  | { kind: 'arrived'; tookMs: number }
  | { kind: 'refused'; reason: string }
  | { kind: 'late'; waitedMs: number; reason: string | null }
);

/** Gives that a test message is on its way to these places. */
export function answerTestRunning(places: readonly string[], words: Words): Answer {
  const title = firstLine({ glyph: GLYPH.test, name: words.t('test-running') });
  return { lines: [title, joinFacts(places.map(nameText))] };
}

/** Gives what a test came to: for each place how long it took, or why it did not arrive. */
export function answerTestDone(facts: readonly TestFact[], words: Words): Answer {
  const failed = facts.filter(({ kind }) => kind !== 'arrived').length;
  const name = words.t('test-done', { result: failed === 0 ? 'all' : 'some', failed });
  return {
    lines: [firstLine({ glyph: GLYPH.test, name }), ...facts.map((fact) => placeLine(fact, words))],
  };
}

function placeLine(fact: TestFact, words: Words): Line {
  const name = nameText(fact.place);
  switch (fact.kind) {
    case 'arrived':
      return [`${GLYPH.ack} ${words.t('test-arrived', { place: name, took: words.duration(fact.tookMs) })}`];
    case 'refused':
      return [
        `${GLYPH.refused} ${words.t('test-refused', { place: name, reason: reasonText(fact.reason) })}`,
      ];
    case 'late': {
      const late = words.t('test-late', { place: name, waited: words.duration(fact.waitedMs) });
      return joinFacts([`${GLYPH.refused} ${late}`, fact.reason === null ? null : reasonText(fact.reason)]);
    }
  }
}

function reasonText(reason: string): string {
  return shorten(oneLine(reason), REASON_MAX);
}
