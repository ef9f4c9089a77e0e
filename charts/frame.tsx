import type { JSX } from 'satori/jsx/jsx-runtime';

import { CORNER, HAIRLINE, STROKE, type Colors, type Mark } from './theme.ts';

/** The border of a tile: heavy when red, a hairline else, dashed while unverified. */
export function renderFrame(
  mark: Mark,
  size: { width: number; height: number },
  colors: Colors,
): JSX.Element {
  const width = mark === 'red' ? STROKE : HAIRLINE;
  const box = {
    x: width / 2,
    y: width / 2,
    width: size.width - width,
    height: size.height - width,
    rx: CORNER - width / 2,
    fill: 'none',
    strokeWidth: width,
  };
  if (mark === 'red') return <rect {...box} stroke={colors.mark.red} />;
  if (mark === 'unverified') return <rect {...box} stroke={colors.mark.unverified} strokeDasharray="8 8" />;
  return <rect {...box} stroke={colors.hairline} />;
}
