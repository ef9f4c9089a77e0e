import { randomUUID } from 'node:crypto';
import type { Answer } from '../../answers/index.ts';
import { answerPress, answerText, type CommandContext, type CommandDeps } from '../../commands/index.ts';
import { inTransaction, sql } from '../../db/index.ts';
import { moveLane } from '../../delivery/index.ts';
import { effectiveLocale, effectiveTimezone, identifyTelegram, type Caller } from '../../people/index.ts';
import type { ReplyPicture, TelegramDirect } from './direct.ts';
import type { InboundCommand, InboundPress } from './inbound.ts';
import type { TelegramPlace } from './outcome.ts';
import type { ReceiverHandlers } from './receiver.ts';

export type DialogueOptions = { deps: CommandDeps; direct: TelegramDirect; botName: string };

type Context = Omit<CommandContext, 'commands'>;
type Actor = Pick<InboundCommand, 'fromId' | 'languageCode' | 'place' | 'updateId'>;

/** What Heartbeat does with what people write and press: commands and presses become answers in the chat they came from. */
export function createTelegramDialogue({ deps, direct, botName }: DialogueOptions): ReceiverHandlers {
  return {
    onCommand: (command) => onCommand({ deps, direct, botName }, command),
    onPress: (press) => onPress({ deps, direct, botName }, press),
    onBlocked: (chat) => markPlace(deps, chat, 'the bot was blocked or removed'),
    onUnblocked: (chat) => markPlace(deps, chat, null),
    onMigrated: (from, to) => onMigrated(deps, from, to),
    draw: (answer) => draw(deps, answer),
  };
}

async function onCommand({ deps, direct, botName }: DialogueOptions, command: InboundCommand): Promise<void> {
  if (!(await isFirst(deps, command.updateId))) return;
  const context = contextOf(deps, command);
  const answers = answerText({ ...context, text: command.text, botName, isPrivate: command.isPrivate });
  await say({ deps, direct, botName }, command.place, answers);
}

async function onPress(options: DialogueOptions, press: InboundPress) {
  const { deps } = options;
  const { toast, messages } = await answerPress(contextOf(deps, press), press.data);
  if (messages) {
    const failed = (error: unknown): void =>
      deps.log.error({ err: error, updateId: press.updateId }, 'the answer to a press was not sent');
    void say(options, press.place, messages, press.messageId).catch(failed);
  }
  return toast;
}

/** Sends the first answer and redraws it with the ones that follow. */
async function say(
  { deps, direct }: DialogueOptions,
  place: TelegramPlace,
  answers: AsyncIterable<Answer>,
  replyTo: string | null = null,
): Promise<void> {
  let shown: { messageId: string; hasPicture: boolean } | undefined;
  for await (const answer of answers) {
    const picture = answer.picture ? { picture: draw(deps, answer) } : {};
    const outcome = shown
      ? await direct.edit({ place, answer, ...shown, ...picture })
      : await direct.reply({ place, answer, replyTo, ...picture });
    if (outcome.kind === 'sent') shown = { messageId: outcome.messageId, hasPicture: outcome.hasPicture };
  }
}

async function draw(deps: CommandDeps, answer: Answer): Promise<ReplyPicture | null> {
  if (!answer.picture) return null;
  const { png, contentHash } = await deps.pictures.render(answer.picture.spec);
  return { png, contentHash, alt: answer.picture.alt };
}

/** Who asks, by Telegram's own ids: never by what somebody writes or is called. */
function contextOf(deps: CommandDeps, actor: Actor): Context {
  const registry = deps.registry.current();
  const { workspace } = registry;
  const person = identifyTelegram(registry, actor.fromId);
  const strangerLocale = actor.languageCode?.startsWith('ru') ? 'ru' : workspace.locale;
  const locale = person ? effectiveLocale(person, workspace) : strangerLocale;
  const timezone = effectiveTimezone(person, workspace);
  const caller: Caller = {
    workspaceId: deps.workspaceId,
    person,
    actor: person?.email ?? `telegram:${actor.fromId}`,
    role: person?.role ?? null,
    channel: 'telegram',
    locale,
    timezone,
    roomTeams: workspace.rooms.find((room) => String(room.telegram) === actor.place.chat)?.teams ?? [],
    requestId: randomUUID(),
  };
  return { deps, caller, words: deps.wordsFor(locale, timezone), place: actor.place };
}

/** Long polling delivers at least once: an update that was handled before, by any process, is not answered again. */
async function isFirst(deps: CommandDeps, updateId: number): Promise<boolean> {
  const inserted = await deps.db.prisma.$executeRaw(sql`
    insert into heartbeat.handled_update (channel, update_id) values ('telegram', ${`${deps.workspaceId}:${updateId}`})
    on conflict do nothing`);
  return inserted > 0;
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
