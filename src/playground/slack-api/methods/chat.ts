import { checkBlocks } from '../check-blocks.ts';
import { refuseFor, SlackFailure } from '../failure.ts';
import { isJson, textOf, type Json } from '../json.ts';
import { POST_TEXT_MAX, UPDATE_TEXT_MAX } from '../limits.ts';
import type { Content } from '../types.ts';
import { addMessage, editMessage, getChannel, type Channel, type Message, type World } from '../world.ts';
import { isShowable } from './files.ts';
import type { Method } from './types.ts';

/** Reads what a message is to show; throws as Slack refuses it. */
export function readContent(world: World, params: Json, textMax: number): Content {
  const text = textOf(params, 'text') ?? '';
  if (text.length > textMax) throw new SlackFailure('msg_too_long');
  const { blocks } = params;
  if (blocks !== undefined && !Array.isArray(blocks)) throw new SlackFailure('invalid_blocks_format');
  const given: Json[] = (blocks ?? []).filter(isJson);
  const problems = checkBlocks(given, {
    surface: 'message',
    isShowable: (id) => isShowable(world, id),
  });
  if (problems.length > 0) throw refuseFor('invalid_blocks', problems);
  if (text === '' && given.length === 0) throw new SlackFailure('no_text');
  return { text, blocks: given };
}

/** Gives a channel the bot may write to. */
function getWritable(world: World, params: Json): Channel {
  const channel = getChannel(world, textOf(params, 'channel') ?? '');
  if (channel.isArchived) throw new SlackFailure('is_archived');
  if (!channel.hasBot) throw new SlackFailure('not_in_channel');
  return channel;
}

function getMessage(channel: Channel, ts: string | undefined): Message {
  const message = channel.messages.get(ts ?? '');
  if (message === undefined || message.isDeleted) throw new SlackFailure('message_not_found');
  return message;
}

const postMessage: Method = {
  scopes: ['chat:write'],
  isPaced: true,
  run(world, params) {
    const channel = getWritable(world, params);
    const content = readContent(world, params, POST_TEXT_MAX);
    const message = addMessage(world, channel, {
      user: world.botUser,
      isBot: true,
      content,
      ...readThread(channel, params),
    });
    return { channel: channel.id, ts: message.ts, message: { text: content.text, blocks: content.blocks } };
  },
};

function readThread(channel: Channel, params: Json): Pick<Message, 'threadTs' | 'isBroadcast'> {
  const threadTs = textOf(params, 'thread_ts') ?? null;
  if (threadTs !== null && !channel.messages.has(threadTs)) throw new SlackFailure('thread_not_found');
  const isBroadcast = params['reply_broadcast'] === true;
  if (isBroadcast && threadTs === null) throw new SlackFailure('invalid_arguments');
  return { threadTs, isBroadcast };
}

const update: Method = {
  scopes: ['chat:write'],
  isPaced: true,
  run(world, params) {
    const channel = world.channels.get(textOf(params, 'channel') ?? '');
    // a person's id names no conversation here, unlike in a post
    if (channel === undefined) throw new SlackFailure('channel_not_found');
    if (channel.isArchived) throw new SlackFailure('is_archived');
    const message = getMessage(channel, textOf(params, 'ts'));
    if (message.user !== world.botUser) throw new SlackFailure('cant_update_message');
    const content = readContent(world, params, UPDATE_TEXT_MAX);
    editMessage(world, message, content);
    return { channel: channel.id, ts: message.ts, text: content.text };
  },
};

const remove: Method = {
  scopes: ['chat:write'],
  run(world, params) {
    const channel = getChannel(world, textOf(params, 'channel') ?? '');
    const message = getMessage(channel, textOf(params, 'ts'));
    if (message.user !== world.botUser) throw new SlackFailure('cant_delete_message');
    message.isDeleted = true;
    world.changes.emit();
    return { channel: channel.id, ts: message.ts };
  },
};

const postEphemeral: Method = {
  scopes: ['chat:write'],
  run(world, params) {
    const channel = getWritable(world, params);
    const user = textOf(params, 'user') ?? '';
    if (!channel.members.has(user)) throw new SlackFailure('user_not_in_channel');
    const content = readContent(world, params, POST_TEXT_MAX);
    const { threadTs } = readThread(channel, params);
    const { ts } = addMessage(world, channel, {
      user: world.botUser,
      isBot: true,
      content,
      threadTs,
      ephemeralFor: user,
    });
    return { message_ts: ts };
  },
};

const unfurl: Method = {
  scopes: ['links:write'],
  run(world, params) {
    const channel = getChannel(world, textOf(params, 'channel') ?? '');
    const message = channel.messages.get(textOf(params, 'ts') ?? '');
    if (message === undefined) throw new SlackFailure('cannot_find_message');
    const { unfurls } = params;
    if (!isJson(unfurls)) throw new SlackFailure('missing_unfurls');
    for (const [url, card] of Object.entries(unfurls)) {
      if (!message.content.text.includes(url)) throw new SlackFailure('cannot_unfurl_url');
      readContent(world, isJson(card) ? { ...card, text: '-' } : {}, POST_TEXT_MAX);
    }
    message.unfurls = { ...message.unfurls, ...unfurls };
    world.changes.emit();
    return {};
  },
};

export const CHAT_METHODS: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': postEphemeral,
  'chat.unfurl': unfurl,
};
