import { placeKey, PRIORITY, type DeliveryDraft, type Place } from '../delivery/index.ts';

/** A storm that is open at a place. */
export type OpenStorm = { id: string };

/** What is known of a place when messages for it are decided. */
export type PlaceWeather = {
  /** pushes made for it within the policy's time, folded ones included */
  pushes: number;
  /** quiet messages made for it in that time */
  quiet: number;
  open: OpenStorm | null;
};

/** What becomes of the messages for one place. */
export type Folding =
  | { kind: 'pass' }
  /** they join the storm: the one that is open, or a new one; `isStormy`: there are still more than the policy allows */
  | { kind: 'fold'; open: OpenStorm | null; isStormy: boolean };

const PRESS_EDGES: ReadonlySet<string> = new Set(['acked', 'unacked', 'snoozed']);
/** A silent source is one message already, and a storm names alerts of metrics only. */
const SOURCE_EDGES: ReadonlySet<string> = new Set(['stale', 'stale_changed', 'fresh']);
/** What neither makes a storm nor counts towards one. */
export const CALM_EDGES: ReadonlySet<string> = new Set([...PRESS_EDGES, ...SOURCE_EDGES]);
/** Machines and phones: nobody scrolls past a flood there. */
const NEVER_FOLDED: ReadonlySet<Place['channel']> = new Set(['webhook']);

/** Tells whether a message counts as one that makes a storm: a new one about an alert, that nobody pressed for and nothing keeps back. */
export function isFoldable({
  operation,
  hold,
  alertId,
  edge,
  place,
}: Pick<DeliveryDraft, 'operation' | 'hold' | 'alertId' | 'edge' | 'place'>): boolean {
  const isNew = operation === 'post' || operation === 'reply';
  const isAboutAlert = alertId !== null && !CALM_EDGES.has(edge);
  return isNew && hold === null && isAboutAlert && !NEVER_FOLDED.has(place.channel);
}

/** A group takes so many messages a minute: quiet ones beyond that would keep others waiting. */
const QUIET_MAX = 20;

/** How many of each are decided now. */
export type Gust = { pushes: number; quiet: number };

/** Decides whether more messages for a place are one storm message; an open storm takes them all. */
export function decideFolding(weather: PlaceWeather, gust: Gust, moreThan: number): Folding {
  const pushes = weather.pushes + gust.pushes;
  const all = pushes + weather.quiet + gust.quiet;
  const isStormy = pushes > moreThan || all > Math.max(QUIET_MAX, moreThan);
  if (weather.open === null && !isStormy) return { kind: 'pass' };
  return { kind: 'fold', open: weather.open, isStormy };
}

/** The message that a storm is, its redrawing, and the replies that say its end. */
export type StormEdge = 'storm' | 'storm_changed' | 'storm_over' | 'storm_recovered';

/** Gives the delivery of a storm's message or reply. */
export function stormDraft(
  stormId: string,
  place: Place,
  {
    edge,
    payload = {},
    silent = false,
  }: { edge: StormEdge; payload?: Record<string, unknown>; silent?: boolean },
): DeliveryDraft {
  const operations = {
    storm: 'post',
    storm_changed: 'edit',
    storm_over: 'reply',
    storm_recovered: 'reply',
  } as const;
  return {
    key: `${stormId}:${edge}:${placeKey(place)}`,
    alertId: stormId,
    edge,
    place,
    operation: operations[edge],
    silent: silent || edge === 'storm_changed',
    priority: edge === 'storm' ? PRIORITY.red : PRIORITY.rest,
    hold: null,
    payload,
  };
}
