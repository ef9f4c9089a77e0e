import type { PreviewSpec } from '../../charts/index.ts';
import { DAY, HOUR } from '../../src/lib/time.ts';
import { NOW, reader, wave } from './fixtures.ts';

/** Ninety days of hours with three alerts, as they would have been. */
export function previewSpec(over: Partial<PreviewSpec> = {}): PreviewSpec {
  return {
    kind: 'preview',
    reader: reader(),
    id: 'checkout_conversion',
    name: 'Checkout conversion',
    unit: { kind: 'percent' },
    sentence: 'In 30 days it would have fired 4 times, flapped once; 3 of 4 lasted under 20 min.',
    linesText: 'Norm 4 %, alert 3.4 %, enter 2, leave 2',
    points: wave({ count: 30 * 24, stepMs: HOUR, mean: 4.3, spread: 0.8, last: 4.31 }).filter(
      (_, index) => index % 3 === 0,
    ),
    fromMs: NOW - 30 * DAY,
    norm: 4,
    alert: 3.4,
    mark: 'green',
    spans: [
      { fromMs: NOW - 20 * DAY, toMs: NOW - 19.7 * DAY, level: 'amber' },
      { fromMs: NOW - 9 * DAY, toMs: NOW - 8 * DAY, level: 'amber' },
      { fromMs: NOW - 8 * DAY, toMs: NOW - 7 * DAY, level: 'red' },
    ],
    counts: { red: 3, amber: 1 },
    ...over,
  };
}
