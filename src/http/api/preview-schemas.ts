import { z } from '@hono/zod-openapi';

const Instant = z.iso
  .datetime()
  .openapi({ description: 'RFC 3339, UTC', example: '2026-11-20T07:00:00.000Z' });
const Level = z.enum(['amber', 'red']);
const Ticks = z.coerce.number().int().min(1).max(100).optional();

const Line = z
  .string()
  .regex(/^(none|[-+]?\d{1,30}(\.\d{1,30})?([eE][-+]?\d{1,2})?)$/, 'give a number, or none')
  .transform((text) => (text === 'none' ? null : Number(text)))
  .optional()
  .openapi({
    type: 'string',
    description: 'a number, or `none`; what the file says without it',
    example: '3.4',
  });

/** What is tried; what is left out stays as the file says. */
export const PreviewQuery = z.object({
  norm: Line,
  alert: Line,
  band_norm: Line,
  band_alert: Line,
  enter: Ticks.openapi({ description: 'ticks in a row to enter a level' }),
  leave: Ticks.openapi({ description: 'ticks in a row to leave it' }),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(365)
    .optional()
    .openapi({ description: 'how far back; a year without it' }),
});
export type PreviewQuery = z.infer<typeof PreviewQuery>;

const Policy = z.object({
  norm: z.number().nullable(),
  alert: z.number().nullable(),
  band_norm: z.number().nullable(),
  band_alert: z.number().nullable(),
  enter: z.int(),
  leave: z.int(),
});

const Stats = z
  .object({
    fired: z.int().openapi({ description: 'alerts opened' }),
    red_pushes: z.int(),
    amber_posts: z.int(),
    flaps: z.int().openapi({ description: 'how often it began to flap' }),
    short: z.int().openapi({ description: 'alerts that lasted less than `short_ms`' }),
    short_ms: z.int(),
    open: z.int().openapi({ description: 'open at the end' }),
    total_ms: z.number(),
    median_ms: z.number().nullable(),
    longest_ms: z.number().nullable(),
  })
  .openapi('PreviewStats');

const Suggestion = z
  .object({
    kind: z.enum(['ticks', 'band', 'line']),
    changes: Policy.partial(),
    counts: z.enum(['alerts', 'pushes']).openapi({ description: 'what `drops` and `noise` count' }),
    drops: z.int(),
    noise: z.int(),
    known: z.enum(['marked', 'short', 'both']).openapi({ description: 'how noise is known' }),
    real: z.int().openapi({ description: 'real alerts, all of which are kept' }),
    later_ticks: z.int().openapi({ description: 'how much later the worst of them comes' }),
    longer_ticks: z.int(),
  })
  .openapi('PreviewSuggestion');

/** What lines would have raised in a metric's history. */
export const PreviewItem = z
  .object({
    metric: z.string(),
    from: Instant.nullable().openapi({ description: 'the first reading; null without any' }),
    to: Instant,
    readings: z.int(),
    enough: z.boolean().openapi({ description: 'false: too few readings to go by' }),
    tried: Policy,
    present: Policy,
    result: Stats,
    present_result: Stats.nullable().openapi({
      description: 'by the lines of the file; null when they are tried',
    }),
    feedback: z
      .object({ real: z.int(), noise: z.int() })
      .openapi({ description: 'alerts that people marked' }),
    suggestions: z.array(Suggestion),
    proposed: z
      .object({ norm: z.number(), alert: z.number().nullable() })
      .nullable()
      .openapi({ description: 'lines worth trying, where there are none' }),
    episodes: z
      .array(
        z.object({
          from: Instant,
          to: Instant.nullable(),
          level: Level,
          red_at: Instant.nullable(),
          worst_value: z.number(),
        }),
      )
      .openapi({ description: 'the newest 500, oldest first' }),
  })
  .openapi('Preview');
