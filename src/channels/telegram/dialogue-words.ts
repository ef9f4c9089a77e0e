import { findAlertOfMessage } from '../../alerts/index.ts';
import type { Answer, Line } from '../../answers/index.ts';
import {
  answerQuestion,
  dropQuestion,
  noteReply,
  type CommandDeps,
  type Pressed,
} from '../../commands/index.ts';
import { contextOf, type DialogueOptions } from './dialogue-context.ts';
import type { InboundCommand, InboundPress, InboundReply } from './inbound.ts';
import type { Speaker } from './questions.ts';

/** Gives who speaks where, as questions tell people apart. */
export function speakerOf({ place, fromId }: Pick<InboundCommand, 'place' | 'fromId'>): Speaker {
  return { chat: place.chat, fromId };
}

/** Puts a question to whoever pressed a button. It is open before it is shown: no answer can be too early. */
export async function putQuestion(
  options: DialogueOptions,
  press: InboundPress,
  { question, answer }: NonNullable<Pressed['asks']>,
): Promise<void> {
  const speaker = speakerOf(press);
  await options.questions.open(speaker, question);
  const shown = press.isPrivate ? answer : addressed(answer, press);
  const outcome = await options.direct.reply({ place: press.place, answer: shown, replyTo: press.messageId });
  if (outcome.kind !== 'sent') await options.questions.drop(speaker);
}

/** The question answers the bot's own message, so that Telegram shows it to nobody unless they are named. */
function addressed(answer: Answer, { fromId, fromName }: InboundPress): Answer {
  const name: Line = [{ kind: 'link', text: fromName, url: `tg://user?id=${fromId}` }, ', '];
  const [first = [], ...rest] = answer.lines;
  return { ...answer, lines: [[...name, ...first], ...rest] };
}

/** Takes words for the question that is open, and answers; false when none is. */
export async function answerOpenQuestion(
  options: DialogueOptions,
  command: InboundCommand,
): Promise<boolean> {
  const { direct, questions } = options;
  const context = contextOf(options, command);
  let answer: Answer | undefined;
  const isTaken = await questions.hear(speakerOf(command), command.text, async (question, text, isLast) => {
    const answered = await answerQuestion(context, question, text);
    answer = isLast && !answered.isOver ? dropQuestion(context) : answered.answer;
    return answered.isOver;
  });
  if (answer) await direct.reply({ place: command.place, answer, replyTo: command.messageId });
  return isTaken;
}

/** Takes an answer to an alert's message as a note on it; false when the message is about no alert. */
export async function takeNote(options: DialogueOptions, reply: InboundReply): Promise<boolean> {
  const { deps, direct } = options;
  const alertId = await findNoted(deps, reply);
  if (alertId === undefined) return false;
  const { answer, isPlain } = await noteReply(contextOf(options, reply), alertId, reply.text);
  if (isPlain && (await direct.markNoted(reply.place, reply.messageId))) return true;
  await direct.reply({ place: reply.place, answer, replyTo: reply.messageId });
  return true;
}

function findNoted(deps: CommandDeps, { place, replyTo }: InboundReply): Promise<string | undefined> {
  return findAlertOfMessage(deps, { place, messageId: replyTo });
}
