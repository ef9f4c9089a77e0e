/** Random deliveries: nasty characters, long names, every phase of an alert, answers with no line at all. */
import * as fc from 'fast-check';
import type { AlertPhase, AlertView, Answer, Button, Span } from '../../src/answers/index.ts';
import type { Place, SendRequest } from '../../src/delivery/index.ts';
import { NOW, view } from '../answers/facts.ts';
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
const nasty = fc.constantFrom(...NASTY);
const word = fc.oneof(
  { weight: 4, arbitrary: nasty },
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 40 }),
);
/** now and then as long as a name somebody pasted a file into */
export const randomText = fc
  .tuple(fc.array(word, { maxLength: 5 }), fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 40, 1_000))
  .map(([parts, times]) => parts.join('').repeat(times).slice(0, 10_000));
const url = fc.oneof(
  fc.webUrl(),
  fc.constantFrom('http://localhost:8080/a', 'https://a.b/?q=<"&>()', 'tg://user?id=1', 'x', 'http://a b.c/'),
  fc.constant(`https://a.test/${'x'.repeat(3_000)}`),
);
const span: fc.Arbitrary<Span> = fc.oneof(
  randomText,
  fc.record({ kind: fc.constantFrom('bold' as const, 'italic' as const, 'code' as const), text: randomText }),
  fc.record({ kind: fc.constant('link' as const), text: randomText, url }),
  fc.record({ kind: fc.constant('at' as const), at: fc.date({ noInvalidDate: false }), text: randomText }),
);
const button: fc.Arbitrary<Button> = fc.oneof(
  fc.record({ label: randomText, press: fc.string({ maxLength: 64 }) }),
  fc.record({ label: randomText, url }),
);
const answer: fc.Arbitrary<Answer> = fc.record(
  {
    lines: fc.array(fc.array(span, { maxLength: 4 }), { maxLength: 8 }),
    code: randomText,
    buttons: fc.array(fc.array(button, { maxLength: 10 }), { maxLength: 4 }),
  },
  { requiredKeys: ['lines'] },
);
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
