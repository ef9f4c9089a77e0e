import type { Logger } from 'pino';
import type { Answer, PressAnswer } from '../../answers/index.ts';
import type { TelegramDirect } from './direct.ts';
import type { InboundPress } from './inbound.ts';
import type { ReplyPicture } from './patient-send.ts';
import type { FixedWordsFor } from './words.ts';

export type PressDeps = {
  direct: TelegramDirect;
  log: Logger;
  words: FixedWordsFor;
  /** a press not answered by then gets a neutral toast */
  guardMs: number;
  /** draws the picture of a message that a press asks for */
  draw?: (answer: Answer) => Promise<ReplyPicture | null>;
};

/**
 * Answers a press, whatever happens to its handling: with its toast, with a neutral one when that comes too late or fails. What
 * came too late to be a toast is said in a message. `handled` settles with the handling, before anything is sent.
 */
export async function answerPressInTime(
  press: InboundPress,
  handled: Promise<PressAnswer>,
  deps: PressDeps,
): Promise<void> {
  const { direct, log, words, guardMs } = deps;
  const { pressSlow, pressFailed } = words(press.languageCode);
  let isAnswered = false;
  const answerOnce = async (toast: Pick<PressAnswer, 'toast' | 'alarm'>): Promise<boolean> => {
    if (isAnswered) return false;
    isAnswered = true;
    return direct.answerPress(press.callbackId, toast);
  };
  const guard = setTimeout(() => void answerOnce({ toast: pressSlow }), guardMs);
  try {
    const result = await handled;
    const isToasted = await answerOnce(result);
    await Promise.all([changeButtons(press, result, deps), sayMore(press, { ...result, isToasted }, deps)]);
  } catch (error) {
    log.error({ err: error, updateId: press.updateId }, 'a press failed');
    await answerOnce({ toast: pressFailed });
  } finally {
    clearTimeout(guard);
  }
}

async function changeButtons(
  press: InboundPress,
  { buttons }: PressAnswer,
  { direct }: PressDeps,
): Promise<void> {
  if (buttons) await direct.setButtons({ place: press.place, messageId: press.messageId, buttons });
}

async function sayMore(
  press: InboundPress,
  { answer, toast, isToasted }: PressAnswer & { isToasted: boolean },
  { direct, draw }: PressDeps,
): Promise<void> {
  const more: Answer | undefined = answer ?? (isToasted ? undefined : { lines: [[toast]] });
  if (more === undefined) return;
  const picture = more.picture && draw ? { picture: draw(more) } : {};
  await direct.reply({ place: press.place, answer: more, replyTo: press.messageId, ...picture });
}
