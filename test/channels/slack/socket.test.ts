import { describe, expect, it, onTestFinished } from 'vitest';
import { createDispatcher } from '../../../src/channels/slack/dispatcher.ts';
import { createSelf } from '../../../src/channels/slack/self.ts';
import { keepConnected } from '../../../src/channels/slack/socket.ts';
import { startSlack } from './slack.ts';
import { openSocketDoor } from './socket-door.ts';

type State = { ok: boolean; reason: string };

async function startSocket(options: { appToken?: string } = {}) {
  const world = await startSlack();
  const door = await openSocketDoor(world.slack);
  const { log, slack, channel } = world;
  const states: State[] = [];
  const commands: string[] = [];
  const dispatcher = createDispatcher({
    log,
    dialogue: {
      handle: async (inbound) => void commands.push(inbound.kind === 'command' ? inbound.text : inbound.kind),
      submit: async () => undefined,
    },
  });
  const ended = new AbortController();
  const start = async () => {
    const running = keepConnected({
      appToken: options.appToken ?? slack.appToken,
      apiUrl: slack.url,
      self: await createSelf(channel.client)(),
      channel,
      dispatcher,
      log,
      signal: ended.signal,
      onState: (state) => void states.push(state),
    });
    onTestFinished(async () => {
      ended.abort();
      await running;
      await door.close();
    });
    return running;
  };
  return { ...world, door, states, commands, ended, start };
}

const isConnected = (states: State[]) => states.at(-1)?.ok === true;

describe('a connection of Socket Mode', () => {
  it('takes what Slack sends, but not what the app itself wrote', async () => {
    const { slack, ivan, states, commands, start } = await startSocket();
    void start();
    await expect.poll(() => isConnected(states), { timeout: 15_000 }).toBe(true);
    expect(await ivan.commands('/metric cr', 'C0GROWTH')).toMatchObject({ status: 200 });
    const own = { type: 'message', user: slack.botUser, channel: 'D1', text: 'x', ts: '1.1' };
    await slack.deliver({
      type: 'events_api',
      payload: { type: 'event_callback', event_id: 'Ev9', team_id: slack.team, event: own },
    });
    expect(commands).toEqual(['/metric cr']);
  });

  it('comes back after Slack was away for a while, and the process lives on', async () => {
    const { slack, door, states, start } = await startSocket();
    void start();
    await expect.poll(() => isConnected(states), { timeout: 15_000 }).toBe(true);
    slack.fail({ method: 'apps.connections.open', times: 4, with: { status: 500 } });
    door.cut();
    await expect
      .poll(() => states.some(({ ok, reason }) => !ok && /takes no connection/.test(reason)), {
        timeout: 15_000,
      })
      .toBe(true);
    await expect.poll(() => isConnected(states), { timeout: 15_000 }).toBe(true);
    expect(door.connections()).toBe(1);
  });

  it('says that its token is refused, and goes on trying', async () => {
    const { states, start } = await startSocket({ appToken: 'xapp-wrong' });
    void start();
    await expect
      .poll(() => states.at(-1), { timeout: 10_000 })
      .toMatchObject({
        ok: false,
        reason: expect.stringMatching(/invalid_auth/),
      });
    await expect.poll(() => states.length, { timeout: 10_000 }).toBeGreaterThan(1);
  });

  it('ends when it is told to, connected or not', async () => {
    const { slack, ended, states, start } = await startSocket();
    slack.fail({ method: 'apps.connections.open', with: 'hang' });
    const running = start();
    await expect
      .poll(() => slack.calls.some(({ method }) => method === 'apps.connections.open'), { timeout: 15_000 })
      .toBe(true);
    ended.abort();
    await running;
    expect(isConnected(states)).toBe(false);
  });
});
