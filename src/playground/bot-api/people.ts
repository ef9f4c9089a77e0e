import type { Entity } from './html.ts';
import type { Chat, StoredMessage } from './chats.ts';
import { askInline, findPicked } from './inline-people.ts';
import { PRESS_MS } from './presses.ts';
import type {
  ButtonMatcher,
  ChatRef,
  InlineButton,
  MessageRef,
  MessageView,
  Person,
  PressOptions,
  PressResult,
  SendOptions,
  UserSpec,
} from './types.ts';
import { wireChat, wireInaccessible, wireMessage, wireUser } from './wire.ts';
import { botsIn, tellMessage, view, type Bot, type World } from './world.ts';

/** Makes a person who acts in a world's chats. */
export function createPerson(world: World, user: UserSpec): Person {
  const from = { ...user, is_bot: false };
  return {
    id: user.id,
    user,
    sends: (chat, text, options = {}) => send(world, from, { chat: idOf(chat), text, ...options }),
    replies(message, text) {
      const { topic, id, chat } = getMessage(world, message);
      return send(world, from, { chat: chat.id, text, replyTo: id, ...(topic === null ? {} : { topic }) });
    },
    edits(ref, text) {
      const message = getMessage(world, ref);
      if (message.from.id !== user.id) throw new Error(`${user.first_name} did not write message ${ref.id}.`);
      world.chats.replace(message, { ...message.content, text, entities: commandsIn(text) }, world.now());
      tellMessage(world, 'edit', message);
      pushToBots(world, message, 'edited_message', wireMessage(message));
    },
    reacts(ref, emoji) {
      const message = getMessage(world, ref);
      message.reactions.push(emoji);
      tellMessage(world, 'reaction', message);
      const update = {
        chat: wireChat(message.chat),
        message_id: message.id,
        user: wireUser(user),
        date: seconds(world),
        old_reaction: [],
        new_reaction: [{ type: 'emoji', emoji }],
      };
      for (const bot of botsIn(world, message.chat)) bot.updates.push('message_reaction', update);
    },
    presses: (message, button, options = {}) => press(world, user, { message, button, options }),
    asksInline: (text, options = {}) => askInline(world, user, { text, options }),
    picks: (chat, answer, which) =>
      post(world, from, {
        chat: idOf(chat),
        content: findPicked(answer, which).content,
        via: world.firstBot.user,
      }),
    blocks: () => changeMembership(world, user, 'kicked'),
    unblocks: () => changeMembership(world, user, 'member'),
  };
}

export function idOf(chat: ChatRef): number {
  return typeof chat === 'number' ? chat : chat.id;
}

/** Gives an open chat, or says how to open it. */
export function getChat(world: World, id: number): Chat {
  const chat = world.chats.find(id);
  if (chat === undefined) throw new Error(`There is no chat ${id}. Open it with privateChat() or group().`);
  return chat;
}

function getMessage(world: World, { chat, id }: MessageRef): StoredMessage {
  const message = getChat(world, chat).messages.get(id);
  if (message === undefined) throw new Error(`There is no message ${id} in chat ${chat}.`);
  return message;
}

function send(
  world: World,
  from: StoredMessage['from'],
  { text, ...options }: SendOptions & { chat: number; text: string },
): MessageView {
  return post(world, from, {
    ...options,
    content: { text, entities: commandsIn(text), photo: null, keyboard: [] },
  });
}

type Posting = SendOptions & Pick<StoredMessage, 'content' | 'via'> & { chat: number };

function post(
  world: World,
  from: StoredMessage['from'],
  { chat: chatId, content, via, replyTo, topic }: Posting,
): MessageView {
  const chat = getChat(world, chatId);
  if (!chat.members.has(from.id)) throw new Error(`${from.first_name} is not in chat ${chatId}.`);
  const message = world.chats.add(chat, {
    from,
    ...(via && { via }),
    bot: null,
    at: world.now(),
    topic: topic ?? null,
    silent: false,
    replyTo: replyTo ?? null,
    content,
  });
  tellMessage(world, 'message', message);
  pushToBots(world, message, 'message', wireMessage(message));
  return view(world, message);
}

