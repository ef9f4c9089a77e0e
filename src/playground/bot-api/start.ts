import type { Server } from 'node:http';
import type { Chat } from './chats.ts';
import { menuKey } from './menus.ts';
import { createPerson, getChat, idOf, pushMembership } from './people.ts';
import { portOf, runReplyCall, serve } from './server.ts';
import type {
  BotApi,
  BotApiOptions,
  ChatRef,
  ChatView,
  GroupSpec,
  MenuScope,
  Person,
  UserSpec,
} from './types.ts';
import { nameOf, wireChat } from './wire.ts';
import { createWorld, view, type World } from './world.ts';

const HOST = '127.0.0.1';
/** Last calls that a failed wait names. */
const HINT_CALLS = 8;

/** Starts a Bot API on a port of this machine. */
export async function startBotApi(options: BotApiOptions = {}): Promise<BotApi> {
  const world = createWorld(options);
  world.replyCall = (bot, method, params) => runReplyCall(world, bot, method, params);
  const host = options.host ?? HOST;
  const server = await serve(world, { host, port: options.port ?? 0 });
  const port = portOf(server);
  return {
    root: `http://${host}:${port}`,
    port,
    token: world.firstBot.token,
    calls: world.calls.list,
    ...peopleOf(world),
    ...readersOf(world),
    ...troublesOf(world),
    close: () => close(world, server),
  };
}

type People = Pick<BotApi, 'user' | 'privateChat' | 'group' | 'migrate' | 'deleteTopic' | 'removeBot'>;

function peopleOf(world: World): People {
  const people = new Map<number, Person>();
  return {
    user(spec) {
      const person = people.get(spec.id) ?? createPerson(world, spec);
      people.set(spec.id, person);
      return person;
    },
    privateChat: ({ user }) =>
      viewChat(world.chats.open({ id: user.id, title: nameOf(user), user, members: new Set([user.id]) })),
    group: (spec) => viewChat(world.chats.open(groupOf(spec))),
    migrate: (ref, newId) => viewChat(migrate(world, getChat(world, idOf(ref)), newId)),
    deleteTopic(ref, topic) {
      getChat(world, idOf(ref)).topics.delete(topic);
    },
    removeBot(ref) {
      const chat = getChat(world, idOf(ref));
      chat.isClosed = true;
      pushMembership(world, chat, { by: someoneIn(chat), before: 'member', status: 'kicked' });
    },
  };
}

function groupOf({ id, title, members, forum, topics }: GroupSpec) {
  return {
    id,
    title,
    members: new Set(members.map((member) => member.id)),
    isForum: forum ?? topics !== undefined,
    topics: new Set(topics),
  };
}

/** As Telegram does it: the old group stays and refuses, and the bot is told by a message of the service. */
function migrate(world: World, from: Chat, newId: number): Chat {
  const to = world.chats.open({
    id: newId,
    title: from.title,
    members: from.members,
    isForum: from.isForum,
    topics: from.topics,
  });
  from.migratedTo = newId;
  const message = {
    message_id: from.nextMessageId,
    from: someoneIn(from),
    chat: wireChat(from),
    date: Math.floor(world.now() / 1000),
    migrate_to_chat_id: newId,
  };
  for (const bot of world.bots.values()) bot.updates.push('message', message);
  return to;
}

function someoneIn(chat: Chat): UserSpec & { is_bot: boolean } {
  const [id] = chat.members;
  return { id: id ?? 1, is_bot: false, first_name: 'Somebody' };
}

function viewChat({ id, type, title }: Chat): ChatView {
  return { id, type, title };
}

type Readers = Pick<
  BotApi,
  'messages' | 'message' | 'menu' | 'pendingUpdates' | 'onChange' | 'changes' | 'waitFor'
>;

function readersOf(world: World): Readers {
  const { changes, menus, firstBot } = world;
  return {
    messages: (ref: ChatRef) =>
      [...getChat(world, idOf(ref)).messages.values()]
        .filter(({ isDeleted }) => !isDeleted)
        .map((message) => view(world, message)),
    message({ chat, id }) {
      const message = getChat(world, chat).messages.get(id);
      return message && view(world, message);
    },
    menu: (scope: MenuScope = { type: 'default' }, language = '') =>
      menus.get(firstBot.id, menuKey(scope, language)),
    pendingUpdates: () => firstBot.updates.pending(),
    onChange: (listener) => changes.onChange(listener),
    changes: () => changes.iterate(),
    waitFor: (find, timeoutMs) => changes.waitFor(find, timeoutMs, () => lastCalls(world)),
  };
}

function lastCalls(world: World): string {
  const calls = world.calls.list
    .slice(-HINT_CALLS)
    .map(({ method, chat, error }) => [method, chat, error].filter(Boolean).join(' '));
  return `The last calls were: ${calls.join('; ') || 'none'}.`;
}

type Troubles = Pick<
  BotApi,
  'fail' | 'duplicateUpdates' | 'reorderUpdates' | 'redeliver' | 'forgetFiles' | 'setLimits'
>;

function troublesOf({ faults, firstBot, files, rates }: World): Troubles {
  return {
    fail: (plan) => faults.add(plan),
    duplicateUpdates: (count) => firstBot.updates.duplicate(count),
    reorderUpdates: (count) => firstBot.updates.reorder(count),
    redeliver: (updateId) => firstBot.updates.redeliver(updateId),
    forgetFiles: () => files.forget(),
    setLimits: (limits) => rates.set(limits),
  };
}

async function close(world: World, server: Server): Promise<void> {
  for (const bot of world.bots.values()) bot.updates.close();
  world.presses.close();
  world.inlineQueries.close();
  world.changes.close();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  await promise;
}
