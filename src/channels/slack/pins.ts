import type { Logger } from 'pino';
import type { Words } from '../../answers/index.ts';
import type { SlackClient } from './client.ts';
import type { Conversations } from './conversations.ts';
import type { SlackPlace } from './outcome.ts';
import { describeTrouble, isUnknownMethod, toTrouble, type Trouble } from './trouble.ts';

/** A message that is to be pinned, or let go. */
export type Pinning = { place: SlackPlace; messageId: string; isOn: boolean };

type PinTools = {
  client: SlackClient;
  conversations: Conversations;
  wordsOf: (place: SlackPlace) => Words;
  log: Logger;
};

/** Slack has done already what it is asked for. */
const DONE: ReadonlySet<string> = new Set(['already_pinned', 'no_pin']);

/** Pins a message, or lets it go. Gives the sentence that tells people why it is not pinned, null when there is nothing to tell. Never throws. */
export async function setPinned(
  { client, conversations, wordsOf, log }: PinTools,
  { place, messageId, isOn }: Pinning,
): Promise<string | null> {
  try {
    const channel = await conversations.idOf(place);
    await client.call(isOn ? 'pins.add' : 'pins.remove', { channel, timestamp: messageId });
    return null;
  } catch (error) {
    const trouble = toTrouble(error);
    if (trouble.kind === 'refused' && DONE.has(trouble.code)) return null;
    const reason = describeTrouble(trouble);
    log.info({ place: place.conversation, isOn, reason }, 'a message was not pinned, or not let go');
    return isOn ? refusal(trouble, wordsOf(place)) : null;
  }
}

/** Only a refusal is told, and one that people can do something about. */
function refusal(trouble: Trouble, words: Words): string | null {
  if (trouble.kind !== 'refused' || isUnknownMethod(trouble)) return null;
  const { code } = trouble;
  if (code === 'message_not_found') return null;
  return code === 'missing_scope' ? words.t('slack-pin-scope') : words.t('slack-pin-refused', { code });
}
