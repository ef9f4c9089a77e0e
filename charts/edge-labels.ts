export type EdgeLabel = { y: number; text: string; color: string; weight: 400 | 600 };

type SpreadOptions = { gap: number; top: number; bottom: number };

/**
 * Moves labels apart so that each has `gap` pixels. The first one stays where it is and the others keep their order around
 * it; a stack that would leave the range is shifted as a whole.
 */
export function spreadLabels(labels: readonly EdgeLabel[], { gap, top, bottom }: SpreadOptions): EdgeLabel[] {
  const [first, ...others] = labels;
  if (!first) return [];
  const sorted = others.toSorted((a, b) => a.y - b.y);
  const above = sorted.filter((label) => label.y < first.y).toReversed();
  const below = sorted.filter((label) => label.y >= first.y);
  const all = [...stack(first.y, above, -gap).toReversed(), first, ...stack(first.y, below, gap)];
  const tooHigh = Math.max(top - (all[0]?.y ?? top), 0);
  const tooLow = Math.max((all.at(-1)?.y ?? bottom) - bottom, 0);
  return all.map((label) => ({ ...label, y: label.y + tooHigh - tooLow }));
}

/** Puts labels one after the other, away from `from`, each where it wants to be if that is far enough. */
function stack(from: number, labels: readonly EdgeLabel[], step: number): EdgeLabel[] {
  const farther = step > 0 ? Math.max : Math.min;
  let at = from;
  return labels.map((label) => {
    at = farther(label.y, at + step);
    return { ...label, y: at };
  });
}
