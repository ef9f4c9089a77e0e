import { deliver } from './deliver.ts';
import { findControl, type Control } from './find-control.ts';
import { isJson, type Json } from './json.ts';
import { wireView } from './methods/views.ts';
import { openResponseUrl } from './response-urls.ts';
import type { Delivered, Matcher, MessageView, Person, UserSpec, ViewView } from './types.ts';
import { addMessage, directOf, getChannel, type Channel, type Message, type World } from './world.ts';

/** Makes what a person does. */
export function createPerson(world: World, spec: UserSpec): Person {
  const at = { world, user: spec };
  return {
    id: spec.id,
    spec,
    sends: (text, to) => send(at, text, to),
    commands: (text, channel) => command(at, text, channel),
    presses: (message, matcher) => press(at, message, matcher),
    pressesHome: (matcher) => pressHome(at, matcher),
    opensHome: () => openHome(at),
    submits: (view, values) => submit(at, view, values),
    closes: (view) => closeView(at, view),
    shares: (url, channel) => share(at, url, channel),
  };
}

type At = { world: World; user: UserSpec };

function teamOf({ world, user }: At): string {
  return user.team ?? world.team;
}

async function sendEvent(at: At, event: Json): Promise<Delivered> {
  const { world } = at;
  return deliver(world, {
    type: 'events_api',
    payload: {
      type: 'event_callback',
      team_id: world.team,
      api_app_id: 'A0HEARTBEAT',
      event_id: world.nextId('Ev'),
      event_time: Math.floor(world.now() / 1000),
      authorizations: [{ team_id: world.team, user_id: world.botUser, is_bot: true }],
      event,
    },
  });
}

async function send(
  at: At,
  text: string,
  { channel: id, thread }: { channel?: string; thread?: string } = {},
): Promise<Delivered & { ts: string }> {
  const { world, user } = at;
  const channel = id === undefined ? directOf(world, user.id) : getChannel(world, id);
  const { ts } = addMessage(world, channel, {
    user: user.id,
    isBot: false,
    content: { text, blocks: [] },
    threadTs: thread ?? null,
  });
  const delivered = await sendEvent(at, {
    type: 'message',
    channel: channel.id,
    channel_type: channel.im === null ? 'channel' : 'im',
    user: user.id,
    team: teamOf(at),
    user_team: teamOf(at),
    text,
    ts,
    event_ts: ts,
    ...(thread === undefined ? {} : { thread_ts: thread }),
  });
  return { ...delivered, ts };
}

