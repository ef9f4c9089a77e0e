import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { boundWorld } from './bounds.ts';
import { createHttpTransport, deliver } from './deliver.ts';
import { createPerson } from './people.ts';
import { serve } from './server.ts';
import type { ChannelSpec, MessageView, Person, SlackApi, SlackApiOptions, ViewView } from './types.ts';
import { createWorld, getChannel, type Message, type StoredView, type World } from './world.ts';

/** Last calls that a failed wait names. */
const HINT_CALLS = 8;

/** Starts a Slack on a port of this machine. */
export async function startSlackApi(options: SlackApiOptions = {}): Promise<SlackApi> {
  const world = createWorld(options);
  const server = await serve(world, options.port ?? 0);
  world.root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (options.keep !== undefined) boundWorld(world, options.keep);
  const { token, appToken, signingSecret, botUser, team, calls, sent } = world;
  return {
    url: `${world.root}/api/`,
    token,
    appToken,
    signingSecret,
    botUser,
    team,
    calls,
    sent,
    ...peopleOf(world),
    ...readersOf(world),
    ...deliveryOf(world),
    fail: (plan) => world.faults.add(plan),
    onChange: (listener) => world.changes.onChange(listener),
    waitFor: (find, timeoutMs) => world.changes.waitFor(find, timeoutMs, () => lastCalls(world)),
    close: () => close(server),
  };
}

type People = Pick<SlackApi, 'user' | 'channel' | 'archive' | 'removeBot' | 'refuseToken'>;

function peopleOf(world: World): People {
  const people = new Map<string, Person>();
  return {
    user(spec) {
      const person = people.get(spec.id) ?? createPerson(world, spec);
      people.set(spec.id, person);
      world.users.set(spec.id, spec);
      return person;
    },
    channel: (spec) => openChannel(world, spec),
    archive(channel) {
      getChannel(world, channel).isArchived = true;
    },
    removeBot(channel) {
      getChannel(world, channel).hasBot = false;
    },
    refuseToken(code) {
      world.refusedWith = code;
    },
  };
}

function openChannel(world: World, { id, name, members, withoutBot }: ChannelSpec): void {
  const known = world.channels.get(id);
  world.channels.set(id, {
    id,
    name,
    im: null,
    members: new Set(members.map((person) => person.id)),
    isArchived: false,
    hasBot: withoutBot !== true,
    messages: known?.messages ?? new Map(),
    pins: known?.pins ?? new Set(),
  });
}

type Readers = Pick<SlackApi, 'messages' | 'ephemerals' | 'home' | 'modals' | 'unfurls' | 'pins' | 'file'>;

function readersOf(world: World): Readers {
  const viewsOf = (user: string, type: 'modal' | 'home'): ViewView[] =>
    [...world.views.values()].filter((one) => one.user === user && one.view['type'] === type).map(viewOf);
  return {
    messages: (channel) => {
      const { messages, pins } = getChannel(world, channel);
      return [...messages.values()]
        .filter(({ isDeleted }) => !isDeleted)
        .map((message) => messageOf(message, pins.has(message.ts)));
    },
    ephemerals: (user) =>
      world.ephemerals
        .filter(({ ephemeralFor, isDeleted }) => ephemeralFor === user && !isDeleted)
        .map((message) => messageOf(message)),
    home: (user) => viewsOf(user, 'home')[0],
    modals: (user) => viewsOf(user, 'modal'),
    unfurls: (channel, ts) => getChannel(world, channel).messages.get(ts)?.unfurls ?? {},
    pins: (channel) => [...getChannel(world, channel).pins],
    file: (id) => world.files.get(id)?.bytes ?? undefined,
  };
}

function messageOf(message: Message, isPinned = false): MessageView {
  const { channel, ts, user, isBot, threadTs, isBroadcast, ephemeralFor, isDeleted, content, edits } =
    message;
  const place = { channel, ts, threadTs, isBroadcast, ephemeralFor };
  return { ...place, user, isBot, isDeleted, isPinned, ...content, edits: [...edits] };
}

function viewOf({ view, id, user, hash, isClosed }: StoredView): ViewView {
  return { id, user, hash, isClosed, view, type: view['type'] === 'home' ? 'home' : 'modal' };
}

type Delivery = Pick<SlackApi, 'deliverTo' | 'deliverBy' | 'openSocketsAt' | 'deliver'>;

function deliveryOf(world: World): Delivery {
  return {
    deliverTo(url) {
      world.transport = createHttpTransport(world, url);
    },
    deliverBy(transport) {
      world.transport = transport;
    },
    openSocketsAt(url) {
      world.socketUrl = url;
    },
    deliver: (envelope) => deliver(world, envelope),
  };
}

function lastCalls(world: World): string {
  const calls = world.calls
    .slice(-HINT_CALLS)
    .map(({ method, channel, error }) => [method, channel, error].filter(Boolean).join(' '));
  return `The last calls were: ${calls.join('; ') || 'none'}.`;
}

async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  await promise;
}
