import { SlackFailure } from '../failure.ts';
import { textOf, type Json } from '../json.ts';
import type { Channel, World } from '../world.ts';
import type { Method } from './types.ts';

const PINS_MAX = 100;

/** Gives the channel and the message that a call names; throws as Slack refuses it. */
function readPin(world: World, params: Json): { channel: Channel; ts: string } {
  const channel = world.channels.get(textOf(params, 'channel') ?? '');
  // a person's id names no conversation here
  if (channel === undefined) throw new SlackFailure('channel_not_found');
  if (!channel.hasBot) throw new SlackFailure('not_in_channel');
  const ts = textOf(params, 'timestamp');
  if (ts === undefined) throw new SlackFailure('no_item_specified');
  const message = channel.messages.get(ts);
  if (message === undefined || message.isDeleted) throw new SlackFailure('message_not_found');
  return { channel, ts };
}

const add: Method = {
  scopes: ['pins:write'],
  run(world, params) {
    const { channel, ts } = readPin(world, params);
    if (channel.pins.has(ts)) throw new SlackFailure('already_pinned');
    if (channel.pins.size >= PINS_MAX) throw new SlackFailure('too_many_pins');
    channel.pins.add(ts);
    world.changes.emit();
    return {};
  },
};

const remove: Method = {
  scopes: ['pins:write'],
  run(world, params) {
    const { channel, ts } = readPin(world, params);
    if (!channel.pins.delete(ts)) throw new SlackFailure('no_pin');
    world.changes.emit();
    return {};
  },
};

export const PIN_METHODS: Record<string, Method> = { 'pins.add': add, 'pins.remove': remove };
