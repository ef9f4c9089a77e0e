/** Random answers: made of nasty texts, now and then as long as a name somebody pasted a file into. */
import * as fc from 'fast-check';
import type { Answer, Button, Span } from '../../src/answers/index.ts';

const TEXT_MAX = 10_000;

export type Nasty = {
  /** what a channel must not take for its own marks */
  texts: readonly string[];
  url: fc.Arbitrary<string>;
  press: fc.Arbitrary<string>;
  most: { lines: number; rows: number; perRow: number };
};

/** Gives texts that are long once in a while. */
export function randomTexts(texts: readonly string[]): fc.Arbitrary<string> {
  const word = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...texts) },
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ maxLength: 40 }),
  );
  return fc
    .tuple(fc.array(word, { maxLength: 5 }), fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 40, 1_000))
    .map(([parts, times]) => parts.join('').repeat(times).slice(0, TEXT_MAX));
}

/** Gives answers with every kind of span and button, and such without a line. */
export function randomAnswers({ texts, url, press, most }: Nasty): fc.Arbitrary<Answer> {
  const text = randomTexts(texts);
  const span: fc.Arbitrary<Span> = fc.oneof(
    text,
    fc.record({ kind: fc.constantFrom('bold' as const, 'italic' as const, 'code' as const), text }),
    fc.record({ kind: fc.constant('link' as const), text, url }),
    fc.record({ kind: fc.constant('at' as const), at: fc.date({ noInvalidDate: false }), text }),
  );
  const button: fc.Arbitrary<Button> = fc.oneof(
    fc.record({ label: text, press }),
    fc.record({ label: text, url }),
  );
  return fc.record(
    {
      lines: fc.array(fc.array(span, { maxLength: 4 }), { maxLength: most.lines }),
      code: text,
      buttons: fc.array(fc.array(button, { maxLength: most.perRow }), { maxLength: most.rows }),
    },
    { requiredKeys: ['lines'] },
  );
}
