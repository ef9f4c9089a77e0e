import { z } from '@hono/zod-openapi';
import { CHANNEL_NAMES } from '../../delivery/index.ts';

const PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 500;

const Instant = z.iso
  .datetime()
  .openapi({ description: 'RFC 3339, UTC', example: '2026-11-20T07:00:00.000Z' });
const Level = z.enum(['green', 'amber', 'red']);
const AlertLevel = z.enum(['amber', 'red']);
export const AlertNumber = z.string().openapi({ example: 'A-1042' });
const Verification = z.enum(['verified', 'changed', 'unverified']).openapi({
  description:
    '`changed`: the file says verified, but of an earlier definition; such a metric does not alert',
});

/** What went wrong, by RFC 9457. */
export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().openapi({ description: 'stable; what programs branch on' }),
  })
  .openapi('Problem');

/** One metric and its newest reading. */
export const MetricItem = z
  .object({
    id: z.string().openapi({ description: 'the slug: name of its file' }),
    name: z.string(),
    domain: z.string(),
    teams: z.array(z.string()),
    unit: z.string().openapi({ example: 'currency:EUR' }),
    direction: z.enum(['up', 'down']),
    period: z.string().openapi({ example: '1h' }),
    schedule: z.string().nullable(),
    norm: z.number().nullable(),
    alert: z.number().nullable(),
    target: z.number().nullable(),
    target_due: z.string().nullable(),
    owner: z.string().nullable(),
    verification: Verification,
    verification_state: z.enum(['verified', 'unverified']).openapi({
      description:
        'whether it may alert: `unverified` also when its definition changed after it was verified',
    }),
    level: Level.nullable().openapi({ description: 'of the newest reading; null before any' }),
    value: z.number().nullable(),
    as_of: Instant.nullable(),
    computed_at: Instant.nullable(),
    age_ms: z.number().nullable(),
    stale: z.boolean(),
    late: z.boolean(),
    unusual: z.boolean(),
    typical: z.object({ mean: z.number(), deviation: z.number(), count: z.int() }).nullable(),
    comparable: z.object({ value: z.number(), at: Instant, ratio: z.number().nullable() }).nullable(),
    open_alert: z
      .object({
        id: z.uuid(),
        number: AlertNumber,
        level: AlertLevel,
        state: z.enum(['firing', 'acked', 'snoozed']),
        version: z.int(),
        opened_at: Instant,
      })
      .nullable(),
    error: z.string().nullable().openapi({ description: "why the last tick's SQL failed, values masked" }),
    url: z.string(),
  })
  .openapi('Metric');
export type MetricItem = z.infer<typeof MetricItem>;

const LinkRole = z.enum(['explains', 'drilldown']);
const Verified = z.object({ by: z.string(), at: z.string() }).nullable();

/** One metric with its whole definition. */
export const MetricDetail = MetricItem.extend({
  how_to_read: z.string(),
  methodology: z.string(),
  notes: z.string().nullable(),
  sources: z.array(z.string()),
  synonyms: z.array(z.string()),
  tags: z.array(z.string()),
  runbook: z.string().nullable(),
  hysteresis: z.object({ enter: z.int(), leave: z.int() }),
  band: z.object({ norm: z.number().nullable(), alert: z.number().nullable() }),
  stale_after_ms: z.number(),
  timeout_ms: z.number(),
  verified: Verified,
  cuts: z.array(z.object({ cut: z.string(), role: LinkRole })),
  file: z.string(),
  sql: z.string(),
  definition_hash: z.string(),
}).openapi('MetricDetail');
export type MetricDetail = z.infer<typeof MetricDetail>;

/** One value of a metric's history. */
export const HistoryItem = z
  .object({
    as_of: Instant,
    value: z.number(),
    level: Level,
    kind: z.enum(['tick', 'refresh', 'backfill', 'correction']),
    late: z.boolean(),
    computed_at: Instant,
    definition_hash: z.string(),
  })
  .openapi('Reading');
