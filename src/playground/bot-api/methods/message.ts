import { getMessage, getTopic } from '../chats.ts';
import { badRequest } from '../failure.ts';
import { tellMessage } from '../world.ts';
import type { Method } from './types.ts';

const ACTIONS = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]);

/** https://core.telegram.org/bots/api#deletemessage */
export const deleteMessage: Method = ({ world, bot, params }) => {
  const chat = world.chats.getForCall(params.text('chat_id'));
  const message = getMessage(chat, params.integer('message_id'), 'message to delete');
  if (message.bot !== bot.id && chat.type !== 'private') throw badRequest("message can't be deleted");
  message.isDeleted = true;
  tellMessage(world, 'delete', message);
  return true;
};

/** https://core.telegram.org/bots/api#pinchatmessage */
export const pinChatMessage: Method = ({ world, params }) => {
  const chat = world.chats.getForCall(params.text('chat_id'));
  const message = getMessage(chat, params.integer('message_id'), 'message to pin');
  message.isPinned = true;
  tellMessage(world, 'pin', message);
  return true;
};

/** https://core.telegram.org/bots/api#unpinchatmessage */
export const unpinChatMessage: Method = ({ world, params }) => {
  const chat = world.chats.getForCall(params.text('chat_id'));
  const message = getMessage(chat, params.integer('message_id'), 'message to unpin');
  message.isPinned = false;
  tellMessage(world, 'pin', message);
  return true;
};

/** https://core.telegram.org/bots/api#setmessagereaction */
export const setMessageReaction: Method = ({ world, params }) => {
  const chat = world.chats.getForCall(params.text('chat_id'));
  const message = getMessage(chat, params.integer('message_id'), 'message to react');
  const reaction = params.has('reaction')
    ? params.json('reaction', "can't parse reaction types JSON object")
    : [];
  if (!Array.isArray(reaction)) throw badRequest('expected an Array of ReactionType');
  message.reactions = reaction.map(readEmoji);
  tellMessage(world, 'reaction', message);
  return true;
};

function readEmoji(reaction: unknown): string {
  const isEmoji = typeof reaction === 'object' && reaction !== null && 'emoji' in reaction;
  if (!isEmoji || typeof reaction.emoji !== 'string')
    throw badRequest("can't parse ReactionType: invalid reaction type specified");
  return reaction.emoji;
}

/** https://core.telegram.org/bots/api#sendchataction */
export const sendChatAction: Method = ({ world, params }) => {
  const action = params.text('action').toLowerCase();
  if (!ACTIONS.has(action)) throw badRequest('wrong parameter action in request');
  const chat = world.chats.getForCall(params.text('chat_id'));
  getTopic(chat, params.integer('message_thread_id'));
  world.changes.emit(() => ({ kind: 'action', chat: chat.id, action }));
  return true;
};

/** https://core.telegram.org/bots/api#answercallbackquery */
export const answerCallbackQuery: Method = ({ world, bot, params }) => {
  const answer = { text: params.text('text'), showAlert: params.flag('show_alert') };
  const { chat, user } = world.presses.answer(bot.id, params.text('callback_query_id'), answer);
  world.changes.emit(() => ({ kind: 'press_answered', chat, user, ...answer }));
  return true;
};
