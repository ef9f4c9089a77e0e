/** All between a reading and a person, in memory: the judge, the plan, silence, and an outbox as plain as can be. */
import { initialState, judge } from '../../src/alerts/judge.ts';
import { planDeliveries } from '../../src/alerts/plan.ts';
import { decideRelease } from '../../src/alerts/release-silenced.ts';
import { listAudience, type RouteRequest } from '../../src/alerts/route.ts';
import { holdBack, type ActiveWindow } from '../../src/alerts/silence.ts';
import type {
  AlertState,
  Edge,
  Episode,
  JudgeInput,
  JudgePolicy,
  Judgement,
} from '../../src/alerts/types.ts';
import { placeKey, type DeliveryDraft } from '../../src/delivery/index.ts';
import { aMetric, aRegistry, ivan } from '../support/deps.ts';
import { NO_HOOKS } from '../support/registry-parts.ts';

/** A message on its way. `letGo`: when, and the level that its alert had then. */
export type Message = {
  seq: number;
  key: string;
  alert: string;
  place: string;
  operation: DeliveryDraft['operation'];
  edge: string;
  version: number;
  silent: boolean;
  status: 'held' | 'pending' | 'sent' | 'dropped';
  heldUntil: string | null;
  letGo: { at: string; level: 'amber' | 'red' } | null;
};

/** An alert as it is stored: what a message is made from. */
export type Stored = {
  id: string;
  state: 'firing' | 'acked' | 'snoozed' | 'resolved';
  level: 'amber' | 'red';
  worstLevel: 'amber' | 'red';
  version: number;
};

/** Plain JSON, so that a restart is writing and reading it. */
export type World = {
  state: AlertState;
  alerts: Stored[];
  messages: Message[];
  /** what a place shows of an alert: the version it was drawn at */
  shown: Record<string, number>;
  windows: (Omit<ActiveWindow, 'until'> & { until: string })[];
  away: boolean;
};

const METRIC = aMetric();
const QUIET = { from: '22:00', to: '07:00' };
const PEOPLE = [{ ...ivan, quietHours: QUIET }];
const { workspace: WORKSPACE } = aRegistry([]);
const ROOM = { telegram: -100_200, telegramTopic: null, slack: null, teams: ['growth'] };
export const ROUTE: RouteRequest = {
  metric: METRIC,
  people: PEOPLE,
  workspace: { ...WORKSPACE, rooms: [{ ...ROOM, hooks: { ...NO_HOOKS, webhook: 'pager' } }] },
  channels: new Set(['telegram', 'mail', 'webhook']),
};

export function emptyWorld(): World {
  return { state: initialState(), alerts: [], messages: [], shown: {}, windows: [], away: false };
}

const silenceAt = (world: World, now: Date) => ({
  windows: world.windows
    .map((window) => ({ ...window, until: new Date(window.until) }))
    .filter(({ until }) => until > now),
  people: PEOPLE,
  timezone: WORKSPACE.timezone,
  now,
});

/** Judges an input, stores the alert, and puts what it makes into the outbox. */
export function live(
  world: World,
  { input, policy, now }: { input: JudgeInput; policy: JudgePolicy; now: Date },
): Judgement {
  const isOpen = world.state.episode !== null;
  const judgement = judge(world.state, input, policy, now);
  world.state = judgement.state;
  const episode = judgement.state.episode ?? judgement.closed;
  if (!episode || judgement.edges.length === 0) return judgement;
  if (!isOpen)
    world.alerts.push({
      id: `alert ${world.alerts.length}`,
      state: 'firing',
      level: 'amber',
      worstLevel: 'amber',
      version: 0,
    });
  const alert = world.alerts.at(-1) as Stored;
  Object.assign(alert, storedOf(episode, judgement.closed !== null));
  enqueue(world, { alert, edges: judgement.edges, value: episode.value, now });
  return judgement;
}

function storedOf(
  { ack, snooze, level, worstLevel, version }: Episode,
  isClosed: boolean,
): Omit<Stored, 'id'> {
  const hand = ack ? 'acked' : snooze ? 'snoozed' : 'firing';
  return { state: isClosed ? 'resolved' : hand, level, worstLevel, version };
}

function enqueue(
  world: World,
  happened: { alert: Stored; edges: readonly Edge[]; value: number; now: Date },
): void {
  const { alert, edges, value, now } = happened;
  const posted = world.messages.filter(
    ({ alert: of, operation, status }) =>
      of === alert.id && operation === 'post' && (status === 'pending' || status === 'sent'),
  );
  const drafts = planDeliveries({
    alert: { ...alert, metricId: METRIC.id, number: 1, value },
    edges,
    audienceOf: (edge) => listAudience(ROUTE, edge, WORKSPACE.policies.escalation),
    postedPlaces: new Set(posted.map(({ place }) => place)),
    now,
  }).map((draft) => holdBack(draft, { ...silenceAt(world, now), metric: METRIC, level: alert.level }));
  for (const draft of drafts) supersede(world, draft);
  for (const draft of drafts) add(world, draft, { alert, now });
}

/** A post or a reply takes the place of one that is kept back there. */
function supersede(world: World, { alertId, operation, place, key }: DeliveryDraft): void {
  for (const held of world.messages)
    if (
      held.status === 'held' &&
      held.operation === operation &&
      held.alert === alertId &&
      held.place === placeKey(place) &&
      held.key !== key
    )
      held.status = 'dropped';
}

function add(world: World, draft: DeliveryDraft, { alert, now }: { alert: Stored; now: Date }): void {
  const known = world.messages.find(({ key }) => key === draft.key);
  if (known) {
    if (draft.edge === 'value_changed') known.status = 'pending';
    return;
  }
  world.messages.push({
    seq: world.messages.length,
    key: draft.key,
    alert: alert.id,
    place: placeKey(draft.place),
    operation: draft.operation,
    edge: draft.edge,
    version: alert.version,
    silent: draft.silent,
    status: draft.hold ? 'held' : 'pending',
    heldUntil: draft.hold?.until.toISOString() ?? null,
    letGo: draft.hold ? null : { at: now.toISOString(), level: alert.level },
  });
}

/** Lets go whose silence is over; gives what was let go. */
export function releaseDue(world: World, now: Date): Message[] {
  const due = world.messages.filter(
    ({ status, heldUntil }) => status === 'held' && heldUntil !== null && new Date(heldUntil) <= now,
  );
  for (const message of due) {
    const alert = world.alerts.find(({ id }) => id === message.alert) ?? null;
    const hasMessage = world.shown[`${message.alert} ${message.place}`] !== undefined;
    const standing = { alert, hasMessage, isSolved: false, metrics: [METRIC] };
    const release = decideRelease(message, standing, silenceAt(world, now));
    if (release.kind === 'drop') message.status = 'dropped';
    else if (release.kind === 'hold') message.heldUntil = release.hold.until.toISOString();
    else Object.assign(message, { status: 'pending', letGo: { at: now.toISOString(), level: alert?.level } });
  }
  return due.filter(({ status }) => status === 'pending');
}

/** Sends what waits, in order; the chats' platform may be away. */
export function flush(world: World): void {
  for (const message of world.messages) {
    if (message.status !== 'pending' || (world.away && message.place.startsWith('telegram'))) continue;
    const at = `${message.alert} ${message.place}`;
    const version = world.alerts.find(({ id }) => id === message.alert)?.version ?? 0;
    const hasNone = message.operation === 'edit' && world.shown[at] === undefined;
    message.status = hasNone ? 'dropped' : 'sent';
    if (!hasNone && message.operation !== 'reply') world.shown[at] = version;
  }
}