async function command(at: At, text: string, id?: string): Promise<Delivered> {
  const { world, user } = at;
  const channel = id === undefined ? directOf(world, user.id) : getChannel(world, id);
  const [, name = '', rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  return deliver(world, {
    type: 'slash_commands',
    payload: {
      token: 'deprecated',
      team_id: teamOf(at),
      channel_id: channel.id,
      channel_name: channel.name,
      user_id: user.id,
      user_name: user.name.toLowerCase(),
      command: name,
      text: rest,
      api_app_id: 'A0HEARTBEAT',
      response_url: openResponseUrl(world, { channel: channel.id, user: user.id, message: null }),
      trigger_id: openTrigger(at),
    },
  });
}

function openTrigger({ world, user }: At): string {
  const id = world.nextId('trigger.');
  world.triggers.set(id, { user: user.id, at: world.now(), isUsed: false });
  return id;
}

function actionOf({ element, option, block }: Control): Json {
  return {
    type: element['type'],
    action_id: element['action_id'],
    block_id: block,
    action_ts: '1.0',
    ...(option ? { selected_option: option } : { value: element['value'], text: element['text'] }),
  };
}

async function press(at: At, view: MessageView, matcher: Matcher): Promise<Delivered> {
  const { world, user } = at;
  const channel = getChannel(world, view.channel);
  const message = findStored(world, channel, view);
  const control = findControl([...view.edits, view].toReversed(), matcher);
  const isEphemeral = view.ephemeralFor !== null;
  return deliver(world, {
    type: 'interactive',
    payload: {
      type: 'block_actions',
      user: { id: user.id, username: user.name.toLowerCase(), team_id: teamOf(at) },
      team: { id: world.team, domain: 'shop' },
      api_app_id: 'A0HEARTBEAT',
      container: {
        type: 'message',
        message_ts: view.ts,
        channel_id: channel.id,
        is_ephemeral: isEphemeral,
        ...(view.threadTs === null ? {} : { thread_ts: view.threadTs }),
      },
      channel: { id: channel.id, name: channel.name },
      // Slack does not tell what an ephemeral message says
      ...(isEphemeral ? {} : { message: { ts: view.ts, text: view.text, blocks: view.blocks } }),
      trigger_id: openTrigger(at),
      response_url: openResponseUrl(world, { channel: channel.id, user: user.id, message }),
      actions: [actionOf(control)],
    },
  });
}

function findStored(world: World, channel: Channel, view: MessageView): Message | null {
  return channel.messages.get(view.ts) ?? world.ephemerals.find(({ ts }) => ts === view.ts) ?? null;
}

function homeOf({ world, user }: At) {
  const found = [...world.views.values()].find(
    (view) => view.user === user.id && view.view['type'] === 'home',
  );
  if (found === undefined) throw new Error(`${user.name} has no Home tab yet.`);
  return found;
}

async function pressHome(at: At, matcher: Matcher): Promise<Delivered> {
  const { world, user } = at;
  const home = homeOf(at);
  const blocks = (home.view['blocks'] as unknown[]).filter(isJson);
  return deliver(world, {
    type: 'interactive',
    payload: {
      type: 'block_actions',
      user: { id: user.id, team_id: teamOf(at) },
      team: { id: world.team },
      container: { type: 'view', view_id: home.id },
      view: wireView(home),
      trigger_id: openTrigger(at),
      actions: [actionOf(findControl([{ text: '', blocks }], matcher))],
    },
  });
}

function openHome(at: At): Promise<Delivered> {
  const { id } = directOf(at.world, at.user.id);
  return sendEvent(at, { type: 'app_home_opened', user: at.user.id, channel: id, tab: 'home' });
}

async function submit(
  at: At,
  { id }: ViewView,
  values: Record<string, Record<string, Json>>,
): Promise<Delivered> {
  const { world, user } = at;
  const view = world.views.get(id);
  if (view === undefined || view.isClosed) throw new Error('That modal is not open.');
  const delivered = await deliver(world, {
    type: 'interactive',
    payload: {
      type: 'view_submission',
      user: { id: user.id, team_id: teamOf(at) },
      team: { id: world.team },
      trigger_id: openTrigger(at),
      view: { ...wireView(view), state: { values } },
    },
  });
  const keeps = isJson(delivered.body) && delivered.body['response_action'] !== undefined;
  if (delivered.status === 200 && !keeps) view.isClosed = true;
  world.changes.emit();
  return delivered;
}

function closeView({ world }: At, { id }: ViewView): void {
  const view = world.views.get(id);
  if (view !== undefined) view.isClosed = true;
  world.changes.emit();
}

async function share(at: At, url: string, id: string): Promise<Delivered & { ts: string }> {
  const { world, user } = at;
  const channel = getChannel(world, id);
  const { ts } = addMessage(world, channel, {
    user: user.id,
    isBot: false,
    content: { text: `<${url}>`, blocks: [] },
  });
  const delivered = await sendEvent(at, {
    type: 'link_shared',
    channel: channel.id,
    user: user.id,
    message_ts: ts,
    source: 'conversations_history',
    unfurl_id: `${channel.id}-${ts}`,
    links: [{ url, domain: new URL(url).hostname }],
  });
  return { ...delivered, ts };
}
