import { getTopic, type Chat, type StoredContent } from '../chats.ts';
import { badRequest } from '../failure.ts';
import { photoSource } from '../files.ts';
import { readKeyboard } from '../keyboard.ts';
import { readFormatted } from '../text.ts';
import { wireMessage } from '../wire.ts';
import { tellMessage } from '../world.ts';
import type { Call, Method } from './types.ts';

/** https://core.telegram.org/bots/api#sendmessage */
export const sendMessage: Method = (call) =>
  post(call, () => ({
    ...readFormatted(call.params, 'text'),
    photo: null,
    keyboard: readKeyboard(call.params),
  }));

/** https://core.telegram.org/bots/api#sendphoto */
export const sendPhoto: Method = (call) =>
  post(call, () => {
    const { world, bot, params } = call;
    const caption = readFormatted(params, 'caption');
    const keyboard = readKeyboard(params);
    return { ...caption, keyboard, photo: world.files.take(bot.id, params, photoSource(params, 'photo')) };
  });

function post({ world, bot, params }: Call, readContent: () => StoredContent): unknown {
  const chat = world.chats.getForCall(params.text('chat_id'));
  const content = readContent();
  const topic = getTopic(chat, params.integer('message_thread_id'));
  const message = world.chats.add(chat, {
    content,
    topic,
    bot: bot.id,
    from: bot.user,
    at: world.now(),
    silent: params.flag('disable_notification'),
    replyTo: readReplyTo(chat, readReplyParameters(params)),
  });
  tellMessage(world, 'message', message);
  return wireMessage(message);
}

type ReplyParameters = { message_id?: unknown; allow_sending_without_reply?: unknown };

function readReplyParameters(params: Call['params']): ReplyParameters {
  if (params.has('reply_parameters')) {
    const given = params.json('reply_parameters', "can't parse reply parameters JSON object");
    if (typeof given !== 'object' || given === null) throw badRequest('object expected as reply parameters');
    return given;
  }
  return {
    message_id: params.integer('reply_to_message_id'),
    allow_sending_without_reply: params.flag('allow_sending_without_reply'),
  };
}

function readReplyTo(
  chat: Chat,
  { message_id: id, allow_sending_without_reply: allow }: ReplyParameters,
): number | null {
  if (id === undefined) return null;
  const answered = chat.messages.get(Number(id));
  if (answered !== undefined && !answered.isDeleted) return answered.id;
  if (allow === true) return null;
  throw badRequest('message to be replied not found');
}
