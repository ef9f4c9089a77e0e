import { describe, expect, it } from 'vitest';
import { createWords, lineText } from '../../src/answers/index.ts';
import type { ChannelName, DeliveryDraft, Place } from '../../src/delivery/index.ts';
import { placeKey } from '../../src/delivery/index.ts';
import { listFallbacks } from '../../src/messages/fallbacks.ts';
import { composeNotice } from '../../src/messages/notices.ts';
import type { Person } from '../../src/registry/index.ts';
import type { Deps } from '../../src/deps.ts';
import { aMetric, aRegistry, ivan } from '../support/deps.ts';

const TELEGRAM: Place = { channel: 'telegram', chat: '1001', topic: null };
const ROOM: Place = { channel: 'telegram', chat: '-100200', topic: null };
const OPS: Place = { channel: 'telegram', chat: '-100300', topic: null };

type Options = {
  person?: Person;
  channels?: ChannelName[];
  operation?: 'post' | 'reply' | 'edit' | 'notice';
  alertId?: string | null;
};

function fallbacks(place: Place, options: Options = {}): string[] {
  return drafts(place, options).map((draft) => `${draft.operation} ${placeKey(draft.place)}`);
}

/** What the ops inbox reads under the first line. */
function whatOpsReads(place: Place, options: Options = {}): string[] {
  const notice = drafts(place, options).find(({ operation }) => operation === 'notice');
  return composeNotice(notice?.payload, createWords('en', 'UTC'))
    .lines.slice(1)
    .map((line) => lineText(line));
}

function drafts(
  place: Place,
  { person = ivan, channels = ['telegram'], operation = 'post', alertId = 'a' }: Options,
): DeliveryDraft[] {
  const registry = aRegistry([aMetric()], { people: [person] });
  const deps = {
    registry: { current: () => registry, verification: () => 'verified' },
    channels: new Set(channels),
  } as unknown as Deps;
  const delivery = {
    id: 'd',
    alertId,
    edge: 'entered_red',
    place,
    operation,
    silent: false,
    priority: 1,
  };
  return listFallbacks(deps, delivery, '403 blocked');
}

describe('a message that failed for good', () => {
  it('goes to the ops inbox, which is told why', () => {
    expect(fallbacks(TELEGRAM)).toEqual(['notice telegram:-100300', 'post telegram:-100300']);
    expect(fallbacks(ROOM, { operation: 'reply' })).toEqual([
      'notice telegram:-100300',
      'post telegram:-100300',
    ]);
  });

  it('goes to the person’s next channel in their order, and the ops inbox is told', () => {
    const person: Person = { ...ivan, slackId: 'U0IVAN', phone: '+34600111222' };
    const channels: ChannelName[] = ['telegram', 'slack', 'mail', 'sms'];
    const next = (fallback: Person['fallback'], live = channels) =>
      fallbacks(TELEGRAM, { person: { ...person, fallback }, channels: live });
    expect(next(['telegram', 'slack', 'mail', 'sms'])).toEqual([
      'notice telegram:-100300',
      'post slack:U0IVAN',
    ]);
    expect(next(['telegram', 'sms', 'mail'])).toEqual(['notice telegram:-100300', 'post sms:+34600111222']);
    expect(next(['telegram', 'slack', 'mail'], ['telegram', 'mail'])).toEqual([
      'notice telegram:-100300',
      'post mail:ivan@shop.test',
    ]);
    expect(next(['slack', 'telegram'])).toEqual(['notice telegram:-100300', 'post telegram:-100300']);
  });

  it('tells the ops inbox where the alert is instead', () => {
    expect(whatOpsReads(TELEGRAM)).toEqual([
      '403 blocked',
      'The alert is posted here instead. Tell them another way, then check the chat or address in the files.',
    ]);
    expect(whatOpsReads(TELEGRAM, { channels: ['telegram', 'mail'] })[1]).toBe(
      'The alert goes to ivan@shop.test instead. Check the chat or address in the files.',
    );
    expect(whatOpsReads(TELEGRAM, { alertId: null })[1]).toBe(
      'Tell them another way, then check the chat or address in the files.',
    );
  });

  it('of the ops inbox itself is told nowhere', () => {
    expect(fallbacks(OPS)).toEqual([]);
  });

  it.each(['edit', 'notice'] as const)('is not worth it for an %s', (operation) => {
    expect(fallbacks(TELEGRAM, { operation })).toEqual([]);
  });
});