export type HistoryItem = z.infer<typeof HistoryItem>;

export const AlertState = z.enum(['firing', 'acked', 'snoozed', 'resolved']);
export type AlertState = z.infer<typeof AlertState>;

/** One alert: an episode on one metric. */
export const AlertItem = z
  .object({
    id: z.uuid(),
    number: AlertNumber,
    metric: z.string(),
    level: AlertLevel,
    state: AlertState,
    version: z.int(),
    opened_at: Instant,
    value: z.number().nullable(),
    value_at: Instant.nullable(),
    worst_value: z.number().nullable(),
    acked_by: z.string().nullable(),
    acked_at: Instant.nullable(),
    snoozed_by: z.string().nullable(),
    snoozed_until: Instant.nullable(),
    resolved_at: Instant.nullable(),
    resolution: z.enum(['recovered', 'unverified', 'retired', 'unjudged']).nullable(),
    notes: z
      .array(z.object({ by: z.string(), at: Instant, text: z.string() }))
      .openapi({ description: 'the newest 20, newest first' }),
    note_count: z.int(),
    feedback: z
      .object({ real: z.int(), noise: z.int() })
      .openapi({ description: 'how many people found it real, and how many noise' }),
    url: z.string().nullable(),
  })
  .openapi('Alert');
export type AlertItem = z.infer<typeof AlertItem>;

/** One breakdown and the metrics it explains. */
export const CutItem = z
  .object({
    id: z.string(),
    title: z.string(),
    page: z.string(),
    chart: z.string(),
    window: z.string(),
    windows: z.array(z.string()),
    prose: z.string(),
    how_to_read: z.string(),
    min_group: z.number(),
    owner: z.string().nullable(),
    verification: z.enum(['verified', 'unverified']),
    verification_state: z.enum(['verified', 'unverified']),
    verified: Verified,
    metrics: z.array(z.object({ metric: z.string(), role: LinkRole })),
    file: z.string(),
    sql: z.string(),
    definition_hash: z.string(),
    url: z.string(),
  })
  .openapi('Cut');
export type CutItem = z.infer<typeof CutItem>;

/** One message to one place, with its attempts. */
export const DeliveryItem = z
  .object({
    id: z.uuid(),
    alert: AlertNumber.nullable(),
    alert_id: z.uuid().nullable(),
    metric: z.string().nullable(),
    source: z.string().nullable().openapi({ description: 'the source that gives nothing fresh' }),
    edge: z.string(),
    channel: z.string(),
    place: z.string(),
    operation: z.string(),
    status: z.string(),
    attempts: z.int(),
    reason: z.string().nullable(),
    maybe_sent: z.boolean(),
    delayed: z.boolean().openapi({ description: 'a limit of the platform kept it back' }),
    created_at: Instant,
    next_attempt_at: Instant,
    held_until: Instant.nullable().openapi({ description: 'by quiet hours or a maintenance window' }),
    sent_at: Instant.nullable(),
    message_id: z.string().nullable(),
    tries: z.array(
      z.object({
        number: z.int(),
        started_at: Instant,
        ended_at: Instant.nullable(),
        outcome: z.string().nullable(),
        status_code: z.int().nullable(),
        error: z.string().nullable(),
        retry_after_ms: z.int().nullable(),
      }),
    ),
  })
  .openapi('Delivery');
export type DeliveryItem = z.infer<typeof DeliveryItem>;

/** A team's list of metrics. */
export const WatchlistItem = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    team: z.string(),
    metrics: z.array(z.string()).openapi({ description: "slugs, in the list's order" }),
    created_at: Instant,
    updated_at: Instant,
    url: z.string().openapi({ description: 'its cockpit as a page' }),
  })
  .openapi('Watchlist');

