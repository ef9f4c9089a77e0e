export type EdgeLabel = { y: number; text: string; color: string; weight: 400 | 600 };

/** Moves labels apart so that each has `gap` pixels, keeping their order and staying inside the range if it is large enough. */
export function spreadLabels(
  labels: readonly EdgeLabel[],
  gap: number,
  range: { top: number; bottom: number },
): EdgeLabel[] {
  const spread = labels.toSorted((a, b) => a.y - b.y).map((label) => ({ ...label }));
  let lowest = range.top;
  for (const label of spread) {
    label.y = Math.max(label.y, lowest);
    lowest = label.y + gap;
  }
  let highest = range.bottom;
  for (const label of spread.toReversed()) {
    label.y = Math.min(label.y, highest);
    highest = label.y - gap;
  }
  return spread;
}
