import { z } from 'zod';
import type { SlackClient } from './client.ts';
import { isUnknownMethod, toTrouble } from './trouble.ts';

/** The app as Slack knows it; null: a server that speaks Slack's language did not say so. */
export type Self = { teamId: string | null; botUserId: string | null; botId: string | null };

const text = z.string().nullish().catch(null);
const Answer = z.object({ team_id: text, user_id: text, bot_id: text });

/** Makes what asks Slack who the app is, until it has said so once. Throws what the call throws. */
export function createSelf(client: SlackClient): () => Promise<Self> {
  let known: Self | undefined;
  return async () => {
    if (known) return known;
    const data = Answer.parse(await ask(client));
    known = {
      teamId: data.team_id ?? null,
      botUserId: data.user_id ?? null,
      botId: data.bot_id ?? null,
    };
    return known;
  };
}

/** A server without this method takes the token all the same. */
async function ask(client: SlackClient): Promise<Record<string, unknown>> {
  try {
    return await client.call('auth.test');
  } catch (error) {
    if (isUnknownMethod(toTrouble(error))) return {};
    throw error;
  }
}