/** A list: items and where it goes on. */
export function listOf<Item extends z.ZodType>(item: Item, name: string) {
  return z
    .object({
      items: z.array(item),
      next: z.string().nullable().openapi({ description: 'cursor of the next page; null on the last' }),
    })
    .openapi(name);
}

/** How a list is paged. */
export const Paging = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(PAGE_SIZE),
  cursor: z.string().min(1).max(300).optional().openapi({ description: '`next` of the page before' }),
});

const GivenInstant = z.iso.datetime({ offset: true }).openapi({ example: '2026-11-20T08:00:00+01:00' });

export const HistoryQuery = Paging.extend({
  from: GivenInstant.optional().openapi({ description: 'first `as_of`' }),
  to: GivenInstant.optional().openapi({ description: 'before this `as_of`' }),
});

export const AlertQuery = Paging.extend({
  state: z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat().flatMap((text) => text.split(',')))
    .pipe(z.array(AlertState))
    .optional()
    .openapi({
      type: 'string',
      description: 'one state or several, by commas or repeated; open alerts without it',
      example: 'firing,acked',
    }),
  level: AlertLevel.optional(),
  metric: z.string().optional(),
  team: z.string().optional(),
});

export const MetricQuery = Paging.extend({
  domain: z.string().optional(),
  team: z.string().optional(),
  owner: z.string().optional(),
  level: Level.optional(),
});

export const WatchlistQuery = Paging.extend({
  team: z.string().optional(),
  metric: z.string().optional().openapi({ description: 'lists that hold this metric' }),
});

export const CutQuery = Paging.extend({ page: z.string().optional(), metric: z.string().optional() });

export const DeliveryQuery = Paging.extend({
  metric: z.string().optional(),
  alert: z.string().optional().openapi({ description: 'number or id', example: 'A-1042' }),
  channel: z.enum(CHANNEL_NAMES).optional(),
  place: z.string().optional().openapi({ description: "a place's key", example: 'telegram:-100200' }),
  status: z.enum(['held', 'pending', 'sending', 'sent', 'superseded', 'dead']).optional(),
  failed: z.enum(['true', 'false']).optional().openapi({ description: 'true: dead letters alone' }),
  day: z
    .string()
    .optional()
    .openapi({ description: "a day of the workspace's zone, or `today`", example: '2026-11-20' }),
});

/** For how long, or until when, an alert is to be silent. */
export const SnoozeBody = z
  .union([
    z.strictObject({ for: z.string().openapi({ description: '1s to 30d', example: '15m' }) }),
    z.strictObject({ until: GivenInstant }),
  ])
  .openapi('Snooze');
export type SnoozeBody = z.infer<typeof SnoozeBody>;

/** A note about an alert. */
export const NoteBody = z
  .strictObject({
    text: z.string().trim().min(1).openapi({ description: 'cut after 1,000 characters' }),
  })
  .openapi('Note');

/** Whether an alert was worth its noise. */
export const FeedbackBody = z.strictObject({ verdict: z.enum(['real', 'noise']) }).openapi('Feedback');

export const SlugParams = z.object({ slug: z.string().openapi({ param: { name: 'slug', in: 'path' } }) });
export const AlertParams = z.object({
  id: z
    .string()
    .openapi({ param: { name: 'id', in: 'path' }, description: 'number or id', example: 'A-1042' }),
});
const IdempotencyKey = z.string().min(1).max(200).optional().openapi({
  description:
    'a word of your own: the same request with the same key is done once, and answered alike, for a day',
});
export const DeliveryParams = z.object({
  id: z.string().openapi({ param: { name: 'id', in: 'path' }, description: 'id of the delivery' }),
});
export const IdempotencyHeaders = z.object({ 'Idempotency-Key': IdempotencyKey });
export const WriteHeaders = z.object({
  'If-Match': z
    .string()
    .optional()
    .openapi({ description: 'the version you saw; 412 when it is another now', example: '"3"' }),
  'Idempotency-Key': IdempotencyKey,
});
