import { z } from '@hono/zod-openapi';
import { AlertNumber, Paging } from './schemas.ts';

const Instant = z.iso
  .datetime()
  .openapi({ description: 'RFC 3339, UTC', example: '2026-11-20T07:00:00.000Z' });

/** Whether a source still gives nothing fresh. */
const SourceState = z.enum(['silent', 'back']);

/** One silent source: an alert apart from levels, which names every metric that waits for it. */
export const SourceItem = z
  .object({
    id: z.uuid(),
    number: AlertNumber,
    source: z
      .string()
      .openapi({ description: '`warehouse` when it cannot be reached', example: 'marts.orders' }),
    state: SourceState,
    version: z.int(),
    since: Instant,
    back_at: Instant.nullable(),
    metrics: z
      .array(z.string())
      .openapi({ description: 'slugs: those without a fresh reading, or all that were when it is back' }),
  })
  .openapi('Source');
export type SourceItem = z.infer<typeof SourceItem>;

export const SourceQuery = Paging.extend({
  state: SourceState.default('silent'),
  metric: z.string().optional().openapi({ description: 'sources that this metric waits for' }),
});
