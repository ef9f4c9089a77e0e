/** Lines of unchanged text around a change. */
const CONTEXT = 3;

type Step = { sign: ' ' | '-' | '+'; text: string };

/** Gives the unified diff of two texts, as `diff -u` writes it; empty when they are the same. Meant for files of people's size. */
export function unifiedDiff(before: string, after: string, file: string): string {
  if (before === after) return '';
  const steps = compareLines(splitLines(before), splitLines(after));
  const hunks = listHunks(steps).map(([from, to]) => writeHunk(steps, from, to));
  return [`--- a/${file}`, `+++ b/${file}`, ...hunks.flat()].join('\n');
}

function splitLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** What both have at the start and at the end need not be compared line by line. */
function compareLines(before: readonly string[], after: readonly string[]): Step[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const same = (lines: readonly string[]): Step[] => lines.map((text) => ({ sign: ' ', text }));
  return [
    ...same(before.slice(0, start)),
    ...compareMiddles(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

/** By the longest common subsequence, filled from the end (Hunt and McIlroy, 1976, without their shortcuts). */
function compareMiddles(before: readonly string[], after: readonly string[]): Step[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const row = lengths[i] ?? new Uint32Array(0);
    for (let j = after.length - 1; j >= 0; j -= 1)
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      steps.push({ sign: ' ', text: old });
      [i, j] = [i + 1, j + 1];
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      steps.push({ sign: '-', text: old });
      i += 1;
    } else {
      steps.push({ sign: '+', text: fresh ?? '' });
      j += 1;
    }
  }
  return steps;
}

/** Changes whose contexts touch stand in one hunk. Ranges of steps, the end not included. */
function listHunks(steps: readonly Step[]): [number, number][] {
  const hunks: [number, number][] = [];
  for (const [index, { sign }] of steps.entries()) {
    if (sign === ' ') continue;
    const [from, to] = [Math.max(0, index - CONTEXT), Math.min(steps.length, index + CONTEXT + 1)];
    const last = hunks.at(-1);
    if (last && from <= last[1]) last[1] = to;
    else hunks.push([from, to]);
  }
  return hunks;
}

function writeHunk(steps: readonly Step[], from: number, to: number): string[] {
  const lines = steps.slice(from, to);
  const range = (other: '+' | '-'): string => {
    const isIn = ({ sign }: Step): boolean => sign !== other;
    const [start, count] = [steps.slice(0, from).filter(isIn).length, lines.filter(isIn).length];
    // a range without lines is named by the line before it
    const first = count === 0 ? start : start + 1;
    return count === 1 ? String(first) : `${first},${count}`;
  };
  return [`@@ -${range('+')} +${range('-')} @@`, ...lines.map(({ sign, text }) => sign + text)];
}
