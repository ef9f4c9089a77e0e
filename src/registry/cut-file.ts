import { z } from 'zod';
import {
  Duration,
  Email,
  LinkRole,
  ONE_SQL,
  Slug,
  Sql,
  SqlFile,
  Text,
  VerificationState,
  Verified,
} from './field-schemas.ts';

const CHARTS = [
  'series',
  'stacked',
  'bars',
  'table',
  'heatmap',
  'funnel',
  'cohort',
  'histogram',
  'waterfall',
  'scatter',
  'pareto',
  'multiples',
  'gauge',
] as const;

/** What a file in `cuts/` may say, as it is written there. */
export const CutFile = z
  .strictObject({
    title: Text.meta({ description: 'Title that people read.', examples: ['Conversion by device'] }),
    page: Slug.meta({ description: 'Audit page it stands on.', examples: ['checkout'] }),
    chart: z.enum(CHARTS).meta({ description: 'How it is drawn.', examples: ['bars'] }),
    window: Duration.optional().meta({
      description: 'Span that is shown first. Default: 7d.',
      examples: ['7d'],
    }),
    windows: z
      .array(Duration)
      .min(1)
      .optional()
      .meta({
        description: 'Spans to choose from. Default: 1d, 7d, 28d, 90d.',
        examples: [['1d', '7d', '28d', '90d']],
      }),
    prose: Text.optional().meta({ description: 'What it says about the metric, in a sentence or two.' }),
    how_to_read: Text.optional().meta({ description: 'How to read the chart.' }),
    min_group: z
      .number()
      .min(0)
      .optional()
      .meta({
        description: 'Slices with a smaller weight are folded into "other". Default: 0, none is.',
        examples: [5],
      }),
    owner: Email.optional().meta({ description: 'E-mail of the person in owners.yaml who answers for it.' }),
    verification_state: VerificationState.optional().meta({ examples: ['unverified'] }),
    verified: Verified.optional(),
    feeds: z
      .array(
        z.strictObject({ metric: Slug.meta({ description: 'File name of the metric.' }), role: LinkRole }),
      )
      .optional()
      .meta({
        description: 'Metrics it explains.',
        examples: [[{ metric: 'checkout_conversion', role: 'explains' }]],
      }),
    sql: Sql.optional(),
    sql_file: SqlFile.optional(),
  })
  .meta({
    title: 'Heartbeat cut',
    description: 'A breakdown of data as a small chart on an audit page. The file name is its id.',
    ...ONE_SQL,
  });

export type CutFile = z.infer<typeof CutFile>;
