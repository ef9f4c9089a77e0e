import type { Answer } from '../../answers/index.ts';
import type { Context, DialogueOptions } from './context.ts';
import type { Actor } from './inbound.ts';
import type { SlackPlace } from './outcome.ts';
import type { Rendered } from './render.ts';
import { draw } from './say.ts';
import { describeTrouble, toTrouble } from './trouble.ts';

/** Answers in direct messages: one message, redrawn by the answers that follow. Never throws. */
export async function answerDirectly(
  { deps, channel, reserve }: DialogueOptions,
  { answers, place }: { context: Context; answers: AsyncIterable<Answer>; place: SlackPlace },
): Promise<void> {
  let shown: { messageId: string; hasPicture: boolean } | undefined;
  for await (const answer of answers) {
    const picture = await draw(deps, answer).catch(() => null);
    await reserve(place);
    const outcome = await channel.send({
      place,
      answer,
      picture,
      operation: shown ? 'edit' : 'notice',
      messageId: shown?.messageId ?? null,
      hasPicture: shown?.hasPicture ?? false,
      silent: false,
      maybeSent: false,
    });
    if (outcome.kind === 'sent') shown = { messageId: outcome.messageId, hasPicture: outcome.hasPicture };
    else deps.log.warn({ outcome, place }, 'an answer was not sent');
  }
}

/** Says something where somebody acted that only they see; false when Slack did not take it. Never throws. */
export async function whisper(
  { deps, channel }: Pick<DialogueOptions, 'deps' | 'channel'>,
  { actor, threadTs, rendered }: { actor: Actor; threadTs: string | null; rendered: Rendered },
): Promise<boolean> {
  const thread = threadTs === null ? {} : { thread_ts: threadTs };
  try {
    if (actor.channel === null)
      await channel.client.once('chat.postMessage', { channel: actor.userId, ...rendered });
    else
      await channel.client.once('chat.postEphemeral', {
        channel: actor.channel,
        user: actor.userId,
        ...thread,
        ...rendered,
      });
    return true;
  } catch (error) {
    deps.log.warn({ reason: describeTrouble(toTrouble(error)) }, 'a word for one person was not sent');
    return false;
  }
}
