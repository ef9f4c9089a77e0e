import { distance } from 'fastest-levenshtein';

const NEAREST_MAX = 3;

/** Comparing spellings takes time by length times length. */
const NAME_MAX = 80;

/** One thing, or up to three that may be meant: `several` when the words fit more than one. */
export type NamedSearch<T> = { kind: 'one'; value: T } | { kind: 'several' | 'none'; nearest: readonly T[] };

type Candidate<T> = { value: T; names: readonly string[] };

/**
 * Finds a thing by one of its names, in any case and without diacritics: exact first, then the only one that starts with the
 * words, then the only one that has them at the start of a word; else the three nearest by spelling, of equal ones the first.
 */
export function findNamed<T>(
  query: string,
  things: Iterable<T>,
  namesOf: (thing: T) => readonly string[],
): NamedSearch<T> {
  const wanted = foldName(query);
  const candidates = [...things].map((value) => ({ value, names: namesOf(value).map(foldName) }));
  if (wanted !== '') {
    for (const fits of FITS) {
      const found = candidates.filter(({ names }) => names.some((name) => fits(name, wanted)));
      const [first] = found;
      if (first && found.length === 1) return { kind: 'one', value: first.value };
      if (first) return { kind: 'several', nearest: findNearest(wanted, found) };
    }
  }
  return { kind: 'none', nearest: findNearest(wanted, candidates) };
}

const FITS: readonly ((name: string, wanted: string) => boolean)[] = [
  (name, wanted) => name === wanted,
  (name, wanted) => name.startsWith(wanted),
  (name, wanted) => name.includes(` ${wanted}`),
];

/** Gives a name in lower case, without diacritics, every run of other signs one space; what is longer than any name is cut. */
export function foldName(text: string): string {
  return text
    .slice(0, NAME_MAX)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Half of the letters may differ: beyond that nobody means it. */
const SPELLING_NEAR = 0.5;

/**
 * Lists at most `most` things by how well one of their names fits the words, the best first: the same, then that starts with
 * them, then that has them at the start of a word, then near by spelling; empty when none is near.
 */
export function listNearest<T>(
  query: string,
  things: Iterable<T>,
  { namesOf, most }: { namesOf: (thing: T) => readonly string[]; most: number },
): T[] {
  const wanted = foldName(query);
  if (wanted === '') return [];
  return [...things]
    .map((value) => ({ value, ...rateNames(wanted, namesOf(value).map(foldName)) }))
    .filter(({ fit, score }) => fit < FITS.length || score <= SPELLING_NEAR)
    .toSorted((a, b) => a.fit - b.fit || a.score - b.score)
    .slice(0, most)
    .map(({ value }) => value);
}

function rateNames(wanted: string, names: readonly string[]): { fit: number; score: number } {
  const fit = FITS.findIndex((fits) => names.some((name) => fits(name, wanted)));
  return { fit: fit === -1 ? FITS.length : fit, score: spellingDistance(wanted, names) };
}

function findNearest<T>(wanted: string, candidates: readonly Candidate<T>[]): T[] {
  return candidates
    .map(({ value, names }) => ({ value, score: spellingDistance(wanted, names) }))
    .toSorted((a, b) => a.score - b.score)
    .slice(0, NEAREST_MAX)
    .map(({ value }) => value);
}

/** 0 same to 1 nothing in common; a long name is also compared by its single words. */
function spellingDistance(wanted: string, names: readonly string[]): number {
  const texts = names.flatMap((name) => [name, ...name.split(' ')]);
  const scores = texts.map((text) => distance(wanted, text) / Math.max(wanted.length, text.length, 1));
  return Math.min(...scores);
}
