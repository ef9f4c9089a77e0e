import {
  canEdit,
  hasThreads,
  parsePlaceKey,
  placeKey,
  PRIORITY,
  type DeliveryDraft,
  type Place,
} from '../delivery/index.ts';
import { findRule, type EdgeRule } from './plan-rules.ts';
import { findReplyPayload, type PlannedAlert, type ReplyPayload } from './plan-reply.ts';
import type { Edge } from './types.ts';

/** What the edges of one judgement are turned into messages with. */
export type PlanRequest = {
  alert: PlannedAlert;
  edges: readonly Edge[];
  /** whom an edge is for: where the alert goes now, or the rung of the ladder, or the person who forgot an ack */
  audienceOf(edge: Edge): readonly Place[];
  /** keys of the places that have the alert's message, or a post of it that is not sent yet */
  postedPlaces: ReadonlySet<string>;
  now: Date;
};

/** These may happen again within one version of the alert; their instant tells them apart. */
const IS_REPEATABLE: ReadonlySet<Edge['kind']> = new Set([
  'recovering',
  'relapsed',
  'escalated',
  'flapping_started',
  'flapping_ended',
]);

type Step = { edge: Edge; rule: EdgeRule; audience: ReadonlySet<string> };

/**
 * Decides the messages of one judgement: per place one post where there is no message, else one edit and the replies
 * that the edges call for, the edit first. An edit shows the state at the time it is sent, so several edges need one. In a
 * thread each edge that matters is also a note. A place whose messages cannot be redrawn gets each as a message of its own.
 */
export function planDeliveries(request: PlanRequest): DeliveryDraft[] {
  const { edges, alert, postedPlaces } = request;
  const steps = edges.map((edge): Step => {
    const audience = new Set(request.audienceOf(edge).map(placeKey));
    return { edge, rule: findRule(edge, alert.level), audience };
  });
  const addressed = new Set(steps.flatMap(({ audience }) => [...audience]));
  const posts = [...addressed]
    .filter((key) => !postedPlaces.has(key))
    .flatMap((key) => planPost(request, steps, parsePlaceKey(key)));
  const updates = [...postedPlaces].flatMap((key) => planUpdate(request, steps, parsePlaceKey(key)));
  return [...posts, ...updates];
}

/** The loudest of the edges makes the post. */
function planPost(request: PlanRequest, steps: readonly Step[], place: Place): DeliveryDraft[] {
  const posting = steps.filter(({ rule, audience }) => rule.post !== 'none' && audience.has(placeKey(place)));
  const step = posting.find(({ rule }) => rule.post === 'push') ?? posting[0];
  if (step === undefined) return [];
  const payload = { metric: request.alert.metricId };
  return [toDraft(request, step, { place, operation: 'post', silent: step.rule.post === 'silent', payload })];
}

function planUpdate(request: PlanRequest, steps: readonly Step[], place: Place): DeliveryDraft[] {
  if (!canEdit(place)) return steps.flatMap((step) => planEvent(request, step, place));
  const replies = steps.flatMap((step) => planReply(request, step, place));
  return [...planEdit(request, steps, place), ...replies];
}

function planEdit(request: PlanRequest, steps: readonly Step[], place: Place): DeliveryDraft[] {
  const most = Math.min(...steps.map(({ rule }) => rule.priority));
  const step = steps.find(({ rule }) => rule.priority === most);
  return step === undefined ? [] : [toDraft(request, step, { place, operation: 'edit', silent: true })];
}

function planReply(request: PlanRequest, step: Step, place: Place): DeliveryDraft[] {
  const { reply, replyTo } = step.rule;
  if (reply === 'none' || (replyTo === 'current' && !step.audience.has(placeKey(place))))
    return hasThreads(place) ? planNote(request, step, place) : [];
  return planSaying(request, step, { place, silent: reply === 'silent' || isQuietEnd(request, step, place) });
}

/** A line in the thread: what happened, for whoever reads up; nobody waits for it as for the message above it. */
function planNote(request: PlanRequest, { edge, rule, audience }: Step, place: Place): DeliveryDraft[] {
  if (!rule.event) return [];
  const step = { edge, rule: { ...rule, priority: PRIORITY.rest }, audience };
  return planSaying(request, step, { place, silent: true });
}

/** Only the end of what was red leaves its thread and stands in the channel. */
function isQuietEnd({ alert }: PlanRequest, { edge }: Step, place: Place): boolean {
  return hasThreads(place) && edge.kind === 'resolved' && alert.worstLevel === 'amber';
}

/** A message of its own for an edge, where nothing can be redrawn; an SMS only for what interrupts. */
function planEvent(request: PlanRequest, step: Step, place: Place): DeliveryDraft[] {
  const { rule } = step;
  if (!rule.event || (place.channel === 'sms' && rule.reply !== 'push')) return [];
  return planSaying(request, step, { place, silent: rule.reply !== 'push' });
}

function planSaying(
  request: PlanRequest,
  step: Step,
  { place, silent }: { place: Place; silent: boolean },
): DeliveryDraft[] {
  const payload = findReplyPayload(step.edge, request.alert, request.now);
  if (payload === undefined) return [];
  return [toDraft(request, step, { place, operation: 'reply', silent, payload })];
}

type Message = Pick<DeliveryDraft, 'place' | 'operation' | 'silent'> & {
  /** a post names its metric, so that all of its facts are asked for at once */
  payload?: ReplyPayload | { metric: string };
};

function toDraft(request: PlanRequest, { edge, rule }: Step, message: Message): DeliveryDraft {
  // nobody waits for a mail about a press as for the button's own message
  const priority = canEdit(message.place) ? rule.priority : Math.max(rule.priority, PRIORITY.red);
  return {
    key: keyOf(request, edge, message),
    alertId: request.alert.id,
    edge: edge.kind,
    priority,
    hold: null,
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
