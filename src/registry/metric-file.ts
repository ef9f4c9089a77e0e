import { z } from 'zod';
import {
  Day,
  Duration,
  Email,
  LinkRole,
  ONE_SQL,
  Schedule,
  Slug,
  Sql,
  SqlFile,
  sayWrong,
  Text,
  VerificationState,
  Verified,
} from './field-schemas.ts';

const UNIT_HINT =
  'Use percent, count, ratio, score, currency:EUR (ISO 4217) or duration:min (ms, s, min, h, d).';
const MAX_HYSTERESIS = 100;

const Line = z.number().nullable().optional();
const Ticks = z.int().min(1).max(MAX_HYSTERESIS).optional();

/** What a file in `metrics/` may say, as it is written there. */
export const MetricFile = z
  .strictObject({
    name: Text.meta({ description: 'Name that people read.', examples: ['Checkout conversion'] }),
    domain: Slug.optional().meta({
      description: 'Group on the cockpit and page in the docs. Default: general.',
      examples: ['growth'],
    }),
    teams: z
      .array(Text)
      .optional()
      .meta({ description: 'Teams whose rooms get its alerts.', examples: [['growth']] }),
    unit: z
      .string()
      .regex(
        /^(percent|count|ratio|score|currency:[A-Z]{3}|duration:(ms|s|min|h|d))$/,
        sayWrong('is not a unit', UNIT_HINT),
      )
      .meta({ description: UNIT_HINT, examples: ['percent'] }),
    period: Duration.optional().meta({
      description: 'How often a value is due: a number and s, m, h, d or w.',
      examples: ['1h'],
    }),
    schedule: Schedule.optional(),
    direction: z.enum(['up', 'down']).meta({
      description: 'up: higher is better. down: lower is better. Equal to a line is not worse.',
      examples: ['up'],
    }),
    norm_value: Line.meta({ description: 'Our commitment: worse than this is amber.', examples: [4] }),
    alert_value: Line.meta({ description: 'The ceiling: worse than this is red.', examples: [3.4] }),
    target_value: Line.meta({ description: 'Where we want to be; shown only.', examples: [5] }),
    target_due: Day.nullable()
      .optional()
      .meta({ description: 'When the target is due.', examples: ['2026-12-31'] }),
    hysteresis: z
      .strictObject({
        enter: Ticks.meta({ description: 'Consecutive ticks before a level is entered. Default: 1.' }),
        leave: Ticks.meta({ description: 'Consecutive ticks before a level is left. Default: 1.' }),
      })
      .optional()
      .meta({ description: 'How many ticks in a row make a change.', examples: [{ enter: 2, leave: 2 }] }),
    band: z
      .strictObject({
        norm: Line.meta({ description: 'To leave amber, be better than this.' }),
        alert: Line.meta({ description: 'To leave red, be better than this.' }),
      })
      .optional()
      .meta({
        description: 'Recovery lines; without them the lines themselves.',
        examples: [{ norm: 4.2, alert: 3.6 }],
      }),
    timeout: Duration.optional().meta({
      description: 'Of its SQL, at most 60s. Default: 10s.',
      examples: ['10s'],
    }),
    correction: Duration.optional().meta({
      description: 'How far back every tick computes again, for data that arrives late.',
      examples: ['7d'],
    }),
    tags: z
      .array(Text)
      .optional()
      .meta({ description: 'Words to find it by.', examples: [['money']] }),
    stale_after: Duration.optional().meta({
      description: 'Without a fresh value for this long it is stale. Default: twice the period.',
      examples: ['3h'],
    }),
    how_to_read: Text.meta({
      description: 'What the number means and what a bad one looks like, for somebody new.',
    }),
    methodology: Text.meta({
      description: 'How it is computed: what is counted, over what time, what is left out.',
    }),
    sources: z.array(Text).meta({
      description: 'Tables that the SQL reads, with their schema.',
      examples: [['marts.orders', 'marts.sessions']],
    }),
    notes: Text.optional().meta({ description: 'Anything else worth knowing.' }),
    synonyms: z
      .array(Text)
      .optional()
      .meta({ description: 'Other names it is asked by.', examples: [['cr', 'checkout']] }),
    runbook: z
      .string()
      .regex(/^https?:\/\/[^\s]+$/, sayWrong('is not a web address', 'Write it with https://.'))
      .optional()
      .meta({ description: 'Page to open when it alerts.', examples: ['https://wiki.shop.test/checkout'] }),
    owner: Email.optional().meta({ description: 'E-mail of the person in owners.yaml who answers for it.' }),
    verification_state: VerificationState.meta({ examples: ['unverified'] }),
    verified: Verified.optional(),
    cuts: z
      .array(z.strictObject({ cut: Slug.meta({ description: 'File name of the cut.' }), role: LinkRole }))
      .optional()
      .meta({
        description: 'Cuts that explain this metric.',
        examples: [[{ cut: 'conversion_by_device', role: 'explains' }]],
      }),
    sql: Sql.optional(),
    sql_file: SqlFile.optional(),
  })
  .meta({
    title: 'Heartbeat metric',
    description:
      'What a number means, how it is computed, its two lines and its owner. The file name is its id.',
    allOf: [ONE_SQL, { anyOf: [{ required: ['period'] }, { required: ['schedule'] }] }],
  });

export type MetricFile = z.infer<typeof MetricFile>;
