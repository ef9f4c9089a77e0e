import { findStorm, listAlerts, listSources, type AlertRecord, type SourceRecord } from '../alerts/index.ts';
import { NotFoundError } from '../errors.ts';
import { requireKnown } from './scope.ts';
import type { SiteDeps } from './types.ts';

/** What an alert can be filtered by. */
export const ALERT_STATES = [
  'firing',
  'acked',
  'snoozed',
  'resolved',
] as const satisfies AlertRecord['state'][];
type AlertState = (typeof ALERT_STATES)[number];

/** Which alerts: open ones unless a state is given, those of a team, or of one storm with its past ones. */
export type AlertScope = { state: AlertState | null; team: string | null; storm: number | null };

/** More are no list that somebody reads; the API has them all. */
export const ALERTS_SHOWN = 500;
const SOURCES_SHOWN = 100;

/** Reads `?state=&team=&storm=`. Throws NotFoundError `scope_unknown` for a state or a storm that cannot be. */
export function toAlertScope(query: URLSearchParams): AlertScope {
  const named = (name: string): string | null => query.get(name)?.trim() || null;
  const [state, storm] = [named('state'), named('storm')];
  const known = ALERT_STATES.find((one) => one === state) ?? null;
  if (known === null && state !== null) throw unknown('state', state);
  if (storm !== null && !/^\d{1,9}$/.test(storm)) throw unknown('storm', storm);
  return { state: known, team: named('team'), storm: storm === null ? null : Number(storm) };
}

/** Gives a scope as a query, such as `?state=acked`; empty for all that are open. */
export function alertScopeQuery({ state, team, storm }: AlertScope): string {
  const given = Object.entries({ state, team, storm }).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

/** The alerts of a scope, worst first; `isCut`: there are more. Throws NotFoundError `scope_unknown`. */
export async function loadShownAlerts(
  deps: SiteDeps,
  { state, team, storm }: AlertScope,
): Promise<{ alerts: AlertRecord[]; isCut: boolean }> {
  const metrics = [...deps.registry.current().metrics.values()];
  requireKnown(
    'team',
    team,
    metrics.flatMap(({ teams }) => teams),
  );
  const found = await listAlerts(deps.db, deps.workspaceId, {
    limit: ALERTS_SHOWN + 1,
    ...(state === null ? {} : { states: [state] }),
    ...(team === null
      ? {}
      : { metricIds: metrics.filter(({ teams }) => teams.includes(team)).map(({ id }) => id) }),
    ...(storm === null
      ? {}
      : { ids: await listStorm(deps, storm), ...(state === null && { states: ALERT_STATES }) }),
  });
  return { alerts: found.slice(0, ALERTS_SHOWN).toSorted(byUrgency), isCut: found.length > ALERTS_SHOWN };
}

/**
 * The silent sources of a scope, newest first: nobody can ack them, and a storm holds none; those that are back are with the
 * alerts that are over.
 */
export async function loadShownSources(
  { db, workspaceId, registry }: SiteDeps,
  { state, team, storm }: AlertScope,
): Promise<SourceRecord[]> {
  if (storm !== null || state === 'acked' || state === 'snoozed') return [];
  const metrics = [...registry.current().metrics.values()];
  return listSources(db, workspaceId, {
    state: state === 'resolved' ? 'back' : 'silent',
    metricIds:
      team === null ? undefined : metrics.filter(({ teams }) => teams.includes(team)).map(({ id }) => id),
    limit: SOURCES_SHOWN,
  });
}

async function listStorm({ db, workspaceId }: SiteDeps, number: number): Promise<string[]> {
  const storm = await findStorm(db, workspaceId, { number });
  if (!storm) throw unknown('storm', `S-${number}`);
  return storm.alerts.map(({ id }) => id);
}

/** Open before over, red before amber, nobody's before somebody's, the oldest first. */
function byUrgency(a: AlertRecord, b: AlertRecord): number {
  const rank = ({ state, level }: AlertRecord): number =>
    (state === 'resolved' ? 4 : 0) + (level === 'amber' ? 2 : 0) + (state === 'firing' ? 0 : 1);
  return rank(a) - rank(b) || a.number - b.number;
}

function unknown(kind: string, name: string): NotFoundError {
  return new NotFoundError(
    'scope_unknown',
    `There is no ${kind} called ${name}. /alerts shows what is open.`,
    {
      details: { scope: name },
    },
  );
}
