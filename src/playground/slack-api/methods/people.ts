import { SlackFailure } from '../failure.ts';
import { textOf, type Json } from '../json.ts';
import type { UserSpec } from '../types.ts';
import { directOf, getChannel, type World } from '../world.ts';
import type { Method } from './types.ts';

const authTest: Method = {
  scopes: [],
  run: ({ team, botUser, botId, root }) => ({
    url: root,
    team: 'Corner Shop',
    user: 'heartbeat',
    team_id: team,
    user_id: botUser,
    bot_id: botId,
  }),
};

const usersInfo: Method = {
  scopes: ['users:read'],
  run(world, params) {
    const user = world.users.get(textOf(params, 'user') ?? '');
    if (user === undefined) throw new SlackFailure('user_not_found');
    return { user: wireUser(world, user, params['include_locale'] === true) };
  },
};

const lookupByEmail: Method = {
  scopes: ['users:read.email'],
  run(world, params) {
    const email = textOf(params, 'email')?.toLowerCase();
    const user = [...world.users.values()].find((one) => one.email?.toLowerCase() === email);
    if (user === undefined) throw new SlackFailure('users_not_found');
    return { user: wireUser(world, user, false) };
  },
};

function wireUser(world: World, user: UserSpec, withLocale: boolean): Json {
  const { id, name, email, locale, isBot, team } = user;
  const mayReadEmail = world.scopes?.has('users:read.email') ?? true;
  return {
    id,
    team_id: team ?? world.team,
    name: name.toLowerCase(),
    real_name: name,
    deleted: false,
    is_bot: isBot ?? false,
    is_email_confirmed: true,
    ...(withLocale ? { locale: locale ?? 'en-US' } : {}),
    profile: { real_name: name, ...(email !== undefined && mayReadEmail ? { email } : {}) },
  };
}

const open: Method = {
  scopes: ['im:write'],
  run(world, params) {
    const channel = directOf(world, textOf(params, 'users') ?? '');
    return { channel: { id: channel.id } };
  },
};

const info: Method = {
  scopes: ['channels:read', 'groups:read', 'im:read'],
  run(world, params) {
    const { id, name, isArchived, hasBot, im } = getChannel(world, textOf(params, 'channel') ?? '');
    return { channel: { id, name, is_archived: isArchived, is_member: hasBot, is_im: im !== null } };
  },
};

const replies: Method = {
  scopes: ['channels:history', 'groups:history', 'im:history'],
  run(world, params) {
    const channel = getChannel(world, textOf(params, 'channel') ?? '');
    const ts = textOf(params, 'ts');
    if (!channel.messages.has(ts ?? '')) throw new SlackFailure('thread_not_found');
    const messages = [...channel.messages.values()].filter((one) => one.ts === ts || one.threadTs === ts);
    return { messages: messages.map((one) => ({ ts: one.ts, user: one.user, text: one.content.text })) };
  },
};

const openConnection: Method = {
  scopes: [],
  run({ socketUrl }) {
    if (socketUrl === null) throw new SlackFailure('forbidden_team');
    return { url: socketUrl };
  },
};

export const PEOPLE_METHODS: Record<string, Method> = {
  'auth.test': authTest,
  'users.info': usersInfo,
  'users.lookupByEmail': lookupByEmail,
  'conversations.open': open,
  'conversations.info': info,
  'conversations.replies': replies,
  'apps.connections.open': openConnection,
};
