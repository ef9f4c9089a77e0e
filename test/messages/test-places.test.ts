import { describe, expect, it } from 'vitest';
import { placeKey, type ChannelName } from '../../src/delivery/index.ts';
import { listTestPlaces } from '../../src/messages/index.ts';
import { aRegistry, ivan } from '../support/deps.ts';
import { NO_HOOKS } from '../support/registry-parts.ts';

const workspace = {
  ...aRegistry([]).workspace,
  opsInbox: {
    email: 'ops@shop.test',
    telegram: -100300,
    slack: null,
    hooks: { ...NO_HOOKS, webhook: 'pager' },
  },
};
const ALL: ReadonlySet<ChannelName> = new Set(['telegram', 'slack', 'mail', 'sms', 'webhook']);

function places(
  target: string | null,
  over: { role?: 'operator' | 'admin'; channels?: readonly ChannelName[] } = {},
) {
  const { role = 'admin', channels = [...ALL] } = over;
  const person = { ...ivan, role, phone: '+34600111222' };
  const caller = { person, role };
  return listTestPlaces({ caller, workspace, target, channels: new Set(channels) }).map(placeKey);
}

describe('where a test goes', () => {
  it.each([
    [null, ['telegram:1001', 'mail:ivan@shop.test', 'sms:+34600111222']],
    ['mail', ['mail:ivan@shop.test']],
    ['Telegram', ['telegram:1001']],
    ['ops', ['telegram:-100300', 'mail:ops@shop.test', 'webhook:pager']],
    ['rooms', ['telegram:-100200']],
    ['webhook', ['webhook:pager']],
  ])('%s', (target, expected) => {
    expect(places(target)).toEqual(expected);
  });

  it('leaves out channels that do not run here', () => {
    expect(places('ops', { channels: ['telegram'] })).toEqual(['telegram:-100300']);
    expect(() => places('mail', { channels: ['telegram'] })).toThrow(
      expect.objectContaining({ code: 'test_nowhere' }) as Error,
    );
  });

  it('lets everybody test their own addresses, and only an admin those of others', () => {
    expect(places(null, { role: 'operator' })).toHaveLength(3);
    for (const target of ['ops', 'rooms', 'webhook']) {
      expect(() => places(target, { role: 'operator' })).toThrow(
        expect.objectContaining({ code: 'role_too_low' }) as Error,
      );
    }
  });

  it('names what can be tested when a word is none', () => {
    expect(() => places('pigeon')).toThrow(
      expect.objectContaining({
        code: 'test_target_unknown',
        details: expect.objectContaining({ target: 'pigeon' }) as unknown,
      }) as Error,
    );
  });
});
