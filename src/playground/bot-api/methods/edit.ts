import { getMessage, type StoredContent, type StoredMessage } from '../chats.ts';
import { badRequest } from '../failure.ts';
import { readKeyboard } from '../keyboard.ts';
import { createParams, type Params } from '../params.ts';
import { readFormatted } from '../text.ts';
import { wireMessage } from '../wire.ts';
import { tellMessage } from '../world.ts';
import type { Call, Method } from './types.ts';

/** https://core.telegram.org/bots/api#editmessagetext */
export const editMessageText: Method = (call) =>
  edit(call, ({ content }) => {
    const text = readFormatted(call.params, 'text');
    if (content.photo !== null) throw badRequest('there is no text in the message to edit');
    return { ...text, photo: null };
  });

/** https://core.telegram.org/bots/api#editmessagecaption */
export const editMessageCaption: Method = (call) =>
  edit(call, ({ content }) => {
    const caption = readFormatted(call.params, 'caption');
    if (content.photo === null) throw badRequest('there is no caption in the message to edit');
    return { ...caption, photo: content.photo };
  });

/** https://core.telegram.org/bots/api#editmessagemedia; a text message becomes a photo. */
export const editMessageMedia: Method = (call) =>
  edit(call, () => {
    const { world, bot, params } = call;
    const media = readMedia(params);
    const caption = readFormatted(media, 'caption');
    return { ...caption, photo: world.files.take(bot.id, media, media.text('media')) };
  });

/** https://core.telegram.org/bots/api#editmessagereplymarkup */
export const editMessageReplyMarkup: Method = (call) =>
  edit(call, ({ content: { text, entities, photo } }) => ({ text, entities, photo }));

function edit(
  { world, bot, params }: Call,
  change: (message: StoredMessage) => Omit<StoredContent, 'keyboard'>,
): unknown {
  const chat = world.chats.getForCall(params.text('chat_id'));
  const message = getMessage(chat, params.integer('message_id'), 'message to edit');
  if (message.bot !== bot.id) throw badRequest("message can't be edited");
  const content = { ...change(message), keyboard: readKeyboard(params) };
  if (isSame(content, message.content))
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  world.chats.replace(message, content, world.now());
  tellMessage(world, 'edit', message);
  return wireMessage(message);
}

function isSame(a: StoredContent, b: StoredContent): boolean {
  return (
    a.text === b.text &&
    a.photo?.fileId === b.photo?.fileId &&
    JSON.stringify([a.entities, a.keyboard]) === JSON.stringify([b.entities, b.keyboard])
  );
}

function readMedia(params: Params): Params {
  const media = params.json('media', "can't parse input media JSON object");
  if (typeof media !== 'object' || media === null)
    throw badRequest("can't parse InputMedia: expected an Object");
  const values = media as Record<string, unknown>;
  if (values['type'] !== 'photo')
    throw badRequest(`can't parse InputMedia: type "${String(values['type'])}" is unsupported`);
  return createParams({ values, files: new Map(params.files) });
}
