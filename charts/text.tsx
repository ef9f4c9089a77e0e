import type { JSX } from 'satori/jsx/jsx-runtime';

import { LINE_HEIGHT, type FontSize, type FontWeight } from './theme.ts';
import type { Measure } from './sheet.ts';
import type { WidthOf } from './fit-text.ts';

/** `figures`: all digits equally wide, for numbers that stand among numbers. */
type TextStyle = { size: FontSize; weight: FontWeight; color: string; figures?: boolean };

/** One line of text, as high as its size's line; it is never broken. */
export function Text({
  children,
  size,
  weight,
  color,
  figures,
}: TextStyle & { children: string }): JSX.Element {
  return (
    <div
      style={{
        fontSize: size,
        fontWeight: weight,
        color,
        height: LINE_HEIGHT[size],
        lineHeight: `${LINE_HEIGHT[size]}px`,
        whiteSpace: 'pre',
        fontVariantNumeric: figures ? 'tabular-nums' : 'normal',
      }}
    >
      {children}
    </div>
  );
}

/** A text at a place of its own, from its left edge or up to its right edge. */
export function PlacedText(
  props: TextStyle & { children: string; top: number; left?: number; right?: number },
): JSX.Element {
  const { top, left, right, ...text } = props;
  return (
    <div
      style={{ display: 'flex', position: 'absolute', top, ...(right === undefined ? { left } : { right }) }}
    >
      <Text {...text} />
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
