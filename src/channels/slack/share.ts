import type { Answer, Button, Words } from '../../answers/index.ts';
import { answerPress, answerText, isReadingPress, isReadingText } from '../../commands/index.ts';
import { contextOf, placeOf, type Context, type DialogueOptions } from './context.ts';
import { isDirect, type Actor } from './inbound.ts';
import { BUTTON_VALUE_MAX } from './limits.ts';
import { draw } from './say.ts';

/** What an answer was made of: words of a command, or a press. */
export type Origin = { kind: 'text'; text: string } | { kind: 'press'; data: string };

const TEXT = 'share:t:';
const PRESS = 'share:p:';

/**
 * Gives the button that shows an answer to everybody in the channel; null where there is nobody else, where making the answer again
 * would act again, or where it would be too long.
 */
export function shareButton(origin: Origin, actor: Actor, words: Words): Button | null {
  if (actor.channel === null || isDirect(actor.channel) || !isReading(origin)) return null;
  const press = origin.kind === 'text' ? TEXT + origin.text : PRESS + origin.data;
  return press.length > BUTTON_VALUE_MAX ? null : { label: words.t('slack-share'), press };
}

function isReading(origin: Origin): boolean {
  return origin.kind === 'text' ? isReadingText(origin.text) : isReadingPress(origin.data);
}

/** Reads the value of that button; undefined when it is none. */
export function parseShare(data: string): Origin | undefined {
  if (data.startsWith(TEXT)) return { kind: 'text', text: data.slice(TEXT.length) };
  return data.startsWith(PRESS) ? { kind: 'press', data: data.slice(PRESS.length) } : undefined;
}

/**
 * Makes an answer again, for whoever shares it, and posts it in the channel; Slack does not tell what an ephemeral message says.
 * Gives the toast.
 */
export async function shareAnswer(options: DialogueOptions, actor: Actor, origin: Origin): Promise<string> {
  const context = await contextOf(options, actor);
  const { caller, words } = context;
  if (!caller.person) return words.t('toast-not-member');
  if (!isReading(origin)) return words.t('slack-share-acts');
  const answer = await lastAnswer(context, origin);
  if (answer === null) return words.t('toast-unavailable');
  const place = placeOf(actor);
  await options.reserve(place);
  const outcome = await options.channel.send({
    place,
    operation: 'notice',
    answer,
    picture: await draw(options.deps, answer).catch(() => null),
    messageId: null,
    hasPicture: false,
    silent: false,
    maybeSent: false,
    mark: words.t('slack-shared-by', { name: caller.person.name }),
  });
  if (outcome.kind === 'sent') return words.t('slack-shared');
  options.deps.log.warn({ outcome, place }, 'an answer was not shared');
  return words.t(outcome.kind === 'gone' ? 'slack-not-invited' : 'toast-unavailable');
}

async function lastAnswer(context: Context, origin: Origin): Promise<Answer | null> {
  const answers =
    origin.kind === 'text'
      ? answerText({ ...context, text: origin.text, botName: '', isPrivate: false })
      : (await answerPress(context, origin.data)).messages;
  let last: Answer | null = null;
  for await (const answer of answers ?? []) last = answer;
  return last;
}
