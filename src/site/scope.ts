import { distance } from 'fastest-levenshtein';
import { NotFoundError } from '../errors.ts';
import { loadStatuses, type MetricStatus } from '../pulse/index.ts';
import type { Metric } from '../registry/index.ts';
import type { SiteDeps } from './types.ts';

/** Which metrics a cockpit shows: those of a team, of a domain, of both, or all. */
export type Scope = { team: string | null; domain: string | null; watchlist: string | null };

/** Reads `?team=&domain=&watchlist=`. */
export function toScope(query: URLSearchParams): Scope {
  const named = (name: string): string | null => query.get(name)?.trim() || null;
  return { team: named('team'), domain: named('domain'), watchlist: named('watchlist') };
}

/** Gives a scope as a query, such as `?team=growth`; empty for all metrics. */
export function scopeQuery({ team, domain }: Scope): URLSearchParams {
  const entries = Object.entries({ team, domain }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return new URLSearchParams(entries);
}

/** Gives the metrics of a scope and what it is called. Throws NotFoundError `scope_unknown` for a name that none has. */
export async function loadScope(
  deps: SiteDeps,
  scope: Scope,
): Promise<{ statuses: MetricStatus[]; title: string }> {
  const { workspace, metrics } = deps.registry.current();
  const all = [...metrics.values()];
  if (scope.watchlist !== null) throw unknownScope('watchlist', scope.watchlist, []);
  requireKnown(
    'team',
    scope.team,
    all.flatMap(({ teams }) => teams),
  );
  requireKnown(
    'domain',
    scope.domain,
    all.map(({ domain }) => domain),
  );
  const ids = all.filter((metric) => isWithin(metric, scope)).map(({ id }) => id);
  const names = [workspace.name, scope.team, scope.domain].filter((name) => name !== null);
  return { statuses: await loadStatuses(deps, ids), title: names.join(' · ') };
}

/** Metrics about Heartbeat itself are on no cockpit but their own. */
function isWithin(metric: Metric, { team, domain }: Scope): boolean {
  if (metric.builtIn && domain !== metric.domain) return false;
  return (team === null || metric.teams.includes(team)) && (domain === null || metric.domain === domain);
}

function requireKnown(kind: 'team' | 'domain', name: string | null, known: readonly string[]): void {
  if (name !== null && !known.includes(name)) throw unknownScope(kind, name, known);
}

function unknownScope(kind: string, name: string, known: readonly string[]): NotFoundError {
  const [nearest] = [...new Set(known)].sort((a, b) => distance(a, name) - distance(b, name));
  const next = nearest === undefined ? '/cockpit shows all metrics.' : `The nearest is ${nearest}.`;
  return new NotFoundError('scope_unknown', `No metric belongs to a ${kind} called ${name}. ${next}`, {
    details: { scope: name },
  });
}
