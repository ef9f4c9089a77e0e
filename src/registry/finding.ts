import { closest, distance } from 'fastest-levenshtein';
import type { Problem } from './types.ts';

/** Something wrong in one file: a Problem that does not say which file. */
export type Finding = Omit<Problem, 'file'>;

/** What was read, as far as it could be, and what is wrong with it. An error among the findings means `value` is null. */
export type Parsed<T> = { value: T | null; findings: Finding[] };

const MAX_QUOTED = 60;
/** Comparing one word with more than this takes too long when thousands are unknown. */
const MAX_COMPARED = 2000;

/** Gives a finding that leaves its metric, cut or person out. */
export function errorAt(line: number, reason: string, hint: string | null): Finding {
  return { line, reason, hint, severity: 'error' };
}

/** Gives a finding that leaves everything running. */
export function warningAt(line: number, reason: string, hint: string | null): Finding {
  return { line, reason, hint, severity: 'warning' };
}

/** Tells whether any of the findings is an error. */
export function hasError(findings: readonly Pick<Finding, 'severity'>[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** Puts a file's path on its findings. */
export function inFile(file: string, findings: readonly Finding[]): Problem[] {
  return findings.map((finding) => ({ file, ...finding }));
}

/** Shows a value of a file inside a sentence, on one line and not too long. */
export function quoted(value: unknown): string {
  const text = plainText(value).replaceAll(/\s+/g, ' ').trim();
  if (text === '') return '""';
  if (text.length <= MAX_QUOTED) return text;
  // half a character at the end could not be stored
  return `${text.slice(0, MAX_QUOTED - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** Finds the known word that somebody most likely meant, or undefined when none is near. */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || known.length > MAX_COMPARED || word.length > MAX_QUOTED) return undefined;
  const lower = word.toLowerCase();
  const nearest = closest(lower, [...known]);
  if (distance(lower, nearest) <= Math.max(1, Math.floor(nearest.length / 3))) return nearest;
  if (lower.length < 3) return undefined;
  return known.find((name) => name.startsWith(lower) || lower.startsWith(name));
}
