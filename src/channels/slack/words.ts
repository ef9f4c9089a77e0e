import { findAlertOfMessage } from '../../alerts/index.ts';
import { answerText, commands, noteReply, type Question } from '../../commands/index.ts';
import { readLinkCode } from '../../people/index.ts';
import { askAfterCommand } from './ask.ts';
import { contextOf, placeOf, type Context, type DialogueOptions } from './context.ts';
import { answerDirectly, whisper } from './direct.ts';
import { isDirect, type Inbound } from './inbound.ts';
import { renderAnswer } from './render.ts';
import { respondTo } from './respond.ts';
import { sayAnswers } from './say-answers.ts';

/** Answers a slash command; a question that it asks opens a modal, as far as Slack still opens one. Throws what the database throws. */
export async function onCommand(
  options: DialogueOptions,
  command: Extract<Inbound, { kind: 'command' }>,
): Promise<void> {
  const { actor, text, triggerId } = command;
  const responder = respondTo(options, { ...command, threadTs: null }, { canReplace: true });
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
  if (asked && last) await askAfterCommand(options, { actor, triggerId }, { question: asked, answer: last });
}

/** Takes words: in an alert's thread they are a note, in direct messages as good as a command. */
export async function onMessage(
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
    await whisper(options, { actor, threadTs, rendered: renderAnswer(answer, context) });
    return;
  }
  if (!isDirect(actor.channel ?? '') || text === '') return;
  const context = await contextOf(options, actor);
  const answers = answerText({ ...context, text: asCommand(text), botName: '', isPrivate: true });
  await answerDirectly(options, { context, answers, place });
}

/** Slack keeps words that begin with a slash for its own commands: here the name alone is enough, and for a code its digits. */
function asCommand(text: string): string {
  if (readLinkCode(text) !== undefined) return `/link ${text}`;
  const [first = ''] = text.toLowerCase().split(/\s/, 1);
  return commands.some(({ name }) => name === first) ? `/${text}` : text;
}
