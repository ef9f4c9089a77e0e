import type { HookAddress, HookAddresses } from '../config-channels.ts';
import { noAddress, otherChannel } from './http-outcome.ts';
import type { Channel, Place, SendOutcome, SendRequest } from './types.ts';

/** An address of the settings, and the name that the workspace's files know it by. */
export type NamedHook = HookAddress & { name: string };

export type HookChannel = {
  /** whose places are names in the workspace's files, and their addresses in the settings */
  name: Extract<Place, { name: string }>['channel'];
  /** as people call it */
  ownName: string;
  /** the setting that holds the addresses */
  setting: string;
  addresses: HookAddresses;
  /** ms between two calls to one address */
  perPlaceGapMs: number;
  send(request: SendRequest, hook: NamedHook): Promise<SendOutcome>;
};

/** Makes the Channel that calls web hooks by their names; a name without an address is `gone`. */
export function createHookChannel(hooks: HookChannel): Channel {
  const { name, ownName, setting, addresses, perPlaceGapMs } = hooks;
  return {
    name,
    limits: { perPlaceGapMs, perGroup: null, perBotPerSecond: null },
    isGroup: () => false,
    send: async (request) => {
      const { place } = request;
      if (place.channel !== name) return otherChannel(ownName, place.channel);
      const hook = addresses.get(place.name);
      return hook ? hooks.send(request, { ...hook, name: place.name }) : noAddress(place.name, setting);
    },
  };
}
