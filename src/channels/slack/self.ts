import { z } from 'zod';
import type { SlackClient } from './client.ts';
import { TransportError } from './trouble.ts';

/** The app as Slack knows it. */
export type Self = { teamId: string; botUserId: string; botId: string | null };

const Answer = z.object({ team_id: z.string(), user_id: z.string(), bot_id: z.string().optional() });

/** Makes what asks Slack who the app is, until it has said so once. Throws what the call throws. */
export function createSelf(client: SlackClient): () => Promise<Self> {
  let known: Self | undefined;
  return async () => {
    if (known) return known;
    const { data } = Answer.safeParse(await client.call('auth.test'));
    if (!data) throw new TransportError('Slack did not say who the app is');
    known = { teamId: data.team_id, botUserId: data.user_id, botId: data.bot_id ?? null };
    return known;
  };
}
