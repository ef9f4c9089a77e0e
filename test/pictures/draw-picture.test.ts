import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { THEMES, type CardRange, type PictureSpec } from '../../charts/index.ts';
import { createArtist, type Artist } from '../../src/pictures/draw-picture.ts';
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts';
import type { Unit } from '../../src/registry/index.ts';
import { decodePng, type DecodedPng } from './decode-png.ts';
import { cockpit, metricCard, NOW, reader, tile, wave } from './fixtures.ts';

let artist: Artist;
beforeAll(() => {
  artist = createArtist();
});

async function drawn(spec: PictureSpec): Promise<DecodedPng> {
  const { png, width, height } = await artist.draw(spec);
  const decoded = decodePng(png);
  expect([decoded.width, decoded.height]).toEqual([width, height]);
  expect(decoded.width).toBe(1280);
  return decoded;
}

const HEADER_BOTTOM = 176;

describe.each(['light', 'dark'] as const)('the cockpit, %s', (theme) => {
  const colors = THEMES[theme];
  let picture: DecodedPng;
  beforeAll(async () => {
    picture = await drawn(cockpit({ red: 1, amber: 2, stale: 1, green: 2, unverified: 1 }, { theme }));
  });

  it('lies on its background, with margins', () => {
    for (const [x, y] of [
      [0, 0],
      [20, 300],
      [1279, 0],
      [1260, 300],
      [640, picture.height - 1],
    ] as const) {
      expect(picture.at(x, y)).toBe(colors.background);
    }
  });

  it('shows red before amber, stale and green', () => {
    const [red, amber, stale, green] = [
      colors.mark.red,
      colors.mark.amber,
      colors.mark.stale,
      colors.mark.green,
    ].map((color) => picture.rowsWith(color).find((y) => y > HEADER_BOTTOM));
    expect(red).toBeLessThan(amber ?? 0);
    expect(amber).toBeLessThanOrEqual(stale ?? 0);
    expect(stale).toBeLessThan(green ?? 0);
  });

  it('frames the red tile heavily, the others with a hairline', () => {
    const middle = HEADER_BOTTOM + 120;
    expect([0, 1, 2, 3].map((x) => picture.at(40 + x, middle))).toEqual(
      Array.from({ length: 4 }, () => colors.mark.red),
    );
    const amberMiddle = HEADER_BOTTOM + 264 + 100;
    expect([0, 1, 2].map((x) => picture.at(40 + x, amberMiddle))).toEqual([
      colors.hairline,
      colors.hairline,
      colors.background,
    ]);
  });

  it('frames the unverified tile with dashes', () => {
    const top = picture.height - 40 - 200;
    const border = Array.from(
      { length: 200 },
      (_, index) => picture.at(900 + index, top) === colors.mark.unverified,
    );
    const changes = border.filter((isInk, index) => index > 0 && isInk !== border[index - 1]).length;
    expect(changes).toBeGreaterThan(15);
  });

  it('draws the sparkline in the colour of series, with both lines', () => {
    for (const color of [colors.series, colors.mark.amber, colors.mark.red]) {
      expect(picture.rowsWith(color).some((y) => y > HEADER_BOTTOM + 264)).toBe(true);
    }
  });
});

describe('a metric card', () => {
  it.each(['light', 'dark'] as const)(
    'has the line, the lines, the band and the spans, %s',
    async (theme) => {
      const colors = THEMES[theme];
      const picture = await drawn(metricCard({ reader: reader({ theme }) }));
      for (const color of [
        colors.series,
        colors.mark.amber,
        colors.mark.red,
        colors.typical,
        colors.span.red,
        colors.span.amber,
      ]) {
        expect(picture.rowsWith(color).length).toBeGreaterThan(3);
      }
    },
  );
});

describe('any picture', () => {
  it('is drawn again to the same bytes, from memory and by another artist', async () => {
    const spec = cockpit({ red: 2, green: 14 });
    const first = await artist.draw(spec);
    expect(Buffer.from((await artist.draw(spec)).png).equals(first.png)).toBe(true);
    expect(Buffer.from((await createArtist().draw(spec)).png).equals(first.png)).toBe(true);
  });

  it('is drawn anew only where it changed', async () => {
    const rasterized: number[] = [];
    const counting = createArtist((bytes) => rasterized.push(bytes));
    const spec = cockpit({ amber: 6 });
    const tileBytes = 384 * 200 * 4 * 2;
    await counting.draw(spec);
    expect(rasterized.filter((bytes) => bytes === tileBytes)).toHaveLength(6);
    rasterized.length = 0;
    const tiles = spec.tiles.map((one, index) => (index === 3 ? { ...one, value: 1 } : one));
    await counting.draw({ ...spec, tiles });
    const [text = 0, ...shapes] = rasterized;
    expect(shapes).toEqual([tileBytes]);
    expect(text).toBeLessThan(tileBytes / 4);
  });

  it('holds at most 120 KB with 31 tiles', async () => {
    const folded = await artist.draw(cockpit({ red: 2, amber: 4, stale: 1, green: 20, unverified: 4 }));
    const all = await artist.draw(cockpit({ red: 3, amber: 6, stale: 3, green: 12, unverified: 7 }));
    expect(folded.png.length).toBeLessThanOrEqual(80_000);
    expect(all.png.length).toBeLessThanOrEqual(120_000);
  });
});

