import { randomUUID } from 'node:crypto';
import type { Answer } from '../../answers/index.ts';
import { findRoom, type CommandContext, type CommandDeps } from '../../commands/index.ts';
import { sql } from '../../db/index.ts';
import { effectiveLocale, effectiveTimezone, identifyTelegram, type Caller } from '../../people/index.ts';
import type { TelegramChannel } from './channel.ts';
import type { ReplyPicture, TelegramDirect } from './direct.ts';
import type { InboundCommand } from './inbound.ts';
import type { TelegramPlace } from './outcome.ts';
import type { Questions } from './questions.ts';

export type DialogueOptions = {
  deps: CommandDeps;
  direct: TelegramDirect;
  questions: Questions;
  /** renders and looks up what is offered inline */
  channel: TelegramChannel;
  botName: string;
  /** the bot's name on Telegram; null before it is known */
  username: () => string | null;
};

type Actor = Pick<InboundCommand, 'fromId' | 'fromName' | 'languageCode' | 'place'>;

/** Who asks, by Telegram's own ids: never by what somebody writes or is called. */
export function contextOf(
  { deps, username }: Pick<DialogueOptions, 'deps' | 'username'>,
  actor: Actor,
): Omit<CommandContext, 'commands'> {
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
    roomTeams: findRoom(workspace.rooms, actor.place)?.teams ?? [],
    requestId: randomUUID(),
  };
  const startUrl = (payload: string): string | null => startUrlOf(username(), payload);
  const { place, fromName: callerName } = actor;
  return { deps, caller, words: deps.wordsFor(locale, timezone), place, callerName, startUrl };
}

/** https://core.telegram.org/api/links#bot-links */
function startUrlOf(username: string | null, payload: string): string | null {
  return username === null ? null : `https://t.me/${username}?start=${payload}`;
}

/** Long polling delivers at least once: an update that was handled before, by any process, is not answered again. */
export async function isFirst(deps: CommandDeps, updateId: number): Promise<boolean> {
  const inserted = await deps.db.prisma.$executeRaw(sql`
    insert into heartbeat.handled_update (channel, update_id) values ('telegram', ${`${deps.workspaceId}:${updateId}`})
    on conflict do nothing`);
  return inserted > 0;
}

/** Where answers go. `written`: the message of who asks; a question is put to its writer alone, as an answer to it. */
type Sayable = { place: TelegramPlace; replyTo?: string | null; written?: string | null };

/** Sends the first answer and redraws it with the ones that follow. */
export async function say(
  { deps, direct }: Pick<DialogueOptions, 'deps' | 'direct'>,
  { place, replyTo = null, written = null }: Sayable,
  answers: AsyncIterable<Answer>,
): Promise<void> {
  let shown: { messageId: string; hasPicture: boolean } | undefined;
  for await (const answer of answers) {
    const picture = answer.picture ? { picture: draw(deps, answer) } : {};
    const outcome = shown
      ? await direct.edit({ place, answer, ...shown, ...picture })
      : await direct.reply({
          place,
          answer,
          replyTo: answer.asks ? (written ?? replyTo) : replyTo,
          ...picture,
        });
    if (outcome.kind === 'sent') shown = { messageId: outcome.messageId, hasPicture: outcome.hasPicture };
  }
}

/** Draws the picture of an answer; null where it has none. */
export async function draw(deps: CommandDeps, answer: Answer): Promise<ReplyPicture | null> {
  if (!answer.picture) return null;
  const { png, contentHash } = await deps.pictures.render(answer.picture.spec);
  return { png, contentHash, alt: answer.picture.alt };
}
