import { findAlertOfMessage } from '../../alerts/index.ts';
import { parsePress, type Answer } from '../../answers/index.ts';
import { answerPress, answerText, commands, noteReply, type Question } from '../../commands/index.ts';
import { askAfterCommand, askByModal, takeSubmission, type ModalResponse } from './ask.ts';
import { contextOf, isFirst, placeOf, type Context, type DialogueOptions } from './context.ts';
import { answerDirectly, note } from './direct.ts';
import { runFromHome, showHome } from './home.ts';
import { isDirect, UMBRELLA, type Actor, type Inbound, type InboundPress } from './inbound.ts';
import { renderAnswer } from './render.ts';
import { createResponder, type Responder } from './respond.ts';
import { say } from './say.ts';
import { parseShare, shareAnswer, shareButton, type Origin } from './share.ts';
import { escapeText } from './mrkdwn.ts';
import { unfurlLinks } from './unfurl.ts';

export type { DialogueOptions };

/** What Heartbeat does with what people write, press and open in Slack. */
export interface SlackDialogue {
  /** Handles it; each is handled once. */
  handle(inbound: Exclude<Inbound, { kind: 'submission' }>): Promise<void>;
  /** Gives what Slack is told about a submitted modal. */
  submit(inbound: Extract<Inbound, { kind: 'submission' }>): Promise<ModalResponse>;
}

/** Makes the dialogue: commands, presses and words become answers that only the person sees, until they are shared. */
export function createSlackDialogue(options: DialogueOptions): SlackDialogue {
  const { deps } = options;
  return {
    async handle(inbound) {
      if (inbound.kind === 'other' || !(await isFirst(deps, inbound.actor.id))) return;
      switch (inbound.kind) {
        case 'command':
          return onCommand(options, inbound);
        case 'message':
          return onMessage(options, inbound);
        case 'press':
          return inbound.responseUrl === null
            ? onHomePress(options, inbound)
            : onPress(options, inbound, inbound.responseUrl);
        case 'home':
          return showHome(options, inbound.actor);
        case 'links':
          return unfurlLinks(options, inbound);
      }
    },
    async submit(inbound) {
      if (!(await isFirst(deps, inbound.actor.id))) return undefined;
      return takeSubmission(options, inbound);
    },
  };
}

async function onCommand(
  options: DialogueOptions,
  { actor, text, responseUrl }: Extract<Inbound, { kind: 'command' }>,
): Promise<void> {
  const { deps } = options;
  const responder = createResponder({ responseUrl, threadTs: null, canReplace: true, log: deps.log });
  let asked: Question | undefined;
  const context: Context = {
    ...(await contextOf(options, actor)),
    openQuestion: async (question) => {
      asked = question;
    },
  };
  const isPrivate = isDirect(actor.channel ?? '');
  const answers = answerText({ ...context, text, botName: '', isPrivate });
  const last = await sayAnswers(options, answers, {
    context,
    responder,
    origin: { kind: 'text', text },
    actor,
  });
  if (asked && last)
    await askAfterCommand(options, { actor, triggerId: actor.id }, { question: asked, answer: last });
}

type Saying = { context: Context; responder: Responder; origin: Origin; actor: Actor };

/** Says answers with their button to share; gives the last one. A stranger has nothing to share. */
async function sayAnswers(
  { deps, channel }: DialogueOptions,
  answers: AsyncIterable<Answer>,
  { context, responder, origin, actor }: Saying,
): Promise<Answer | null> {
  const { words, caller } = context;
  let last: Answer | null = null;
  async function* remembering(): AsyncGenerator<Answer> {
    for await (const answer of answers) yield (last = answer);
  }
  const extra = caller.person ? shareButton(origin, actor, words) : null;
  const mark = isHelp(origin) && caller.person ? words.t('slack-umbrella', { name: UMBRELLA }) : null;
  await say(remembering(), { deps, pictures: channel.pictures, responder, words, extra, mark });
  return last;
}

/** Some names belong to Slack or to another app: the help says how to ask all the same. */
function isHelp(origin: Origin): boolean {
  if (origin.kind === 'press') return parsePress(origin.data)?.kind === 'help';
  return /^\/help\b/.test(origin.text);
}

/** Words in an alert's thread are a note; words in direct messages are as good as a command. */
async function onMessage(
  options: DialogueOptions,
  { actor, text, threadTs }: Extract<Inbound, { kind: 'message' }>,
): Promise<void> {
  const { deps } = options;
  const place = placeOf(actor);
  const alertId =
    threadTs === null ? undefined : await findAlertOfMessage(deps, { place, messageId: threadTs });
  if (alertId !== undefined && text !== '') {
    const context = await contextOf(options, actor);
    const { answer } = await noteReply(context, alertId, text);
    return note(options, { actor, threadTs, rendered: renderAnswer(answer, context) });
  }
  if (!isDirect(actor.channel ?? '') || text === '') return;
  const context = await contextOf(options, actor);
  const answers = answerText({ ...context, text: asCommand(text), botName: '', isPrivate: true });
  await answerDirectly(options, { context, answers, place });
}

/** Slack keeps words that begin with a slash for its own commands: here the name alone is enough. */
function asCommand(text: string): string {
  const [first = ''] = text.toLowerCase().split(/\s/, 1);
  return commands.some(({ name }) => name === first) ? `/${text}` : text;
}

async function onPress(options: DialogueOptions, press: InboundPress, responseUrl: string): Promise<void> {
  const { deps } = options;
  const { actor, data, threadTs, isEphemeral } = press;
  const responder = createResponder({ responseUrl, threadTs, canReplace: false, log: deps.log });
  const toast = async (text: string): Promise<void> => {
    if (text !== '') await responder.say({ text: escapeText(text), blocks: [] });
  };
  const context = await contextOf(options, actor);
  const shared = parseShare(data);
  if (shared) return toast(await shareAnswer(options, actor, shared));
  if (isAsking(data) && context.caller.person) return toast((await askByModal(options, press)) ?? '');
  const { toast: said, messages, asks } = await answerPress(context, data);
  if (said.toast === context.words.t('toast-not-member'))
    return sayHowToAsk(options, { context, responder, actor });
  await toast(said.toast);
  const origin: Origin = { kind: 'press', data };
  if (messages) await sayAnswers(options, messages, { context, responder, origin, actor });
  if (asks && !(await askAfterCommand(options, press, asks)))
    await responder.say(renderAnswer(asks.answer, context));
  if (isEphemeral && said.answer) await responder.say(renderAnswer(said.answer, context));
}

/** Presses that ask for words open their modal before anything is looked up. */
function isAsking(data: string): boolean {
  return parsePress(data)?.kind === 'snooze_ask';
}

/** All a stranger is told: their own id, and how to ask for access. */
async function sayHowToAsk(
  options: DialogueOptions,
  { context, responder, actor }: Omit<Saying, 'origin'>,
): Promise<void> {
  const text = '/start';
  const answers = answerText({ ...context, text, botName: '', isPrivate: true });
  await sayAnswers(options, answers, { context, responder, actor, origin: { kind: 'text', text } });
}

/** The Home tab shows what a press came to; what is more than a line goes to direct messages. */
async function onHomePress(options: DialogueOptions, press: InboundPress): Promise<void> {
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