/** With privacy mode, as bots have it, a bot hears in groups only what is meant for it. */
function pushToBots(world: World, message: StoredMessage, type: string, payload: object): void {
  const { chat } = message;
  if (chat.isClosed) return;
  for (const bot of botsIn(world, chat))
    if (chat.type === 'private' || isMeantFor(bot, message)) bot.updates.push(type, payload);
}

function isMeantFor(bot: Bot, { content: { text }, chat, replyTo, via }: StoredMessage): boolean {
  const answered = replyTo === null ? undefined : chat.messages.get(replyTo);
  const isMentioned = text.toLowerCase().includes(`@${bot.user.username ?? ''}`.toLowerCase());
  return text.startsWith('/') || isMentioned || answered?.bot === bot.id || via?.id === bot.user.id;
}

function commandsIn(text: string): Entity[] {
  return [...text.matchAll(/(?<![^\s])\/\w{1,32}(?:@\w+)?/g)].map((match) => ({
    type: 'bot_command',
    offset: match.index,
    length: match[0].length,
  }));
}

async function press(
  world: World,
  user: UserSpec,
  {
    message: ref,
    button: matcher,
    options,
  }: { message: MessageRef; button: ButtonMatcher; options: PressOptions },
): Promise<PressResult> {
  const message = getMessage(world, ref);
  const { chat } = message;
  if (!chat.members.has(user.id)) throw new Error(`${user.first_name} is not in chat ${chat.id}.`);
  const button = findButton(message, matcher);
  if (button.callback_data === undefined) return { answered: false, url: button.url ?? null };
  const bot = [...world.bots.values()].find(({ id }) => id === message.bot);
  if (bot === undefined) throw new Error(`No bot sent message ${ref.id}.`);
  const opened = world.presses.open({
    bot: bot.id,
    chat: chat.id,
    user: user.id,
    timeoutMs: options.timeoutMs ?? PRESS_MS,
  });
  bot.updates.push('callback_query', {
    id: opened.id,
    from: wireUser(user),
    message: options.inaccessible ? wireInaccessible(message) : wireMessage(message),
    chat_instance: String(chat.id),
    data: button.callback_data,
  });
  return opened.result;
}

function findButton(message: StoredMessage, matcher: ButtonMatcher): InlineButton {
  // A phone that has not seen an edit still shows the old button.
  if (typeof matcher === 'object' && 'data' in matcher) return { text: '', callback_data: matcher.data };
  const buttons = message.content.keyboard.flat();
  const found = buttons.find((button) => isMatch(button, matcher));
  if (found !== undefined) return found;
  const labels = buttons.map(({ text }) => `"${text}"`).join(', ') || 'none';
  throw new Error(`Message ${message.id} has no such button. Its buttons: ${labels}.`);
}

function isMatch(button: InlineButton, matcher: Exclude<ButtonMatcher, { data: string }>): boolean {
  if (typeof matcher === 'string') return button.text.includes(matcher);
  return typeof matcher === 'function' ? matcher(button) : matcher.test(button.text);
}

function changeMembership(world: World, user: UserSpec, status: 'kicked' | 'member'): void {
  const chat = getChat(world, user.id);
  const before = chat.isClosed ? 'kicked' : 'member';
  chat.isClosed = status === 'kicked';
  pushMembership(world, chat, { by: user, before, status });
}

/** Tells the bots of a chat that they were let in or thrown out. */
export function pushMembership(
  world: World,
  chat: Chat,
  { by, before, status }: { by: UserSpec; before: string; status: string },
): void {
  for (const bot of botsIn(world, chat)) {
    const memberOf = (state: string) => ({
      user: bot.user,
      status: state,
      ...(state === 'kicked' ? { until_date: 0 } : {}),
    });
    bot.updates.push('my_chat_member', {
      chat: wireChat(chat),
      from: wireUser(by),
      date: seconds(world),
      old_chat_member: memberOf(before),
      new_chat_member: memberOf(status),
    });
  }
}

function seconds(world: World): number {
  return Math.floor(world.now() / 1000);
}
