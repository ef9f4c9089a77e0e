import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { THEMES } from '../../charts/index.ts';
import { createPalette } from '../../src/pictures/palette.ts';

const rgbOf = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

describe.each(Object.entries(THEMES))('the palette of the %s theme', (_, colors) => {
  const palette = createPalette(colors);
  const stored = (rgb: readonly number[]): number[] => {
    const [index = 0] = palette.quantize(Uint8Array.from([...rgb, 255]));
    return [...palette.rgb.subarray(index * 3, index * 3 + 3)];
  };

  it('has at most 256 colours, each once', () => {
    const all = Array.from({ length: palette.rgb.length / 3 }, (_x, index) =>
      palette.rgb.subarray(index * 3, index * 3 + 3).join(),
    );
    expect(all.length).toBeLessThanOrEqual(256);
    expect(new Set(all).size).toBe(all.length);
  });

  it('begins with the background: an empty picture is all zeros', () => {
    expect([...palette.rgb.subarray(0, 3)]).toEqual(rgbOf(colors.background));
  });

  const flat = [colors.text, colors.muted, colors.hairline, colors.series, colors.range, colors.typical];
  const all = [
    ...flat,
    ...Object.values(colors.mark),
    ...Object.values(colors.ink),
    ...Object.values(colors.span),
  ];
  it.each([...new Set(all)])('stores %s as it is', (hex) => {
    expect(stored(rgbOf(hex))).toEqual(rgbOf(hex));
  });

  it('stores a smoothed edge of text by a grey that is near it', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        const [text, background] = [rgbOf(colors.text), rgbOf(colors.background)];
        const mixed = text.map((channel, at) =>
          Math.round(channel * share + (background[at] ?? 0) * (1 - share)),
        );
        for (const [at, channel] of stored(mixed).entries())
          expect(Math.abs(channel - (mixed[at] ?? 0))).toBeLessThanOrEqual(32);
      }),
    );
  });

  it('reads pixels wherever they lie in their buffer', () => {
    const bytes = new Uint8Array(13);
    bytes.set([...rgbOf(colors.text), 255, ...rgbOf(colors.text), 255, ...rgbOf(colors.background), 255], 1);
    const [first, second, third] = palette.quantize(bytes.subarray(1));
    expect(first).toBe(second);
    expect(third).toBe(0);
  });
});
