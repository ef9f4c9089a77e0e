import { parsePlaceKey, placeKey, PRIORITY, type DeliveryDraft, type Place } from '../delivery/index.ts';
import { findReplyPayload, type PlannedAlert, type ReplyPayload } from './plan-reply.ts';
import type { Edge } from './types.ts';

/** What the edges of one judgement are turned into messages with. */
export type PlanRequest = {
  alert: PlannedAlert;
  edges: readonly Edge[];
  /** where the alert goes now */
  places: readonly Place[];
  /** keys of the places that have the alert's message, or a post of it that is not sent yet */
  postedPlaces: ReadonlySet<string>;
  now: Date;
};

type Loudness = 'none' | 'silent' | 'push';

/** One row of the edge table. Every edge also redraws the messages that exist. */
type EdgeRule = {
  /** makes the message in a place that has none */
  post: Loudness;
  /** answers the message in a place that has it */
  reply: Loudness;
  /** `current`: where the alert goes now; `told`: whoever has the message is told that it is over */
  replyTo: 'current' | 'told';
  priority: number;
};

const EDIT: EdgeRule = { post: 'none', reply: 'none', replyTo: 'current', priority: PRIORITY.rest };
const PRESS: EdgeRule = { ...EDIT, priority: PRIORITY.press };
const PUSH: EdgeRule = { ...EDIT, post: 'push', reply: 'push', priority: PRIORITY.red };

const RULES: Record<Exclude<Edge['kind'], 'snooze_ended'>, EdgeRule> = {
  entered_amber: { ...EDIT, post: 'silent' },
  entered_red: PUSH,
  improving: EDIT,
  recovering: EDIT,
  relapsed: EDIT,
  resolved: { ...EDIT, reply: 'push', replyTo: 'told' },
  acked: PRESS,
  unacked: PRESS,
  snoozed: PRESS,
  ack_timed_out: EDIT,
  escalated: EDIT,
  flapping_started: EDIT,
  flapping_ended: EDIT,
  value_changed: { ...EDIT, priority: PRIORITY.value },
  withdrawn: { ...EDIT, reply: 'silent', replyTo: 'told' },
};

/** These may happen again within one version of the alert; their instant tells them apart. */
const IS_REPEATABLE: ReadonlySet<Edge['kind']> = new Set(['recovering', 'relapsed']);

type Step = { edge: Edge; rule: EdgeRule };

/**
 * Decides the messages of one judgement: per place one post where there is no message, else one edit and the replies
 * that the edges call for, the edit first. An edit shows the state at the time it is sent, so several edges need one.
 */
export function planDeliveries(request: PlanRequest): DeliveryDraft[] {
  const { edges, alert, places, postedPlaces } = request;
  const steps = edges.map((edge) => ({ edge, rule: ruleOf(edge, alert.level) }));
  const current = new Set(places.map(placeKey));
  const posts = places
    .filter((place) => !postedPlaces.has(placeKey(place)))
    .flatMap((place) => planPost(request, steps, place));
  const updates = [...postedPlaces].flatMap((key) => {
    const place = parsePlaceKey(key);
    return [
      ...planEdit(request, steps, place),
      ...steps.flatMap((step) => planReply(request, step, { place, isCurrent: current.has(key) })),
    ];
  });
  return [...posts, ...updates];
}

function ruleOf(edge: Edge, level: 'amber' | 'red'): EdgeRule {
  if (edge.kind !== 'snooze_ended') return RULES[edge.kind];
  return level === 'red' ? PUSH : { ...EDIT, post: 'silent', reply: 'silent' };
}

function planPost(request: PlanRequest, steps: readonly Step[], place: Place): DeliveryDraft[] {
  const step =
    steps.find(({ rule }) => rule.post === 'push') ?? steps.find(({ rule }) => rule.post === 'silent');
  if (step === undefined) return [];
  return [toDraft(request, step, { place, operation: 'post', silent: step.rule.post === 'silent' })];
}

function planEdit(request: PlanRequest, steps: readonly Step[], place: Place): DeliveryDraft[] {
  const most = Math.min(...steps.map(({ rule }) => rule.priority));
  const step = steps.find(({ rule }) => rule.priority === most);
  return step === undefined ? [] : [toDraft(request, step, { place, operation: 'edit', silent: true })];
}

function planReply(
  request: PlanRequest,
  step: Step,
  { place, isCurrent }: { place: Place; isCurrent: boolean },
): DeliveryDraft[] {
  const { reply, replyTo } = step.rule;
  const payload = findReplyPayload(step.edge, request.alert, request.now);
  if (reply === 'none' || payload === undefined || (replyTo === 'current' && !isCurrent)) return [];
  return [toDraft(request, step, { place, operation: 'reply', silent: reply === 'silent', payload })];
}

type Message = Pick<DeliveryDraft, 'place' | 'operation' | 'silent'> & { payload?: ReplyPayload };

function toDraft(request: PlanRequest, { edge, rule }: Step, message: Message): DeliveryDraft {
  return {
    key: keyOf(request, edge, message),
    alertId: request.alert.id,
    edge: edge.kind,
    priority: rule.priority,
    notBefore: null,
    payload: {},
    ...message,
  };
}

/** All edits that only move a value share one key: the latest wins. */
function keyOf({ alert, now }: PlanRequest, edge: Edge, { place, operation }: Message): string {
  const key = placeKey(place);
  if (edge.kind === 'value_changed') return `${alert.id}:value:${key}`;
  const once = IS_REPEATABLE.has(edge.kind) ? `${edge.kind}@${now.toISOString()}` : edge.kind;
  return `${alert.id}:${alert.version}:${once}:${key}:${operation}`;
}
