import type { Measure } from '../../charts/index.ts';
import { loadFonts } from './fonts.ts';

/** Figures are tabular: all as wide as this, in ems (Inter's `tnum`). */
const FIGURE_WIDTH = 0.65;

/** Gives the width of a line of Inter with tabular figures; kerning can make it a hair narrower. */
export const measureText: Measure = (text, { size, weight }) => {
  const { metrics } = loadFonts()[weight];
  let width = 0;
  for (const character of text) {
    const isFigure = character >= '0' && character <= '9';
    width += isFigure ? FIGURE_WIDTH : metrics.advance(character.codePointAt(0) ?? 0);
  }
  return width * size;
};
