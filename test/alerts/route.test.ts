import { describe, expect, it } from 'vitest';
import { routeAlert, type RouteRequest } from '../../src/alerts/route.ts';
import { placeKey, type ChannelName } from '../../src/delivery/index.ts';
import type { RoomAddress } from '../../src/registry/index.ts';
import { aPerson, NO_HOOKS } from '../support/registry-parts.ts';

function room(address: Partial<RoomAddress>): RoomAddress {
  return { telegram: null, telegramTopic: null, slack: null, hooks: NO_HOOKS, teams: [], ...address };
}

const PEOPLE = [
  aPerson('ann@shop.test', { telegramId: 1001 }),
  aPerson('bob@shop.test', { telegramHandle: 'bob' }),
  aPerson('eve@shop.test', { slackId: 'U0EVE' }),
  aPerson('ivan@shop.test', { telegramId: 1002, slackId: 'U0IVAN' }),
];

const ROOMS = [
  room({ telegram: -100200, teams: ['growth'] }),
  room({ telegram: -100300, telegramTopic: 7, teams: ['growth', 'money'] }),
  room({ slack: 'C0GROWTH', teams: ['growth'] }),
  room({ telegram: -100400, teams: ['stock'] }),
  room({ telegram: -100500 }),
];

const OPS = { email: 'ops@shop.test', telegram: -1001, slack: 'C0OPS', hooks: NO_HOOKS };

function route(owner: string | null, teams: string[], changes: Partial<RouteRequest> = {}) {
  const { places, unowned } = routeAlert({
    metric: { owner, teams },
    people: PEOPLE,
    workspace: { rooms: ROOMS, opsInbox: OPS },
    channels: new Set<ChannelName>(['telegram']),
    ...changes,
  });
  return { places: places.map(placeKey), unowned };
}

const ALL = { channels: new Set<ChannelName>(['telegram', 'slack', 'mail']) };

describe('where an alert goes', () => {
  it('to the owner’s chat, then the rooms of the metric’s teams', () => {
    expect(route('ann@shop.test', ['growth'])).toEqual({
      places: ['telegram:1001', 'telegram:-100200', 'telegram:-100300:7'],
      unowned: false,
    });
    expect(route('ann@shop.test', ['money']).places).toEqual(['telegram:1001', 'telegram:-100300:7']);
  });

  it('to the owner alone when no room has the team', () => {
    expect(route('ann@shop.test', [])).toEqual({ places: ['telegram:1001'], unowned: false });
    expect(route('Ann@Shop.test', ['nobody']).places).toEqual(['telegram:1001']);
  });

  it.each([
    ['missing', null],
    ['unknown', 'zoe@shop.test'],
    ['not validated: a handle alone is no proof', 'bob@shop.test'],
  ])('to the ops inbox as well when the owner is %s', (_, owner) => {
    expect(route(owner, ['growth'])).toEqual({
      places: ['telegram:-100200', 'telegram:-100300:7', 'telegram:-1001'],
      unowned: true,
    });
  });

  it('to the ops inbox, owned, when the owner’s only channel is not live', () => {
    expect(route('eve@shop.test', [])).toEqual({ places: ['telegram:-1001'], unowned: false });
  });

  it('to every live channel of the owner, mail included', () => {
    expect(route('ivan@shop.test', ['growth'], ALL).places).toEqual([
      'telegram:1002',
      'slack:U0IVAN',
      'mail:ivan@shop.test',
      'telegram:-100200',
      'telegram:-100300:7',
      'slack:C0GROWTH',
    ]);
  });

  it('to every live channel of the ops inbox; never to the mail of somebody not validated', () => {
    expect(route('bob@shop.test', [], ALL).places).toEqual([
      'telegram:-1001',
      'slack:C0OPS',
      'mail:ops@shop.test',
    ]);
  });

  it('to each place once', () => {
    const rooms = [
      room({ telegram: 1001, teams: ['growth'] }),
      room({ telegram: -1001, teams: ['growth'] }),
      room({ telegram: -1001, teams: ['growth'] }),
      room({ telegram: -1001, telegramTopic: 3, teams: ['growth'] }),
    ];
    const workspace = { rooms, opsInbox: OPS };
    expect(route('ann@shop.test', ['growth'], { workspace }).places).toEqual([
      'telegram:1001',
      'telegram:-1001',
      'telegram:-1001:3',
    ]);
    expect(route(null, ['growth'], { workspace }).places).toHaveLength(3);
  });

  it('nowhere when there is neither owner, room nor ops inbox', () => {
    const workspace = { rooms: [], opsInbox: { email: null, telegram: null, slack: null, hooks: NO_HOOKS } };
    expect(route(null, ['growth'], { workspace })).toEqual({ places: [], unowned: true });
  });
});
