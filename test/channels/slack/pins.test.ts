import { describe, expect, it } from 'vitest';
import { manifestScopes, SLACK_ROOM } from '../../support/slack.ts';
import { requestOf, startSlack } from './slack.ts';

const room = { channel: 'slack', conversation: SLACK_ROOM } as const;
const ivan = { channel: 'slack', conversation: 'U0IVAN' } as const;

async function startPins(scopes = manifestScopes()) {
  const { slack, channel, lines } = await startSlack({ world: { scopes } });
  const post = async (to?: string) => {
    const sent = await channel.send(requestOf(to === undefined ? {} : { to }));
    return sent.kind === 'sent' ? sent.messageId : '';
  };
  return { slack, channel, lines, post };
}

describe('a pinned message', () => {
  it('is pinned and let go, in a channel and in direct messages; twice is as good as once', async () => {
    const { slack, channel, post } = await startPins();
    for (const [place, id] of [
      [room, await post()],
      [ivan, await post('U0IVAN')],
    ] as const) {
      for (const isOn of [true, true]) expect(await channel.setPinned(place, id, isOn)).toBeNull();
      expect(slack.pins(place.conversation)).toEqual([id]);
      for (const isOn of [false, false]) expect(await channel.setPinned(place, id, isOn)).toBeNull();
      expect(slack.pins(place.conversation)).toEqual([]);
    }
  });

  it('that Slack does not pin is told in a sentence; that it is not let go is not', async () => {
    const { channel, slack, post } = await startPins(manifestScopes().filter((one) => one !== 'pins:write'));
    const id = await post();
    expect(await channel.setPinned(room, id, true)).toMatch(/pins:write.*kept up to date all the same/);
    expect(await channel.setPinned(room, id, false)).toBeNull();
    slack.fail({ method: 'pins.add', with: { error: 'restricted_action' } });
    expect(await channel.setPinned(room, id, true)).toMatch(/\(restricted_action\).*all the same/);
  });

  it('is no matter to talk about where Slack was away, knows no pins, or lost the message', async () => {
    const { channel, slack, post, lines } = await startPins();
    const id = await post();
    slack.fail({ method: 'pins.add', with: { error: 'unknown_method' } });
    expect(await channel.setPinned(room, id, true)).toBeNull();
    slack.fail({ method: 'pins.add', times: 3, with: 'cut_before' });
    expect(await channel.setPinned(room, id, true)).toBeNull();
    expect(await channel.setPinned(room, '1.1', true)).toBeNull();
    expect(lines.filter((line) => line.includes('was not pinned'))).toHaveLength(3);
  });
});
