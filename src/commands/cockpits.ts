import {
  answerCockpit,
  cockpitSpec,
  encodePress,
  GLYPH,
  type Answer,
  type Button,
  type Scope,
} from '../answers/index.ts';
import { loadStatuses } from '../pulse/index.ts';
import { chooseScope, isOwnChat, loadMine, roomView, wholeView, type ScopeView } from './scopes.ts';
import type { CommandContext } from './types.ts';

/** The cockpit of a scope; without one, of the room's teams or of the whole workspace. */
export async function showCockpit(context: CommandContext, scope?: Scope): Promise<Answer> {
  if (scope === undefined) return drawView(context, roomView(context) ?? wholeView(context), undefined);
  const chosen = await chooseScope(context, scope, 'cockpit');
  return chosen.kind === 'ask' ? chosen.answer : drawView(context, chosen.value, chosen.value.scope);
}

async function drawView(
  context: CommandContext,
  { metricIds, label }: ScopeView,
  alertsOf: Scope | undefined,
): Promise<Answer> {
  const { name } = context.deps.registry.current().workspace;
  return drawMetrics(context, {
    title: label === null ? name : `${name} · ${label}`,
    metricIds,
    ...(alertsOf && { alertsOf }),
    more: label === null ? [] : [[everythingButton(context)]],
  });
}

function everythingButton({ words }: CommandContext): Button {
  const press = encodePress({ kind: 'cockpit', scope: { by: 'all' } });
  return { label: `${GLYPH.cockpit} ${words.t('button-everything')}`, press };
}

/** What the caller starred; how to star where there is nothing. */
export async function showStarred(context: CommandContext): Promise<Answer> {
  const { deps, words } = context;
  const { metrics } = deps.registry.current();
  const me = await loadMine(context);
  const metricIds = [...(me?.starred ?? [])].filter((id) => metrics.has(id));
  if (metricIds.length === 0) return { lines: [[words.t('no-stars')]] };
  return drawMetrics(context, { title: words.t('starred-title'), metricIds, isOrdered: true });
}

/** Which metrics a cockpit shows, and how. `isOrdered`: they stand in an order of their own, else the worst come first. */
export type Drawing = {
  title: string;
  metricIds: readonly string[];
  isOrdered?: boolean;
  note?: string | null;
  alertsOf?: Scope;
  more?: readonly (readonly Button[])[];
};

/** Draws metrics as a cockpit; what the reader starred comes after the red ones, where nobody else sees it. */
export async function drawMetrics(context: CommandContext, drawing: Drawing): Promise<Answer> {
  const { deps, words } = context;
  const { metricIds, isOrdered = false, title } = drawing;
  const [found, me] = await Promise.all([
    loadStatuses(deps, metricIds),
    isOwnChat(context) ? loadMine(context) : null,
  ]);
  const place = new Map(metricIds.map((id, index) => [id, index]));
  const rank = (id: string): number => place.get(id) ?? 0;
  const statuses = isOrdered ? found.toSorted((a, b) => rank(a.metric.id) - rank(b.metric.id)) : found;
  const now = deps.clock.now();
  // a list has the order that its people gave it
  const first = isOrdered ? { isOrdered } : me && { starred: me.starred };
  const picture =
    statuses.length === 0 ? null : cockpitSpec(statuses, { title, words, theme: 'light', now, ...first });
  return answerCockpit({ ...drawing, statuses, now, picture, ...first }, words);
}
