import { PRIORITY } from '../delivery/index.ts';
import type { Edge } from './types.ts';

type Loudness = 'none' | 'silent' | 'push';

/** One row of the edge table. Every edge also redraws the messages that exist. */
export type EdgeRule = {
  /** makes the message in a place that has none */
  post: Loudness;
  /** answers the message in a place that has it */
  reply: Loudness;
  /** `current`: whom the edge is for; `told`: whoever has the message is told that it is over */
  replyTo: 'current' | 'told';
  /** is a message of its own where nothing can be redrawn: the column "mail" of the table */
  event: boolean;
  priority: number;
};

const EDIT: EdgeRule = {
  post: 'none',
  reply: 'none',
  replyTo: 'current',
  event: false,
  priority: PRIORITY.rest,
};
const PRESS: EdgeRule = { ...EDIT, event: true, priority: PRIORITY.press };
const PUSH: EdgeRule = { ...EDIT, post: 'push', reply: 'push', event: true, priority: PRIORITY.red };

const RULES: Record<Exclude<Edge['kind'], 'snooze_ended'>, EdgeRule> = {
  entered_amber: { ...EDIT, post: 'silent', event: true },
  entered_red: PUSH,
  improving: EDIT,
  recovering: EDIT,
  relapsed: EDIT,
  resolved: { ...EDIT, reply: 'push', replyTo: 'told', event: true },
  acked: PRESS,
  unacked: PRESS,
  snoozed: PRESS,
  ack_timed_out: PUSH,
  escalated: PUSH,
  flapping_started: EDIT,
  flapping_ended: EDIT,
  value_changed: { ...EDIT, priority: PRIORITY.value },
  withdrawn: { ...EDIT, reply: 'silent', replyTo: 'told', event: true },
};

/** Gives the row of the edge table; the end of a snooze jumps the queue only while the alert is red. */
export function findRule(edge: Edge, level: 'amber' | 'red'): EdgeRule {
  if (edge.kind !== 'snooze_ended') return RULES[edge.kind];
  return level === 'red' ? PUSH : { ...PUSH, priority: PRIORITY.rest };
}
