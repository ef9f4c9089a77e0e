import type { Tx } from '../db/index.ts';
import {
  canEdit,
  parsePlaceKey,
  placeKey,
  PRIORITY,
  type DeliveryDraft,
  type Place,
} from '../delivery/index.ts';
import { isValidated } from '../people/index.ts';
import type { Metric } from '../registry/index.ts';
import { listPostedPlaces, type DraftContext } from './draft.ts';
import { listOpsPlaces, listPersonPlaces } from './route.ts';
import { holdBack, windowsOfAll } from './silence.ts';

/** What happened to the alert of a source: it was opened, names other metrics, or all are fresh again. */
export type SourceChange = {
  id: string;
  metrics: readonly string[];
  kind: 'stale' | 'stale_changed' | 'fresh';
};

/** Decides who hears of a silent source: the owners of its metrics and the ops inbox; whoever heard of it hears of its end. */
export async function draftSource(
  tx: Tx,
  context: DraftContext,
  change: SourceChange,
): Promise<DeliveryDraft[]> {
  const posted = (await listPostedPlaces(tx, [change.id])).get(change.id) ?? new Set<string>();
  const { now } = context;
  const metrics = change.metrics.flatMap((id) => context.registry.metrics.get(id) ?? []);
  const posts = listRecipients(context, metrics)
    .filter((place) => change.kind !== 'fresh' && !posted.has(placeKey(place)))
    .map((place) => draftOf(change, { place, operation: 'post', now }));
  const updates = [...posted].flatMap((key) => {
    const place = parsePlaceKey(key);
    const edit = canEdit(place) ? [draftOf(change, { place, operation: 'edit', now })] : [];
    const reply = change.kind === 'fresh' ? [draftOf(change, { place, operation: 'reply', now })] : [];
    return [...edit, ...reply];
  });
  return [...posts, ...updates].map((draft) => silence(context, metrics, draft));
}

function listRecipients({ registry, channels }: DraftContext, metrics: readonly Metric[]): Place[] {
  const { people, workspace } = registry;
  const emails = new Set(metrics.map(({ owner }) => owner?.toLowerCase()));
  const owners = people.filter((person) => emails.has(person.email.toLowerCase()) && isValidated(person));
  const places = [...owners.flatMap(listPersonPlaces), ...listOpsPlaces(workspace.opsInbox)];
  const live = places.filter(({ channel }) => channels.has(channel));
  return [...new Map(live.map((place) => [placeKey(place), place])).values()];
}

function draftOf(
  { id, kind }: SourceChange,
  { place, operation, now }: { place: Place; operation: 'post' | 'edit' | 'reply'; now: Date },
): DeliveryDraft {
  // the same metrics may be stale again and again while it is open
  const what = kind === 'stale_changed' ? `${kind}@${now.toISOString()}` : kind;
  return {
    key: `${id}:${what}:${placeKey(place)}:${operation}`,
    alertId: id,
    edge: kind,
    place,
    operation,
    silent: operation !== 'post',
    priority: PRIORITY.rest,
    hold: null,
    payload: {},
  };
}

/** Stale is not red: it waits for a person's morning. A window keeps it back when all of its metrics are in one. */
function silence(context: DraftContext, metrics: readonly Metric[], draft: DeliveryDraft): DeliveryDraft {
  const [metric] = metrics;
  if (!metric) return draft;
  const { registry, now } = context;
  const { people, workspace } = registry;
  const windows = windowsOfAll(metrics, context.windows);
  return holdBack(draft, { metric, level: 'amber', windows, people, timezone: workspace.timezone, now });
}
