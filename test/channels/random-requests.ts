/** Random deliveries: nasty characters, long names, every phase of an alert, answers with no line at all. */
import * as fc from 'fast-check';
import type { AlertPhase, AlertView } from '../../src/answers/index.ts';
import type { Place, SendRequest } from '../../src/delivery/index.ts';
import { NOW, view } from '../answers/facts.ts';
import { randomAnswers, randomTexts } from './random-answers.ts';
import { pictureOf, requestTo } from './requests.ts';

const NASTY: readonly string[] = [
  '<b>',
  '</at>',
  '<at>x</at>',
  '&lt;',
  '&',
  '"',
  "'",
  '\\',
  '*_`[~>#|',
  '```',
  '](x)',
  '{{DATE(x)}}',
  '@everyone',
  '@here',
  '<@123>',
  '<@&5>',
  '- ',
  '1. ',
  '# ',
  '😀',
  '👩‍👩‍👧‍👦',
  '🇪🇸',
  'مرحبا بالعالم',
  'שלום',
  '\u202e',
  '\u2066',
  '\u200d',
  '\u0301',
  '\ud83d',
  '\udc00',
  '\u0000',
  '\n',
  '\r\n',
  '\t',
  ' ',
  '',
  '€',
  '^',
];
export const randomText = randomTexts(NASTY);
const answer = randomAnswers({
  texts: NASTY,
  url: fc.oneof(
    fc.webUrl(),
    fc.constantFrom(
      'http://localhost:8080/a',
      'https://a.b/?q=<"&>()',
      'tg://user?id=1',
      'x',
      'http://a b.c/',
    ),
    fc.constant(`https://a.test/${'x'.repeat(3_000)}`),
  ),
  press: fc.string({ maxLength: 64 }),
  most: { lines: 8, rows: 4, perRow: 10 },
});
const phase = fc.constantFrom<AlertPhase>(
  ...(['firing', 'improving', 'recovering', 'acked', 'snoozed', 'resolved', 'withdrawn'] as const),
);
const randomView: fc.Arbitrary<AlertView> = fc
  .record({
    phase,
    name: randomText,
    by: randomText,
    url: fc.option(fc.webUrl()),
    level: fc.constantFrom('amber' as const, 'red' as const),
  })
  .map(({ phase: now, name, by, url: page, level }) => {
    const note = { by, at: NOW, text: name };
    return view({
      phase: now,
      level,
      metric: { ...view().metric, name },
      ack: { by, at: NOW },
      snooze: { by, until: NOW },
      owner: by,
      url: page,
      notes: [note, note, note],
    });
  });

/** Deliveries to a place, over all operations that its channel knows. */
export function randomRequests(
  place: Place,
  operations: readonly SendRequest['operation'][],
): fc.Arbitrary<SendRequest> {
  return fc
    .record({
      answer,
      view: fc.option(randomView),
      operation: fc.constantFrom(...operations),
      picture: fc.option(fc.constant(pictureOf())),
      silent: fc.boolean(),
      maybeSent: fc.boolean(),
      subject: fc.option(randomText),
    })
    .map(({ subject, ...changes }) =>
      requestTo(place, { ...changes, thread: subject === null ? null : { id: 't', subject } }),
    );
}
