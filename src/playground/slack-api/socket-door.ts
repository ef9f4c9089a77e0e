import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Envelope, SlackApi } from './types.ts';

/** Socket Mode: apps connect, get envelopes one connection after the other, and acknowledge them. */
export type SocketDoor = {
  /** connections that are open now */
  connections(): number;
  /** Asks every app to connect anew, as Slack does when it moves a connection. */
  refresh(): void;
  /** Cuts every connection without a word. */
  cut(): void;
  close(): Promise<void>;
};

type Waiting = Map<string, (payload: unknown) => void>;

/** Opens the door on this machine; envelopes go through it from now on. The caller closes it. */
export async function openSocketDoor(api: SlackApi): Promise<SocketDoor> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const waiting: Waiting = new Map();
  server.on('connection', (socket) => greet(socket, { waiting, connections: server.clients.size }));
  const openSockets = (): WebSocket[] =>
    [...server.clients].filter((client) => client.readyState === client.OPEN);
  api.openSocketsAt(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  let next = 0;
  api.deliverBy(async (envelope) => {
    const sockets = openSockets();
    const socket = sockets[next % Math.max(1, sockets.length)];
    if (socket === undefined) throw new Error('no app is connected');
    next += 1;
    const id = `envelope-${next}`;
    const answered = new Promise<unknown>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify(write(envelope, id)));
    return { status: 200, body: await answered };
  });
  return {
    connections: () => openSockets().length,
    refresh: () => {
      for (const socket of openSockets())
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    },
    cut: () => {
      for (const socket of openSockets()) socket.terminate();
    },
    async close() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function greet(socket: WebSocket, { waiting, connections }: { waiting: Waiting; connections: number }): void {
  socket.send(JSON.stringify({ type: 'hello', num_connections: connections }));
  socket.on('message', (data: Buffer) => {
    const { envelope_id: id, payload } = JSON.parse(data.toString()) as {
      envelope_id: string;
      payload: unknown;
    };
    waiting.get(id)?.(payload);
    waiting.delete(id);
  });
}

function write({ type, payload, retry }: Envelope, id: string): object {
  return {
    type,
    envelope_id: id,
    payload,
    accepts_response_payload: type !== 'events_api',
    ...(retry && { retry_attempt: retry.attempt, retry_reason: retry.reason }),
  };
}