const DATA = {
  'no readings': [],
  'one reading': [{ atMs: NOW, value: 4 }],
  'one old reading': [{ atMs: NOW - 400 * DAY, value: 4 }],
  'a constant': Array.from({ length: 30 }, (_, index) => ({ atMs: NOW - (29 - index) * HOUR, value: 7 })),
  zeros: Array.from({ length: 30 }, (_, index) => ({ atMs: NOW - (29 - index) * HOUR, value: 0 })),
  'negative values': wave({ count: 40, stepMs: HOUR, mean: -50, spread: 20 }),
  gaps: wave({ count: 160, stepMs: HOUR, mean: 4, spread: 1 }).filter((_, index) => index % 50 > 20),
  'huge values': [-1.7e308, 1.7e308, 0, 1.7e308].map((value, index) => ({
    atMs: NOW - (3 - index) * HOUR,
    value,
  })),
  'tiny values': [5e-324, 0, 5e-324].map((value, index) => ({ atMs: NOW - (2 - index) * HOUR, value })),
  'a minute’s ticks': wave({ count: 10_000, stepMs: MINUTE, mean: 4, spread: 1 }),
};

describe.each(Object.entries(DATA))('with %s', (_, points) => {
  const value = points.at(-1)?.value ?? null;
  const over = { value, spark: points.slice(-48), level: value === null ? null : ('green' as const) };

  it('draws tiles and cards', async () => {
    const red = { ...over, level: 'red', alertState: 'firing' } as const;
    expect((await drawn({ ...cockpit({}), tiles: [tile(over), tile(red)] })).height).toBeGreaterThan(
      HEADER_BOTTOM,
    );
    for (const range of ['1d', '90d'] as const) {
      expect((await drawn(metricCard({ points, range, tile: tile(over) }))).height).toBeGreaterThan(800);
    }
  });

  it('draws them without lines', async () => {
    const bare = tile({ ...over, norm: null, alert: null });
    expect((await drawn({ ...cockpit({}), tiles: [bare] })).height).toBeGreaterThan(HEADER_BOTTOM);
    const card = metricCard({ points, tile: bare, typical: null, spans: [], target: null });
    expect((await drawn(card)).height).toBeGreaterThan(800);
  });
});

const UNITS: Unit[] = [
  { kind: 'percent' },
  { kind: 'count' },
  { kind: 'ratio' },
  { kind: 'score' },
  { kind: 'currency', code: 'EUR' },
  { kind: 'currency', code: 'JPY' },
  { kind: 'duration', of: 'ms' },
  { kind: 'duration', of: 'd' },
];

const aNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -1000, max: 1000 }),
);
const anInstant = fc.integer({ min: NOW - 100 * DAY, max: NOW + HOUR });
const points = (maxLength: number) =>
  fc
    .array(fc.record({ atMs: anInstant, value: aNumber }), { maxLength })
    .map((list) => list.toSorted((a, b) => a.atMs - b.atMs));

const aTile = fc.record({
  id: fc.constant('some_metric'),
  name: fc.string({ unit: 'grapheme', maxLength: 80 }),
  unit: fc.constantFrom(...UNITS),
  level: fc.constantFrom('red' as const, 'amber' as const, 'green' as const, null),
  verified: fc.boolean(),
  stale: fc.boolean(),
  value: fc.option(aNumber),
  ageMs: fc.option(fc.nat(400 * DAY)),
  change: fc.option(fc.record({ ratio: aNumber, atMs: anInstant })),
  norm: fc.option(aNumber),
  alert: fc.option(aNumber),
  spark: points(48),
  alertState: fc.constantFrom('firing' as const, 'acked' as const, 'snoozed' as const, null),
  sinceMs: fc.option(anInstant),
});

const aReader = fc.record({
  theme: fc.constantFrom('light' as const, 'dark' as const),
  locale: fc.constantFrom('en' as const, 'ru' as const),
  timezone: fc.constantFrom(
    'UTC',
    'Europe/Madrid',
    'Asia/Kathmandu',
    'America/St_Johns',
    'Pacific/Kiritimati',
  ),
  nowMs: fc.constant(NOW),
});

const aText = fc.string({ unit: 'grapheme', maxLength: 300 });

describe('T14 whatever it is given', () => {
  it('draws a cockpit', async () => {
    const aCockpit = fc.record({
      kind: fc.constant('cockpit' as const),
      reader: aReader,
      title: aText,
      tiles: fc.array(aTile, { maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(aCockpit, async (spec) => {
        expect((await drawn(spec)).height).toBeGreaterThan(0);
      }),
      { numRuns: 25 },
    );
  });

  it('draws a card', async () => {
    const aCard = fc.record({
      kind: fc.constant('metric' as const),
      reader: aReader,
      tile: aTile,
      range: fc.constantFrom<CardRange>('1d', '7d', '28d', '90d'),
      sentence: aText,
      points: points(60),
      typical: fc.option(
        fc.record({ mean: aNumber, deviation: fc.double({ min: 0, max: 1e9, noNaN: true }) }),
      ),
      target: fc.option(fc.record({ value: aNumber, due: fc.option(fc.constantFrom('2026-12-31', 'soon')) })),
      spans: fc.array(
        fc.record({
          fromMs: anInstant,
          toMs: anInstant,
          level: fc.constantFrom('amber' as const, 'red' as const),
        }),
        { maxLength: 4 },
      ),
      owner: fc.option(aText),
      periodText: fc.constantFrom('1h', '7d', 'odd'),
      verifiedBy: fc.option(aText),
    });
    await fc.assert(
      fc.asyncProperty(aCard, async (spec) => {
        expect((await drawn(spec)).height).toBeGreaterThan(0);
      }),
      { numRuns: 25 },
    );
  });
});
