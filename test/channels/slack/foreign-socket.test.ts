/** Socket Mode of a server that says no more than it must. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { createDispatcher } from '../../../src/channels/slack/dispatcher.ts';
import { keepConnected } from '../../../src/channels/slack/socket.ts';
import { startSlack } from './slack.ts';

async function startBareSocket() {
  const { slack, channel, log, lines } = await startSlack();
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  slack.openSocketsAt(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const sockets: WebSocket[] = [];
  const acks: unknown[] = [];
  let pongs = 0;
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data: Buffer) => acks.push(JSON.parse(data.toString())));
    socket.on('pong', () => (pongs += 1));
    socket.send('{"type":"hello"}');
  });
  const heard: string[] = [];
  const dispatcher = createDispatcher({
    log,
    dialogue: {
      handle: async (inbound) =>
        void heard.push(inbound.kind === 'command' ? `${inbound.text} by ${inbound.actor.id}` : inbound.kind),
      submit: async () => undefined,
    },
  });
  const ended = new AbortController();
  const running = keepConnected({
    appToken: slack.appToken,
    apiUrl: slack.url,
    self: { teamId: null, botUserId: null, botId: null },
    channel,
    dispatcher,
    log,
    signal: ended.signal,
    onState: () => {},
  });
  onTestFinished(async () => {
    ended.abort();
    await running;
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const connected = (count: number) => expect.poll(() => sockets.length, { timeout: 15_000 }).toBe(count);
  await connected(1);
  const send = (frame: object | string) =>
    sockets.at(-1)?.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  return { send, connected, heard, acks, lines, ping: () => sockets.at(-1)?.ping(), pongs: () => pongs };
}

const slash = (id: string | undefined, trigger?: string) => ({
  type: 'slash_commands',
  ...(id === undefined ? {} : { envelope_id: id }),
  payload: {
    command: '/metric',
    text: 'cr',
    user_id: 'U1',
    channel_id: 'C1',
    ...(trigger === undefined ? {} : { trigger_id: trigger }),
  },
});

it('takes envelopes with nothing but what they carry, and acknowledges each', async () => {
  const { send, heard, acks } = await startBareSocket();
  send(slash('e1'));
  const event = { type: 'app_home_opened', user: 'U1', tab: 'home' };
  send({ type: 'events_api', envelope_id: 'e2', payload: { type: 'event_callback', event } });
  await expect.poll(() => heard.length).toBe(2);
  expect(new Set(heard)).toEqual(new Set(['/metric cr by e1', 'home']));
  await expect.poll(() => acks.length).toBe(2);
  for (const id of ['e1', 'e2']) expect(acks).toContainEqual(expect.objectContaining({ envelope_id: id }));
});

it('T24 tells a repeat from another request of a server that counts its envelopes anew', async () => {
  const { send, heard } = await startBareSocket();
  for (const trigger of ['t1', 't2', 't1']) send(slash('e1', trigger));
  await expect.poll(() => heard.length).toBe(3);
  expect(new Set(heard).size).toBe(2);
});

it('answers pings, and connects again when the server says to disconnect', async () => {
  const { send, connected, heard, ping, pongs } = await startBareSocket();
  ping();
  await expect.poll(pongs).toBe(1);
  send({ type: 'disconnect' });
  await connected(2);
  send(slash('e3'));
  await expect.poll(() => heard.length).toBe(1);
});

it('lives on when a frame is no envelope', async () => {
  const { send, heard, lines } = await startBareSocket();
  for (const odd of [
    'null',
    'no JSON',
    '7',
    '{"type":"events_api"}',
    '{"type":"interactive","envelope_id":"e"}',
    '{}',
  ])
    send(odd);
  send(slash('e4'));
  await expect.poll(() => heard.length).toBe(1);
  expect(lines.join('')).toMatch(/no envelope/);
});
