import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InlineQueryResult } from 'grammy/types';
import { offerInline, type CommandDeps, type InlineCard, type InlineOffer } from '../../commands/index.ts';
import type { TelegramChannel } from './channel.ts';
import { contextOf } from './dialogue-context.ts';
import type { InboundInline } from './inbound.ts';
import { CAPTION_MAX, INLINE_CACHE_SECONDS, INLINE_PATIENCE_MS, TEXT_MAX } from './limits.ts';
import { isQueryGone } from './outcome.ts';
import { describeTrouble, toTrouble, type Trouble } from './trouble.ts';

/** `/start inline`: what a stranger's button sends in the private chat. */
const START_PARAMETER = 'inline';
const NOTHING: InlineOffer = { kind: 'cards', cards: [] };

export type InlineDoor = {
  deps: CommandDeps;
  channel: Pick<TelegramChannel, 'api' | 'render' | 'findFileId'>;
  username: () => string | null;
};

/** A card with the id of its picture, where Telegram has that already. */
export type InlineChoice = InlineCard & { fileId: string | undefined };

type Form = 'marked' | 'plain';

/** Answers words typed after the bot's name in any chat, where the workspace wants that; never throws, and uploads nothing. */
export async function answerInlineQuery(door: InlineDoor, query: InboundInline): Promise<void> {
  if (!door.deps.registry.current().workspace.policies.inline) return;
  const offer = await findOffer(door, query);
  const choices = offer.kind === 'cards' ? await findPictures(door, offer.cards) : [];
  const button = offer.kind === 'stranger' ? offer.label : null;
  const call = (form: Form): Promise<Trouble | null> =>
    callTelegram(door, {
      queryId: query.queryId,
      button,
      results: renderResults(choices, door.channel, form),
    });
  const first = await call('marked');
  const next = first && nextForm(first);
  const last = next ? await call(next) : first;
  if (last === null) return;
  door.deps.log.warn({ reason: describeTrouble(last) }, 'an inline query was not answered');
}

/** What Telegram refuses for its pictures or its markup passes without them; null: nothing will help. */
function nextForm(trouble: Trouble): Form | null {
  if (isQueryGone(trouble)) return null;
  if (trouble.kind === 'network' || trouble.code >= 500) return 'marked';
  return trouble.code === 400 ? 'plain' : null;
}

async function findOffer({ deps, username }: InlineDoor, query: InboundInline): Promise<InlineOffer> {
  try {
    return await offerInline(contextOf({ deps, username }, query), query.text);
  } catch (error) {
    deps.log.warn({ err: error, from: query.fromId }, 'an inline query is answered with nothing');
    return NOTHING;
  }
}

/** Pictures come second: what is not found in time goes without one. */
function findPictures(door: InlineDoor, cards: readonly InlineCard[]): Promise<InlineChoice[]> {
  const late = sleep(INLINE_PATIENCE_MS, undefined, { ref: false });
  return Promise.all(
    cards.map(async (card) => ({ ...card, fileId: await Promise.race([findFileId(door, card), late]) })),
  );
}

async function findFileId({ deps, channel }: InlineDoor, card: InlineCard): Promise<string | undefined> {
  try {
    return await channel.findFileId(await card.findPictureHash());
  } catch (error) {
    deps.log.warn({ err: error, metric: card.metricId }, 'a card is offered without its picture');
    return undefined;
  }
}

/** Gives cards as Telegram takes them: a picture that it has, by its id, else an article. `plain`: all articles without markup. */
export function renderResults(
  choices: readonly InlineChoice[],
  { render }: Pick<TelegramChannel, 'render'>,
  form: Form,
): InlineQueryResult[] {
  return choices.map(({ metricId, title, description, answer, fileId }) => {
    const photo = form === 'marked' ? fileId : undefined;
    const { html, plain } = render(answer, { maxLength: photo === undefined ? TEXT_MAX : CAPTION_MAX });
    const text = form === 'marked' ? html : plain;
    const markup = form === 'marked' ? { parse_mode: 'HTML' as const } : {};
    const shown = { id: idOf([metricId, photo ?? '', text]), title, description };
    if (photo !== undefined)
      return { type: 'photo', ...shown, photo_file_id: photo, caption: text, ...markup };
    const content = { message_text: text, ...markup, link_preview_options: { is_disabled: true } };
    return { type: 'article', ...shown, input_message_content: content };
  });
}

/** Short, since Telegram takes 64 bytes; the same content has the same one. */
function idOf(content: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
}

type InlineCall = { queryId: string; button: string | null; results: readonly InlineQueryResult[] };

/** What one person is offered is kept for nobody else, and for moments only. */
async function callTelegram(
  { channel }: InlineDoor,
  { queryId, button, results }: InlineCall,
): Promise<Trouble | null> {
  try {
    await channel.api.answerInlineQuery(queryId, results, {
      is_personal: true,
      cache_time: button === null ? INLINE_CACHE_SECONDS : 0,
      ...(button !== null && { button: { text: button, start_parameter: START_PARAMETER } }),
    });
    return null;
  } catch (error) {
    return toTrouble(error);
  }
}
