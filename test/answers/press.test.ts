import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  encodePress,
  findPressedMetric,
  parsePress,
  type Press,
  PRESS_MAX_BYTES,
  type PressSubject,
} from '../../src/answers/index.ts';

const slug = fc
  .tuple(
    fc.constantFrom('a', 'm', 'z'),
    fc.string({ unit: fc.constantFrom('a', 'b', 'z', '0', '9', '_'), minLength: 1, maxLength: 62 }),
  )
  .map(([first, rest]) => first + rest);
const number = fc.nat(999_999_999);
const show = fc.constantFrom('all', 'today', 'failed', 'failed_today');
const alert = fc.record({ alert: number, version: number });
const subject: fc.Arbitrary<PressSubject> = fc.oneof(alert, fc.record({ metric: slug }));

const press: fc.Arbitrary<Press> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'ack',
        'unack',
        'snooze_menu',
        'snooze_workday',
        'snooze_ask',
        'back',
        'alert',
        'real',
        'noise',
      ),
      alert,
    )
    .map(([kind, of]): Press => ({ kind, ...of })),
  fc
    .tuple(alert, fc.integer({ min: 1, max: 2_592_000 }))
    .map(([of, s]): Press => ({ kind: 'snooze', ...of, forMs: s * 1000 })),
  fc.tuple(fc.constantFrom('why', 'howto'), subject).map(([kind, of]): Press => ({ kind, of })),
  fc
    .tuple(subject, fc.constantFrom('1d', '7d', '28d', '90d'))
    .map(([of, range]): Press => ({ kind: 'card', of, range })),
  fc.tuple(fc.constantFrom('metric', 'refresh'), slug).map(([kind, metric]): Press => ({ kind, metric })),
  number.map((page): Press => ({ kind: 'alerts', page })),
  fc
    .tuple(
      fc.oneof(fc.record({ metric: slug, show }), fc.record({ alert: number, show }), fc.record({ show })),
      fc.option(fc.nat(2_000_000_000).map(String)),
    )
    .map(([of, before]): Press => ({ kind: 'log', of, before })),
  fc.uuid().map((delivery): Press => ({ kind: 'retry', delivery })),
  fc.constantFrom<Press>({ kind: 'cockpit' }, { kind: 'help' }),
);

/** A press as it comes back, with a long slug found again among those that exist. */
function resolved(given: Press, ids: readonly string[]): Press {
  if ('of' in given && 'metric' in given.of) {
    return { ...given, of: { ...given.of, metric: findPressedMetric(given.of.metric, ids) ?? '' } } as Press;
  }
  return 'metric' in given ? { ...given, metric: findPressedMetric(given.metric, ids) ?? '' } : given;
}

function metricsOf(given: Press): string[] {
  if ('of' in given) return 'metric' in given.of ? [given.of.metric] : [];
  return 'metric' in given ? [given.metric] : [];
}

describe('presses', () => {
  it('come back as they were sent, in at most 64 bytes', () => {
    fc.assert(
      fc.property(press, (given) => {
        const data = encodePress(given);
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(PRESS_MAX_BYTES);
        const back = parsePress(data);
        expect(back && resolved(back, ['other', ...metricsOf(given)])).toEqual(given);
      }),
      { numRuns: 1000 },
    );
  });

  it('T17 reads any other data as none, and never throws', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^1:[a-z]:[0-9a-z:]*$/)), (data) => {
        const back = parsePress(data);
        expect(back && parsePress(encodePress(back))).toEqual(back);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '',
    '0:a:1:2',
    '2:a:1:2',
    '1:?:1:2',
    '1:a:1',
    '1:a:x:2',
    '1:a:-1:2',
    '1:s:1042:3:0',
    '1:s:1042:3:soon',
    '1:c:1042:3:5y',
    '1:w',
    '1:m:DROP',
    '1:l:',
    '1:lg:x:',
    '1:lg:n:!',
    '1:rt:1042',
    `1:m:${'a'.repeat(70)}`,
  ])('"%s" is none', (data) => {
    expect(parsePress(data)).toBeUndefined();
  });

  it('is stable: buttons live longer than releases', () => {
    expect(encodePress({ kind: 'ack', alert: 1042, version: 3 })).toBe('1:a:1042:3');
    expect(parsePress('1:s:1042:3:3600')).toEqual({
      kind: 'snooze',
      alert: 1042,
      version: 3,
      forMs: 3_600_000,
    });
    expect(parsePress('1:c:checkout_conversion:28d')).toEqual({
      kind: 'card',
      of: { metric: 'checkout_conversion' },
      range: '28d',
    });
  });

  it('tells long slugs apart by their checksum', () => {
    const [one, two] = [`${'a'.repeat(62)}1`, `${'a'.repeat(62)}2`];
    const data = parsePress(encodePress({ kind: 'metric', metric: two }));
    expect(data?.kind === 'metric' && findPressedMetric(data.metric, [one, two])).toBe(two);
    expect(findPressedMetric('gone', [one])).toBeUndefined();
  });
});
