import { distance } from 'fastest-levenshtein';
import { NotFoundError } from '../errors.ts';
import { loadStatuses, type MetricStatus } from '../pulse/index.ts';
import type { Metric } from '../registry/index.ts';
import { findShared, listWatchlists, type Watchlist } from '../watchlists/index.ts';
import type { SiteDeps } from './types.ts';

/** Which metrics a cockpit shows: those of a team, of a domain, of both, of a watchlist, or all. */
export type Scope = { team: string | null; domain: string | null; watchlist: string | null };

/** Reads `?team=&domain=&watchlist=`. */
export function toScope(query: URLSearchParams): Scope {
  const named = (name: string): string | null => query.get(name)?.trim() || null;
  return { team: named('team'), domain: named('domain'), watchlist: named('watchlist') };
}

/** Gives a scope as a query, such as `?team=growth`; empty for all metrics. */
export function scopeQuery({ team, domain, watchlist }: Scope): URLSearchParams {
  const entries = Object.entries({ team, domain, watchlist }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return new URLSearchParams(entries);
}

/** The metrics of a scope, what it is called and for. `isOrdered`: they stand in an order of their own. */
export type ShownScope = {
  statuses: MetricStatus[];
  title: string;
  note: string | null;
  isOrdered: boolean;
};

/** Gives the metrics of a scope and what it is called. Throws NotFoundError `scope_unknown` for a name that none has. */
export async function loadScope(deps: SiteDeps, scope: Scope): Promise<ShownScope> {
  const { workspace, metrics } = deps.registry.current();
  const all = [...metrics.values()];
  if (scope.watchlist !== null) return loadList(deps, scope.watchlist);
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
  return {
    statuses: await loadStatuses(deps, ids),
    title: names.join(' · '),
    note: null,
    isOrdered: false,
  };
}

/** The list that a link's secret opens, or a team's by its id or name: a person's own has no other address. */
async function loadList(deps: SiteDeps, wanted: string): Promise<ShownScope> {
  const list = (await findShared(deps, wanted)) ?? (await findTeamList(deps, wanted));
  const statuses = await loadStatuses(deps, list.metricIds);
  const place = (status: MetricStatus): number => list.metricIds.indexOf(status.metric.id);
  return {
    statuses: statuses.toSorted((a, b) => place(a) - place(b)),
    title: list.name,
    note: list.description,
    isOrdered: true,
  };
}

async function findTeamList(deps: SiteDeps, wanted: string): Promise<Watchlist> {
  const lists = await listWatchlists(deps, { email: null });
  const isNamed = ({ name }: Watchlist): boolean => name.toLowerCase() === wanted.toLowerCase();
  const found = lists.find(({ id }) => id === wanted) ?? lists.find(isNamed);
  if (found) return found;
  const names = lists.map(({ name }) => name);
  throw unknownScope('watchlist', wanted, names);
}

/** Metrics about Heartbeat itself are on no cockpit but their own. */
function isWithin(metric: Metric, { team, domain }: Scope): boolean {
  if (metric.builtIn && domain !== metric.domain) return false;
  return (team === null || metric.teams.includes(team)) && (domain === null || metric.domain === domain);
}

/** Throws NotFoundError `scope_unknown`, with the nearest name, for one that none has. */
export function requireKnown(kind: 'team' | 'domain', name: string | null, known: readonly string[]): void {
  if (name !== null && !known.includes(name)) throw unknownScope(kind, name, known);
}

function unknownScope(kind: string, name: string, known: readonly string[]): NotFoundError {
  const [nearest] = [...new Set(known)].sort((a, b) => distance(a, name) - distance(b, name));
  const next = nearest === undefined ? '/cockpit shows all metrics.' : `The nearest is ${nearest}.`;
  const what = kind === 'watchlist' ? 'There is no watchlist' : `No metric belongs to a ${kind}`;
  return new NotFoundError('scope_unknown', `${what} called ${name}. ${next}`, {
    details: { scope: name },
  });
}
