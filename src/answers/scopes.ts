import type { Metric } from '../registry/index.ts';
import { foldName } from './find-named.ts';
import { isShortName, shortName } from './short-name.ts';

/** A part of the metrics: everything, what one owns or starred, or what a word names. `named` is a team or a domain. */
export type Scope = { by: 'all' | 'me' } | { by: 'named' | 'team' | 'domain' | 'tag'; name: string };

/** A scope that has a word of its own. */
export type NamedScope = Extract<Scope, { name: string }>;

/** What `@me` looks at. */
export type Mine = { email: string; starred: ReadonlySet<string> };

const ALL: ReadonlySet<string> = new Set(['all', 'everything', 'все', 'всё']);
const PREFIXED = /^(team|domain|tag):\s*(.+)$/iu;

/** Reads a scope: `growth`, `team:growth`, `domain:money`, `tag:slo`, `@me`, `all`; undefined for nothing. */
export function parseScope(text: string): Scope | undefined {
  const words = text.trim();
  if (words === '') return undefined;
  if (words.toLowerCase() === '@me') return { by: 'me' };
  if (ALL.has(words.toLowerCase())) return { by: 'all' };
  const prefixed = parsePrefixed(words);
  return prefixed ?? { by: 'named', name: words };
}

/** Reads `team:growth`, `domain:money` or `tag:slo`; undefined for other words. */
export function parsePrefixed(text: string): NamedScope | undefined {
  const [, by = '', name = ''] = PREFIXED.exec(text.trim()) ?? [];
  if (name === '') return undefined;
  return { by: by.toLowerCase() as 'team' | 'domain' | 'tag', name: name.trim() };
}

/**
 * Gives the metrics of a scope, in their order. Metrics about Heartbeat itself are in their own domain alone. `me` is null
 * for somebody without stars or metrics.
 */
export function metricsInScope(scope: Scope, metrics: Iterable<Metric>, me: Mine | null): Metric[] {
  return [...metrics].filter((metric) => isInScope(scope, metric, me));
}

function isInScope(scope: Scope, metric: Metric, me: Mine | null): boolean {
  if (!('name' in scope)) {
    if (scope.by === 'me') return me !== null && (metric.owner === me.email || me.starred.has(metric.id));
    return metric.builtIn !== true;
  }
  const { by, name } = scope;
  return namesOf(metric, by).some((known) => isSameName(known, name));
}

function namesOf({ domain, teams, tags, builtIn }: Metric, by: NamedScope['by']): readonly string[] {
  if (builtIn) return by === 'team' || by === 'tag' ? [] : [domain];
  return { named: [domain, ...teams], team: teams, domain: [domain], tag: tags }[by];
}

/** Gives a scope's word as the files write it, such as `Growth` for `growth` or for what a button carries. */
export function scopeName({ by, name }: NamedScope, metrics: Iterable<Metric>): string {
  for (const metric of metrics) {
    const known = namesOf(metric, by).find((one) => isSameName(one, name));
    if (known !== undefined) return known;
  }
  return name;
}

/** Gives every domain, team and tag that metrics have, with what each is. */
export function listScopes(metrics: Iterable<Metric>): NamedScope[] {
  const found = new Map<string, NamedScope>();
  for (const { domain, teams, tags } of metrics) {
    for (const name of [domain, ...teams]) found.set(`named ${foldName(name)}`, { by: 'named', name });
    for (const name of tags) found.set(`tag ${foldName(name)}`, { by: 'tag', name });
  }
  return [...found.values()];
}

/** Tells whether two words name one thing: in any case, or as a button carries it. */
export function isSameName(known: string, word: string): boolean {
  if (isShortName(word)) return shortName(known) === word;
  return known.toLowerCase() === word.toLowerCase();
}
