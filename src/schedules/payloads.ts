import { z } from 'zod';

/** What the delivery of a scheduled post holds. */
export const ScheduledPayload = z.object({
  kind: z.literal('scheduled'),
  number: z.number(),
  what: z.enum(['cockpit', 'watchlist', 'metric']),
  argument: z.string(),
  by: z.string(),
  due: z.string(),
  isLate: z.boolean(),
});
export type ScheduledPayload = z.infer<typeof ScheduledPayload>;

/** What the deliveries of a pinned cockpit hold. */
export const PinnedPayload = z.object({ kind: z.literal('pinned'), scope: z.string(), by: z.string() });
export type PinnedPayload = z.infer<typeof PinnedPayload>;
