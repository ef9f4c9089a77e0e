import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { SlackClient } from './client.ts';
import type { SlackPlace } from './outcome.ts';
import { isUnknownMethod, toTrouble } from './trouble.ts';

/** Where messages to a place go: a channel is its own address, a person's direct messages have one that Slack tells. */
export interface Conversations {
  /** Throws what the call throws. */
  idOf(place: SlackPlace): Promise<string>;
  /** Remembers where a message to a place went. */
  remember(place: SlackPlace, conversation: string): void;
}

const PEOPLE_MAX = 10_000;
const Opened = z.object({ channel: z.object({ id: z.string() }) });

/** Tells whether a place is a person's direct messages. */
export function isPersonal({ conversation }: SlackPlace): boolean {
  return /^[UW]/.test(conversation);
}

/** Makes what finds them; the answers are remembered, since they never change. */
export function createConversations(client: SlackClient): Conversations {
  const known = new LRUCache<string, string>({ max: PEOPLE_MAX });
  return {
    async idOf(place) {
      if (!isPersonal(place)) return place.conversation;
      const found = known.get(place.conversation);
      if (found !== undefined) return found;
      const opened = await open(client, place.conversation);
      if (opened === undefined) return place.conversation;
      known.set(place.conversation, opened);
      return opened;
    },
    remember(place, conversation) {
      if (isPersonal(place)) known.set(place.conversation, conversation);
    },
  };
}

/** Where Slack opens none, or does not say which, a message to the person's own id arrives; where it went then tells the address. */
async function open(client: SlackClient, user: string): Promise<string | undefined> {
  try {
    const opened = await client.call('conversations.open', { users: user });
    return Opened.safeParse(opened).data?.channel.id;
  } catch (error) {
    const trouble = toTrouble(error);
    if (isUnknownMethod(trouble)) return undefined;
    if (trouble.kind === 'refused' && NOT_ALLOWED.has(trouble.code)) return undefined;
    throw error;
  }
}

const NOT_ALLOWED: ReadonlySet<string> = new Set(['missing_scope', 'no_permission']);
