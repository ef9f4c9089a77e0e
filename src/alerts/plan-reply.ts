import { z } from 'zod';
import type { Edge } from './types.ts';

const Moment = z.object({ by: z.string(), at: z.iso.datetime() });

const common = {
  number: z.int(),
  level: z.enum(['amber', 'red']),
  value: z.number(),
  /** when the edge happened */
  at: z.iso.datetime(),
};

/** The facts a reply was decided on, frozen: it says what was true at the edge, also when it is sent late. */
export const ReplyPayload = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('entered_red'),
    ...common,
    from: z.enum(['green', 'amber']),
    brokeSnooze: z.boolean(),
  }),
  z.object({ kind: z.literal('entered_amber'), ...common }),
  z.object({ kind: z.enum(['snooze_ended', 'acked', 'unacked']), ...common, by: z.string() }),
  z.object({ kind: z.literal('snoozed'), ...common, by: z.string(), until: z.iso.datetime() }),
  z.object({ kind: z.literal('ack_timed_out'), ...common, by: z.string(), ackedAt: z.iso.datetime() }),
  z.object({ kind: z.literal('escalated'), ...common, step: z.int() }),
  z.object({
    kind: z.literal('resolved'),
    ...common,
    durationMs: z.number(),
    worstValue: z.number(),
    ack: Moment.nullable(),
    snooze: Moment.extend({ until: z.iso.datetime() }).nullable(),
  }),
  z.object({
    kind: z.literal('withdrawn'),
    ...common,
    reason: z.enum(['unverified', 'retired', 'unjudged']),
  }),
]);
export type ReplyPayload = z.infer<typeof ReplyPayload>;

/** The alert as it is after the edges; of an alert that was closed, its last facts. */
export type PlannedAlert = {
  id: string;
  metricId: string;
  number: number;
  version: number;
  level: 'amber' | 'red';
  worstLevel: 'amber' | 'red';
  value: number;
};

/** Gives the frozen facts of an edge that is a message of its own, or undefined for an edge that only edits. */
export function findReplyPayload(edge: Edge, alert: PlannedAlert, now: Date): ReplyPayload | undefined {
  const facts = { number: alert.number, level: alert.level, value: alert.value, at: now.toISOString() };
  switch (edge.kind) {
    case 'entered_amber':
      return { kind: edge.kind, ...facts };
    case 'entered_red':
      return { kind: edge.kind, ...facts, from: edge.from, brokeSnooze: edge.brokeSnooze };
    case 'snooze_ended':
    case 'acked':
    case 'unacked':
      return { kind: edge.kind, ...facts, by: edge.by };
    case 'snoozed':
      return { kind: edge.kind, ...facts, by: edge.by, until: edge.until };
    case 'ack_timed_out':
      return { kind: edge.kind, ...facts, by: edge.by, ackedAt: edge.at };
    case 'escalated':
      return { kind: edge.kind, ...facts, step: edge.step };
    case 'resolved':
      return { kind: edge.kind, ...facts, ...endOf(edge) };
    case 'withdrawn':
      return { kind: edge.kind, ...facts, reason: edge.reason };
    default:
      return undefined;
  }
}

function endOf({ durationMs, worstValue, ack, snooze }: Extract<Edge, { kind: 'resolved' }>) {
  return {
    durationMs,
    worstValue,
    ack: ack && { by: ack.by, at: ack.at },
    snooze: snooze && { by: snooze.by, at: snooze.at, until: snooze.until },
  };
}
