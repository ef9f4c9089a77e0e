import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { SlackClient } from './client.ts';
import type { SlackPlace } from './outcome.ts';
import { TransportError } from './trouble.ts';

/** Where messages to a place go: a channel is its own address, a person's direct messages have one that Slack tells. */
export interface Conversations {
  /** Throws what the call throws. */
  idOf(place: SlackPlace): Promise<string>;
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
      const opened = Opened.safeParse(await client.call('conversations.open', { users: place.conversation }));
      if (!opened.success) throw new TransportError('Slack opened no direct messages');
      known.set(place.conversation, opened.data.channel.id);
      return opened.data.channel.id;
    },
  };
}
