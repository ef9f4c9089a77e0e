import { distance } from 'fastest-levenshtein';

import type { Metric } from '../registry/index.ts';

const NEAREST_MAX = 3;

/** Comparing spellings takes time by length times length. */
const NAME_MAX = 80;

/** One metric, or up to three that may be meant: `several` when the words fit more than one. */
export type MetricSearch =
  | { kind: 'one'; metric: Metric }
  | { kind: 'several' | 'none'; nearest: readonly Metric[] };

/**
 * Finds a metric by id, name or synonym, in any case and without diacritics: exact first, then the only one that starts
 * with the words, then the only one that has them at the start of a word; else the three nearest by spelling.
 */
export function findMetric(query: string, metrics: Iterable<Metric>): MetricSearch {
  const wanted = fold(query);
  const candidates = [...metrics].map((metric) => ({ metric, names: namesOf(metric) }));
  if (wanted !== '') {
    for (const fits of FITS) {
      const found = candidates.filter(({ names }) => names.some((name) => fits(name, wanted)));
      const [first] = found;
      if (first && found.length === 1) return { kind: 'one', metric: first.metric };
      if (first) return { kind: 'several', nearest: findNearest(wanted, found) };
    }
  }
  return { kind: 'none', nearest: findNearest(wanted, candidates) };
}

type Candidate = { metric: Metric; names: readonly string[] };

const FITS: readonly ((name: string, wanted: string) => boolean)[] = [
  (name, wanted) => name === wanted,
  (name, wanted) => name.startsWith(wanted),
  (name, wanted) => name.includes(` ${wanted}`),
];

function namesOf({ id, name, synonyms }: Metric): string[] {
  return [id, name, ...synonyms].map(fold);
}

/** Lower case, without diacritics, every run of other signs one space; what is longer than any name is cut. */
function fold(text: string): string {
  return text
    .slice(0, NAME_MAX)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function findNearest(wanted: string, candidates: readonly Candidate[]): Metric[] {
  const scored = candidates.map(({ metric, names }) => ({ metric, score: spellingDistance(wanted, names) }));
  scored.sort((a, b) => a.score - b.score || a.metric.name.localeCompare(b.metric.name));
  return scored.slice(0, NEAREST_MAX).map(({ metric }) => metric);
}

/** 0 same to 1 nothing in common; a long name is also compared by its single words. */
function spellingDistance(wanted: string, names: readonly string[]): number {
  const texts = names.flatMap((name) => [name, ...name.split(' ')]);
  const scores = texts.map((text) => distance(wanted, text) / Math.max(wanted.length, text.length, 1));
  return Math.min(...scores);
}
