import type { SlackMessage } from '../../src/playground/page-types.ts';

/** A message of the bot in the shop's channel, as the page gets it. */
export function slackMessage(id: string, more: Partial<SlackMessage> = {}): SlackMessage {
  return {
    id,
    chat: 'C0SHOP',
    from: { id: 'U0HEARTBEAT', name: 'Heartbeat', isBot: true },
    at: 0,
    text: `message ${id}`,
    blocks: [],
    thread: null,
    isBroadcast: false,
    onlyFor: null,
    pinned: false,
    edited: false,
    ...more,
  };
}
