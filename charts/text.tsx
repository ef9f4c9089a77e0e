import type { JSX } from 'satori/jsx/jsx-runtime';

import { LINE_HEIGHT, type FontSize, type FontWeight } from './theme.ts';
import type { Measure } from './sheet.ts';
import type { WidthOf } from './fit-text.ts';

/** A line of text at a place of its own, from its left edge or up to its right edge; it is never broken. */
export type LineOfText = {
  children: string;
  top: number;
  left?: number;
  right?: number;
  size: FontSize;
  weight: FontWeight;
  color: string;
  /** all digits equally wide, for numbers that stand among numbers */
  figures?: boolean;
};

/** Draws a line of text. Pictures take lines out of a template's tree and draw each text once, wherever it stands. */
export function PlacedText(line: LineOfText): JSX.Element {
  const { children, top, left, right, size, weight, color, figures } = line;
  return (
    <div
      style={{
        position: 'absolute',
        top,
        ...(right === undefined ? { left } : { right }),
        fontSize: size,
        fontWeight: weight,
        color,
        lineHeight: `${LINE_HEIGHT[size]}px`,
        ...(figures && { fontVariantNumeric: 'tabular-nums' }),
      }}
    >
      {children}
    </div>
  );
}

/** Half of Inter's ascent less its descent, in ems: how far the baseline is below the middle of a line. */
const BASELINE_DROP = 0.364;

/** Gives the top of a line of another size whose baseline is that of a line at `top`. */
export function alignBaseline(top: number, size: FontSize, other: FontSize): number {
  const baseline = (of: FontSize): number => LINE_HEIGHT[of] / 2 + of * BASELINE_DROP;
  return Math.round(top + baseline(size) - baseline(other));
}

/** Binds a measure to one font. */
export function widthIn(measure: Measure, font: { size: FontSize; weight: FontWeight }): WidthOf {
  return (text) => measure(text, font);
}
