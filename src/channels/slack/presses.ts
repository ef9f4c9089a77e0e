import { parsePress, type Answer, type PressAnswer } from '../../answers/index.ts';
import { answerPress, answerText } from '../../commands/index.ts';
import { askAfterCommand, askByModal } from './ask.ts';
import { contextOf, placeOf, type Context, type DialogueOptions } from './context.ts';
import { answerDirectly } from './direct.ts';
import { runFromHome, showHome } from './home.ts';
import type { Actor, InboundPress } from './inbound.ts';
import { escapeText } from './mrkdwn.ts';
import { renderAnswer } from './render.ts';
import { respondTo, type Responder } from './respond.ts';
import { sayAnswers } from './say-answers.ts';
import { nameInSlack } from './slash-names.ts';
import { parseShare, shareAnswer, type Origin } from './share.ts';

/** Does what a button says, for whoever pressed it; only that person sees the answer. */
export async function onPress(options: DialogueOptions, press: InboundPress): Promise<void> {
  const { actor, data } = press;
  const responder = respondTo(options, press, { canReplace: false });
  const toast = async (text: string): Promise<void> => {
    if (text !== '') await responder.say({ text: escapeText(nameInSlack(text)), blocks: [] });
  };
  const context = await contextOf(options, actor);
  const shared = parseShare(data);
  if (shared) return toast(await shareAnswer(options, actor, shared));
  if (isAsking(data) && context.caller.person) return toast((await askByModal(options, press)) ?? '');
  const { toast: said, messages, asks } = await answerPress(context, data);
  if (said.toast === context.words.t('toast-not-member'))
    return sayHowToAsk(options, { context, responder, actor });
  const shown = said.answer ?? withButtons(context, said);
  if (shown === said.answer) await toast(said.toast);
  const origin: Origin = { kind: 'press', data };
  if (messages) await sayAnswers(options, messages, { context, responder, origin, actor });
  if (asks && !(await askAfterCommand(options, press, asks)))
    await responder.say(renderAnswer(asks.answer, context));
  if (shown) await responder.say(renderAnswer(shown, context));
}

/** Slack tells nothing of a message that only one person sees, so that buttons are shown anew instead of in it. */
function withButtons({ words }: Context, { toast, buttons = [] }: PressAnswer): Answer | undefined {
  return buttons.length === 0
    ? undefined
    : { lines: [[toast === '' ? words.t('toast-shown') : toast]], buttons };
}

/** Presses that ask for words open their modal before anything is looked up. */
function isAsking(data: string): boolean {
  return parsePress(data)?.kind === 'snooze_ask';
}

/** All a stranger is told: their own id, and how to ask for access. */
async function sayHowToAsk(
  options: DialogueOptions,
  { context, responder, actor }: { context: Context; responder: Responder; actor: Actor },
): Promise<void> {
  const text = '/start';
  const answers = answerText({ ...context, text, botName: '', isPrivate: true });
  await sayAnswers(options, answers, { context, responder, actor, origin: { kind: 'text', text } });
}

/** Does what a button of the Home tab says: the tab shows what it came to, what is more than a line goes to direct messages. */
export async function onHomePress(options: DialogueOptions, press: InboundPress): Promise<void> {
  const { actor, data } = press;
  if (await runFromHome(options, actor, data)) return;
  if (isAsking(data)) {
    const toast = await askByModal(options, press);
    return toast === null ? undefined : showHome(options, actor, toast);
  }
  const context = await contextOf(options, actor);
  const { toast, messages } = await answerPress(context, data);
  await showHome(options, actor, toast.toast === '' ? null : toast.toast);
  if (messages) await answerDirectly(options, { context, answers: messages, place: placeOf(actor) });
}
