import { z } from 'zod';
import { answerText, oneLine, shorten, type AlertView } from '../../answers/index.ts';
import type { SendRequest } from '../../delivery/index.ts';
import { unitText } from '../../registry/index.ts';

// Standard Webhooks advises bodies under 20 KB; these keep the largest event below it, at three bytes a character.
const TEXT_MAX = 3_000;
const NOTE_MAX = 300;
const NAME_MAX = 200;
const URL_MAX = 1_000;

const instant = z.iso.datetime();
const who = z.string().max(NAME_MAX);

/** What an event says about an alert. Fields are added over time and never change their meaning. */
export const WebhookAlert = z.object({
  id: z.string().describe("the alert's id, the same over all its events"),
  number: z
    .string()
    .regex(/^A-\d+$/)
    .describe('the number people use'),
  version: z.int().describe('grows with every change of the alert; an event with a lower one is older'),
  metric: z.string().describe("the metric's slug"),
  name: z.string().max(NAME_MAX).describe("the metric's name"),
  level: z.enum(['amber', 'red']).describe('the level now, or the last one before it ended'),
  state: z.enum(['firing', 'acked', 'snoozed', 'resolved']),
  value: z.number().describe("in the metric's unit"),
  unit: z.string().describe('percent, count, ratio, score, currency:<code> or duration:<unit>'),
  line: z
    .object({ kind: z.enum(['norm', 'alert']), value: z.number() })
    .nullable()
    .describe('the line that was crossed'),
  opened_at: instant,
  resolved_at: instant.nullable(),
  worst_value: z.number().nullable().describe('when resolved'),
  withdrawn: z
    .enum(['unverified', 'retired', 'unjudged'])
    .nullable()
    .describe('why it ended without a recovery'),
  ack: z.object({ by: who, at: instant }).nullable(),
  snooze: z.object({ by: who, until: instant }).nullable(),
  owner: who.nullable(),
  notes: z
    .array(z.object({ by: who, at: instant, text: z.string().max(NOTE_MAX) }))
    .max(3)
    .describe('what people wrote about it, newest first'),
  url: z
    .url()
    .max(URL_MAX)
    .nullable()
    .describe("the metric's page; null where only this machine could open it"),
  text: z.string().max(TEXT_MAX).describe("the message in the workspace's language, plain lines"),
});

/** What an event says that is not about an alert of one metric. */
export const WebhookNotice = z.object({
  subject: z.string().max(NAME_MAX).nullable().describe('what several notices have in common'),
  text: z.string().max(TEXT_MAX).describe("the message in the workspace's language, plain lines"),
});

/** The body of a web hook. `type` is `alert.` or `notice.` and the edge; `timestamp` is when it was decided. */
export const WebhookEvent = z.union([
  z.object({ type: z.string().regex(/^alert\.[a-z_]+$/), timestamp: instant, data: WebhookAlert }),
  z.object({ type: z.string().regex(/^notice\.[a-z_]+$/), timestamp: instant, data: WebhookNotice }),
]);
export type WebhookEvent = z.infer<typeof WebhookEvent>;

/** Gives a delivery as an event, at most 20 KB of JSON. Pure. */
export function renderEvent(
  request: Pick<SendRequest, 'edge' | 'createdAt' | 'view' | 'answer' | 'thread'>,
): WebhookEvent {
  const { edge, view, answer, thread } = request;
  const timestamp = request.createdAt.toISOString();
  const text = shorten(answerText(answer), TEXT_MAX);
  if (view) return { type: `alert.${edge}`, timestamp, data: { ...alertFacts(view), text } };
  return { type: `notice.${edge}`, timestamp, data: { subject: thread && nameOf(thread.subject), text } };
}

function alertFacts(view: AlertView): Omit<z.infer<typeof WebhookAlert>, 'text'> {
  const { metric, ack, snooze, resolved } = view;
  return {
    id: view.id,
    number: `A-${view.number}`,
    version: view.version,
    metric: metric.id,
    name: nameOf(metric.name),
    level: view.level,
    state: stateOf(view),
    value: view.value,
    unit: unitText(metric.unit),
    line: view.line,
    opened_at: view.openedAt.toISOString(),
    resolved_at: resolved?.at.toISOString() ?? null,
    worst_value: resolved?.worstValue ?? null,
    withdrawn: view.withdrawnReason,
    ack: ack && { by: nameOf(ack.by), at: ack.at.toISOString() },
    snooze: snooze && { by: nameOf(snooze.by), until: snooze.until.toISOString() },
    owner: view.owner === null ? null : nameOf(view.owner),
    notes: view.notes.map(({ by, at, text }) => ({
      by: nameOf(by),
      at: at.toISOString(),
      text: shorten(oneLine(text), NOTE_MAX),
    })),
    url: view.url === null || view.url.length > URL_MAX ? null : view.url,
  };
}

/** The phase as the API's states: what an alert does between two levels is no state of its own. */
function stateOf({ phase, ack, snooze, now }: AlertView): z.infer<typeof WebhookAlert>['state'] {
  switch (phase) {
    case 'resolved':
    case 'withdrawn':
      return 'resolved';
    case 'acked':
    case 'snoozed':
    case 'firing':
      return phase;
    case 'improving':
      return 'firing';
    case 'recovering':
      if (snooze && snooze.until > now) return 'snoozed';
      return ack ? 'acked' : 'firing';
  }
}

function nameOf(name: string): string {
  return shorten(oneLine(name), NAME_MAX);
}
