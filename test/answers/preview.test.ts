import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  answerPreview,
  encodePress,
  parsePress,
  parsePreview,
  previewSpec,
} from '../../src/answers/index.ts';
import { DAY, HOUR } from '../../src/lib/time.ts';
import { preview } from './cases-preview.ts';
import { metric, NOW, WORDS } from './facts.ts';

describe('what somebody wants to try', () => {
  it.each([
    ['cr', { query: 'cr', trial: {} }],
    ['cr 4.0 3.4 2 2', { query: 'cr', trial: { norm: 4, alert: 3.4, enter: 2, leave: 2 } }],
    ['cr 4,5', { query: 'cr', trial: { norm: 4.5 } }],
    ['checkout conversion 4%', { query: 'checkout conversion', trial: { norm: 4 } }],
    ['cr alert=3.2 enter=2', { query: 'cr', trial: { alert: 3.2, enter: 2 } }],
    ['alert=3.2 cr', { query: 'cr', trial: { alert: 3.2 } }],
    ['cr none 3.4', { query: 'cr', trial: { norm: null, alert: 3.4 } }],
    ['cr НЕТ −3.4', { query: 'cr', trial: { norm: null, alert: -3.4 } }],
    ['cr band_norm=4.2 band_alert=none', { query: 'cr', trial: { bandNorm: 4.2, bandAlert: null } }],
    ['cr 4 NORM=4.1 days=30', { query: 'cr', trial: { norm: 4.1 }, days: 30 }],
    ['top 10', { query: 'top', whole: 'top 10', trial: { norm: 10 }, named: {} }],
    ['', { query: '', trial: {} }],
  ])('reads %j', (text, read) => {
    expect(parsePreview(text)).toMatchObject(read);
    expect(parsePreview(text).trial).toEqual(read.trial);
  });

  it.each([
    ['cr limit=3', 'preview_argument'],
    ['cr __proto__=3', 'preview_argument'],
    ['cr 1 2 3 4 5', 'preview_argument'],
    ['cr alert=low', 'preview_number'],
    ['cr alert=', 'preview_number'],
    ['cr alert=1,234', 'preview_number'],
    ['cr enter=none', 'preview_number'],
    ['cr days=none', 'preview_number'],
    [`cr alert=${'9'.repeat(400)}`, 'preview_number'],
  ])('refuses %j: %s', (text, code) => {
    expect(() => parsePreview(text)).toThrow(expect.objectContaining({ code }));
  });

  it('never fails in any other way', () => {
    const codeOf = (text: string): unknown => {
      try {
        parsePreview(text);
        return 'preview_read';
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(codeOf(text)).toMatch(/^preview_/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a press on a change', () => {
  const trial = fc.record(
    {
      norm: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      alert: fc.option(fc.integer()),
      bandNorm: fc.option(fc.float({ noNaN: true, noDefaultInfinity: true })),
      bandAlert: fc.constant(null),
      enter: fc.integer({ min: 1, max: 100 }),
      leave: fc.integer({ min: 1, max: 100 }),
    },
    { requiredKeys: ['enter'] },
  );

  it('comes back as it was sent, where it fits on a button', () => {
    fc.assert(
      fc.property(trial, (given) => {
        const data = encodePress({ kind: 'preview_change', metric: 'cr', trial: given });
        fc.pre(data.length <= 64);
        const back = parsePress(data);
        // a button has no negative zero
        const plain = JSON.parse(JSON.stringify(given)) as object;
        expect(back).toEqual({ kind: 'preview_change', metric: 'cr', trial: plain });
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    '1:pc:cr',
    '1:pc:cr:',
    '1:pc:cr:e',
    '1:pc:cr:e2.5',
    '1:pc:cr:ex',
    '1:pc:cr:z2',
    '1:pc:cr:a1e999',
    '1:pc::e2',
  ])('T17 "%s" is none', (data) => {
    expect(parsePress(data)).toBeUndefined();
  });

  it('is left out where it does not fit', () => {
    const long = metric({ id: `m${'x'.repeat(60)}` });
    const proposed = { norm: 0.123456789, alert: 0.0123456789 };
    const tried = { ...preview().tried, norm: null, alert: null };
    const answer = answerPreview({ ...preview({ metric: long, tried, proposed }), picture: null }, WORDS.en);
    expect(answer.buttons).toBeUndefined();
  });
});

describe('the facts of a picture', () => {
  const options = { words: WORDS.en, theme: 'light', now: NOW } as const;

  it('are those of the preview: amber until it turned red', () => {
    const fromMs = NOW.getTime() - 30 * DAY;
    const spec = previewSpec(preview(), options);
    expect(spec?.spans.map(({ level }) => level)).toEqual(['amber', 'amber', 'red', 'red']);
    expect(spec?.spans[1]).toEqual({ level: 'amber', fromMs: fromMs + 12 * DAY, toMs: fromMs + 12.25 * DAY });
    expect(spec?.counts).toEqual({ red: 2, amber: 1 });
    expect(spec).toMatchObject({ norm: 4, alert: 3.4, mark: 'green', fromMs });
  });

  it('are none without a reading', () => {
    expect(previewSpec(preview({ fromMs: null, points: [] }), options)).toBeNull();
  });

  it('draw what is still open until the end', () => {
    const fromMs = NOW.getTime() - DAY;
    const open = { fromMs, toMs: null, level: 'red' as const, worstValue: 3, redMs: fromMs };
    const spec = previewSpec(preview({ episodes: [open] }), options);
    expect(spec?.spans).toEqual([{ fromMs, toMs: NOW.getTime(), level: 'red' }]);
  });

  it('are no more than a chart can tell apart: each column has the worst level in it', () => {
    const fromMs = NOW.getTime() - 30 * DAY;
    const episodes = Array.from({ length: 5000 }, (_, index) => ({
      fromMs: fromMs + index * 5 * 60_000,
      toMs: fromMs + index * 5 * 60_000 + 60_000,
      level: index === 4000 ? ('red' as const) : ('amber' as const),
      worstValue: 3,
      redMs: index === 4000 ? fromMs + index * 5 * 60_000 : null,
    }));
    const spans = previewSpec(preview({ episodes }), options)?.spans ?? [];
    expect(spans.length).toBeLessThanOrEqual(600);
    const red = spans.filter(({ level }) => level === 'red');
    const at = fromMs + 4000 * 5 * 60_000;
    expect(red).toHaveLength(1);
    expect(
      red.every((span) => span.fromMs <= at && span.toMs >= at && span.toMs - span.fromMs < 2 * HOUR),
    ).toBe(true);
  });
});
