import { describe, expect, it } from 'vitest';

import { THEMES } from '../../charts/index.ts';

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2: from 1 to 21. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(Object.entries(THEMES))('the %s theme', (_, colors) => {
  it('knows how to measure contrast', () => {
    expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2);
  });

  const words = { text: colors.text, muted: colors.muted, ...colors.ink };
  it.each(Object.entries(words))(
    'writes %s with a contrast of at least 4.5 on its background',
    (_name, color) => {
      expect(contrast(color, colors.background)).toBeGreaterThanOrEqual(4.5);
    },
  );

  const tints = { typical: colors.typical, range: colors.range, ...colors.span };
  it.each(Object.entries(tints))(
    'writes the newest value with a contrast of at least 4.5 on %s',
    (_name, tint) => {
      expect(contrast(colors.text, tint)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('draws series and levels with a contrast of at least 3 on its background', () => {
    for (const color of [colors.series, colors.mark.red, colors.mark.amber, colors.mark.green]) {
      expect(contrast(color, colors.background)).toBeGreaterThanOrEqual(3);
    }
  });
});
