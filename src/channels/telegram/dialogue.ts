import { answerPress, answerText, type CommandDeps, type Question } from '../../commands/index.ts';
import { inTransaction, sql } from '../../db/index.ts';
import { moveLane } from '../../delivery/index.ts';
import { contextOf, draw, isFirst, say, type DialogueOptions } from './dialogue-context.ts';
import { answerOpenQuestion, putQuestion, speakerOf, takeNote } from './dialogue-words.ts';
import { answerInlineQuery } from './inline.ts';
import type { InboundCommand, InboundPress, InboundReply } from './inbound.ts';
import type { ReceiverHandlers } from './receiver.ts';

export type { DialogueOptions };

/** What Heartbeat does with what people write and press: commands, presses and replies become answers in the chat they came from. */
export function createTelegramDialogue(options: DialogueOptions): ReceiverHandlers {
  const { deps } = options;
  return {
    onCommand: (command) => onCommand(options, command),
    onInline: (query) => answerInlineQuery(options, query),
    onReply: (reply) => onReply(options, reply),
    onPress: (press) => onPress(options, press),
    onBlocked: (chat) => markPlace(deps, chat, 'the bot was blocked or removed'),
    onUnblocked: (chat) => markPlace(deps, chat, null),
    onMigrated: (from, to) => onMigrated(deps, from, to),
    draw: (answer) => draw(deps, answer),
  };
}

async function onCommand(options: DialogueOptions, command: InboundCommand): Promise<void> {
  if (!(await isFirst(options.deps, command.updateId))) return;
  const isWords = !command.text.startsWith('/');
  if (isWords && (await answerOpenQuestion(options, command))) return;
  await answerCommand(options, command);
}

async function answerCommand(options: DialogueOptions, command: InboundCommand): Promise<void> {
  const { questions, botName } = options;
  const { text, isPrivate, place } = command;
  const context = {
    ...contextOf(options, command),
    dropQuestion: () => questions.drop(speakerOf(command)),
    openQuestion: (question: Question) => questions.open(speakerOf(command), question),
  };
  await say(
    options,
    { place, written: command.messageId },
    answerText({ ...context, text, botName, isPrivate }),
  );
}

/** An answer to an alert is a note; any other may be what was asked for. In private the rest is as good as a command. */
async function onReply(options: DialogueOptions, reply: InboundReply): Promise<void> {
  if (!(await isFirst(options.deps, reply.updateId))) return;
  if (await takeNote(options, reply)) return;
  if (await answerOpenQuestion(options, reply)) return;
  if (reply.isPrivate) await answerCommand(options, reply);
}

async function onPress(options: DialogueOptions, press: InboundPress) {
  const { deps } = options;
  const { toast, messages, asks } = await answerPress(contextOf(options, press), press.data);
  const failed = (error: unknown): void =>
    deps.log.error({ err: error, updateId: press.updateId }, 'the answer to a press was not sent');
  const { place, messageId: replyTo } = press;
  if (messages) void say(options, { place, replyTo }, messages).catch(failed);
  if (asks && (await isFirst(deps, press.updateId))) void putQuestion(options, press, asks).catch(failed);
  return toast;
}

async function onMigrated(deps: CommandDeps, from: string, to: string): Promise<void> {
  await inTransaction(deps.db, (tx) =>
    moveLane(tx, deps.workspaceId, { from: `telegram:${from}`, to: `telegram:${to}` }),
  );
}

async function markPlace(deps: CommandDeps, chat: string, reason: string | null): Promise<void> {
  await deps.db.prisma.$executeRaw(sql`
    update heartbeat.place set gone_reason = ${reason}, gone_at = case when ${reason === null} then null else now() end
    where workspace_id = ${deps.workspaceId} and key = ${`telegram:${chat}`}`);
}
