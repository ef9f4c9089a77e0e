import {
  answerWhichScope,
  findNamed,
  isSameName,
  listScopes,
  metricsInScope,
  scopeName,
  type Mine,
  type NamedScope,
  type Scope,
} from '../answers/index.ts';
import type { Metric } from '../registry/index.ts';
import { listStarred } from '../watchlists/index.ts';
import type { Chosen } from './choose.ts';
import type { CommandContext } from './types.ts';

/** The metrics that an answer is about: `label` says which part of all of them, null for everything. */
export type ScopeView = { scope: Scope; metricIds: readonly string[]; label: string | null };

/** What an answer about a scope shows. */
export type ScopeShow = 'cockpit' | 'alerts' | 'log';

/** Finds the metrics of a scope, or asks which one is meant. */
export async function chooseScope(
  context: CommandContext,
  scope: Scope,
  show: ScopeShow,
): Promise<Chosen<ScopeView>> {
  const metrics = [...context.deps.registry.current().metrics.values()];
  if (!('name' in scope)) {
    const me = scope.by === 'me' ? await loadMine(context) : null;
    const label = scope.by === 'me' ? context.words.t('scope-mine') : null;
    return { kind: 'one', value: toView(scope, { metrics, me, label }) };
  }
  const found = findScope(scope, metrics);
  if ('name' in found) return { kind: 'one', value: toView(found, { metrics, me: null, label: found.name }) };
  const facts = { query: scope.name, nearest: found.nearest, show };
  return { kind: 'ask', answer: answerWhichScope(facts, context.words) };
}

function toView(
  scope: Scope,
  { metrics, me, label }: { metrics: readonly Metric[]; me: Mine | null; label: string | null },
): ScopeView {
  return { scope, metricIds: metricsInScope(scope, metrics, me).map(({ id }) => id), label };
}

/** A name counts as written, as a button carries it, or by a part that only one has. */
function findScope(
  scope: NamedScope,
  metrics: readonly Metric[],
): NamedScope | { nearest: readonly NamedScope[] } {
  if (metricsInScope(scope, metrics, null).length > 0) return { ...scope, name: scopeName(scope, metrics) };
  const known = listScopes(metrics);
  const found = findNamed(scope.name, known, ({ name }) => [name]);
  if (found.kind !== 'one') return { nearest: found.nearest };
  const isPart = found.value.by === scope.by && !isSameName(found.value.name, scope.name);
  return isPart ? found.value : { nearest: [found.value] };
}

/** What a cockpit shows where nothing else is said: the teams of the room, if they have metrics and others have some too. */
export function roomView({ deps, caller }: CommandContext): ScopeView | null {
  const metrics = [...deps.registry.current().metrics.values()].filter(({ builtIn }) => builtIn !== true);
  const isRooms = (metric: Metric): boolean =>
    metric.teams.some((team) => caller.roomTeams.some((known) => isSameName(known, team)));
  const metricIds = metrics.filter(isRooms).map(({ id }) => id);
  if (metricIds.length === 0 || metricIds.length === metrics.length) return null;
  return { scope: { by: 'all' }, metricIds, label: caller.roomTeams.join(', ') };
}

/** Everything that somebody wrote a file for. */
export function wholeView({ deps }: CommandContext): ScopeView {
  const metrics = [...deps.registry.current().metrics.values()];
  return toView({ by: 'all' }, { metrics, me: null, label: null });
}

/** What the caller starred, and whose metrics `@me` shows; null for an API token. */
export async function loadMine({ deps, caller }: CommandContext): Promise<Mine | null> {
  if (caller.person === null) return null;
  const { email } = caller.person;
  return { email, starred: new Set(await listStarred(deps, email)) };
}

/** Tells whether only the caller sees the answer: what they starred may then come first. */
export function isOwnChat({ caller: { person }, place }: CommandContext): boolean {
  if (place === null) return true;
  if (place.channel === 'telegram') return place.chat === String(person?.telegramId);
  // a direct message's id begins with D (https://docs.slack.dev/apis/web-api/using-the-conversations-api)
  return place.channel === 'slack' && /^D|^U/.test(place.conversation);
}
