import type { Problem } from './types.ts';

/** Writes a problem as one line: `metrics/checkout.yaml:12: reason hint`; a warning says that it is one. */
export function formatProblem({ file, line, reason, hint, severity }: Problem): string {
  const words = [severity === 'warning' ? 'Warning:' : '', reason, hint ?? ''].filter(Boolean);
  return `${file}:${line}: ${words.join(' ')}`;
}
