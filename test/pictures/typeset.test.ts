import { beforeEach, describe, expect, it } from 'vitest';

import { PlacedText, THEMES, type LineOfText } from '../../charts/index.ts';
import { listLines, paintBlock } from '../../src/pictures/paint-block.ts';
import { createPalette } from '../../src/pictures/palette.ts';
import { createTypesetter, type Ink, type Typesetter } from '../../src/pictures/typeset.ts';

const colors = THEMES.light;
const palette = createPalette(colors);
const line = (over: Partial<LineOfText> = {}): LineOfText => ({
  children: 'Checkout 4.31',
  top: 0,
  left: 0,
  size: 26,
  weight: 400,
  color: colors.text,
  ...over,
});

let typeset: Typesetter;
let rasterized: number;
beforeEach(() => {
  rasterized = 0;
  typeset = createTypesetter(() => {
    rasterized += 1;
  });
});

/** Paints one line on a plain block and gives the columns and rows that have ink. */
async function paint(
  one: LineOfText,
  width = 300,
  height = 60,
): Promise<{ columns: number[]; rows: number[]; indices: Uint8Array }> {
  const inkOf = await typeset([one]);
  const element = { type: PlacedText, props: one, key: null };
  const drawing = { shapes: { type: 'g', props: {}, key: null }, texts: element } as never;
  const indices = paintBlock(
    drawing,
    { width, height },
    { background: colors.background, palette, inkOf, onRasterized: () => {} },
  );
  const inked = [...indices.keys()].filter((at) => indices[at] !== 0);
  const unique = (list: number[]): number[] => [...new Set(list)].toSorted((a, b) => a - b);
  return {
    columns: unique(inked.map((at) => at % width)),
    rows: unique(inked.map((at) => Math.floor(at / width))),
    indices,
  };
}

describe('a typesetter', () => {
  it('sets equal texts once, whatever their place and colour', async () => {
    await typeset([line(), line({ top: 80, left: 9, color: colors.muted })]);
    expect(rasterized).toBe(1);
    const inkOf = await typeset([line({ right: 0 })]);
    expect(rasterized).toBe(1);
    expect(inkOf(line()).width).toBeGreaterThan(100);
  });

  it('tells sizes, weights and figures apart', async () => {
    const lines = [line(), line({ size: 44 }), line({ weight: 700 }), line({ figures: true })];
    const inkOf = await typeset(lines);
    const [plain, large, bold, figures] = lines.map((one) => inkOf(one)) as [Ink, Ink, Ink, Ink];
    expect(large.height).toBe(56);
    expect(large.width).toBeGreaterThan(plain.width * 1.5);
    expect(bold.width).toBeGreaterThan(plain.width);
    expect(figures.width).toBeGreaterThan(plain.width);
  });

  it('sets many lines, each as when it is set alone', async () => {
    const lines = Array.from({ length: 60 }, (_, index) =>
      line({ children: `Metric ${index}`, size: index % 2 ? 26 : 72 }),
    );
    const together = await typeset(lines);
    const alone = await createTypesetter(() => {})([line({ children: 'Metric 17', size: 26 })]);
    expect(together(line({ children: 'Metric 17', size: 26 }))).toEqual(
      alone(line({ children: 'Metric 17', size: 26 })),
    );
    expect(rasterized).toBe(5);
  });

  it('gives no ink of nothing', async () => {
    const inkOf = await typeset([line({ children: '' }), line({ children: ' ' })]);
    expect(inkOf(line({ children: '' }))).toMatchObject({ width: 0 });
    expect(inkOf(line({ children: ' ' }))).toMatchObject({ width: 0 });
    expect(inkOf(line({ children: 'never asked for' }))).toMatchObject({ width: 0, height: 0 });
  });
});

describe('a line on a block', () => {
  it('begins at its left edge and stands on its line', async () => {
    const { columns, rows } = await paint(line({ left: 40, top: 10 }));
    expect(columns[0]).toBeGreaterThanOrEqual(40);
    expect(columns[0]).toBeLessThan(45);
    expect(rows[0]).toBeGreaterThan(10);
    expect(rows.at(-1)).toBeLessThan(10 + 36);
  });

  it('ends with its last ink at its right edge', async () => {
    const { columns } = await paint(line({ right: 20 }));
    expect(columns.at(-1)).toBe(300 - 20 - 1);
  });

  it('is drawn in its colour, smoothed towards what is behind', async () => {
    const { indices } = await paint(line({ color: colors.ink.red, weight: 700 }));
    const used = new Set(
      [...indices].map((index) => [...palette.rgb.subarray(index * 3, index * 3 + 3)].join()),
    );
    expect(used).toContain('198,40,40');
    expect(used.size).toBeGreaterThan(2);
  });

  it('is cut at the edges of its block', async () => {
    const over = await paint(line({ left: -30, top: -12 }));
    expect(over.columns[0]).toBe(0);
    expect(over.rows[0]).toBe(0);
    const under = await paint(line({ left: 250, top: 45 }));
    expect(under.columns.at(-1)).toBeLessThan(300);
    expect(under.columns.length).toBeLessThan(51);
  });
});

describe('listLines', () => {
  it('finds lines in fragments and lists', () => {
    const of = (type: unknown, props: object) => ({ type, props, key: null });
    const tree = of('fragment', {
      children: [of(PlacedText, line()), null, [of(PlacedText, line({ children: 'b' }))], 'text'],
    });
    expect(listLines(tree).map((one) => one.children)).toEqual(['Checkout 4.31', 'b']);
  });
});
