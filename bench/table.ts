import type { BenchRow, Sample } from './types.ts';

const HEAD = ['', 'figure', 'ours', 'beside', 'ratio', 'goal'] as const;

/** Renders rows as a Markdown table: medians, with the least and the most in brackets. */
export function renderTable(rows: readonly BenchRow[]): string {
  const cells = rows.map((row) => [
    row.ok ? '✓' : '✗',
    row.figure,
    renderSample(row.ours),
    row.peer ? `${row.peer.name}: ${renderSample(row.peer.sample)}` : '–',
    row.ratio === null ? '–' : `${row.ratio.toFixed(2)} ×`,
    row.goal,
  ]);
  const widths = HEAD.map((head, column) =>
    Math.max(head.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const line = (parts: readonly string[]): string =>
    `| ${parts.map((part, column) => part.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(HEAD), rule, ...cells.map(line)].join('\n');
}

function renderSample({ median, min, max, runs, unit }: Sample): string {
  const spread = runs > 1 ? ` (${round(min)}–${round(max)})` : '';
  return `${round(median)} ${unit}${spread}`;
}

/** Three digits that matter. */
function round(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toFixed(Math.min(digits, 2));
}
