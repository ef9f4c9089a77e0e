import type { Scope } from './scopes.ts';
import { isNameField, shortName } from './short-name.ts';

/** Reads a whole number of at most nine digits. */
export function readCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Tells whether a field may be a metric's id, or its short form. */
export function isMetric(text: string | undefined): text is string {
  return text !== undefined && /^[a-z][a-z0-9_~]{1,62}$/.test(text);
}

const LETTERS = { named: 'n', team: 't', domain: 'd', tag: 'g' } as const;
const BY = ['named', 'team', 'domain', 'tag'] as const;

/** Gives a scope as a button carries it: `*`, `@`, or `t.growth`; no other field looks like one. */
export function scopeField(scope: Scope): string {
  if ('name' in scope) return `${LETTERS[scope.by]}.${shortName(scope.name)}`;
  return scope.by === 'all' ? '*' : '@';
}

/** Reads a scope of a button; a long name comes as its checksum. */
export function readScope(field: string | undefined): Scope | undefined {
  if (field === '*') return { by: 'all' };
  if (field === '@') return { by: 'me' };
  const by = BY.find((known) => field?.startsWith(`${LETTERS[known]}.`));
  const name = field?.slice(2);
  return by && isNameField(name) ? { by, name } : undefined;
}
