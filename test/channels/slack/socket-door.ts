/** Socket Mode of the Slack stand-in: apps connect, get envelopes one connection after the other, and acknowledge them. */
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Envelope, SlackApi } from '../../../src/playground/slack-api/index.ts';

export type SocketDoor = {
  /** connections that are open now */
  connections(): number;
  /** Asks every app to connect anew, as Slack does when it moves a connection. */
  refresh(): void;
  /** Cuts every connection without a word. */
  cut(): void;
  close(): Promise<void>;
};

/** Opens the door; envelopes go through it from now on. The caller closes it. */
export async function openSocketDoor(api: SlackApi): Promise<SocketDoor> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise<void>((resolve) => server.on('listening', () => resolve()));
  const waiting = new Map<string, (payload: unknown) => void>();
  let next = 0;
  server.on('connection', (socket) => {
    socket.send(JSON.stringify({ type: 'hello', num_connections: server.clients.size }));
    socket.on('message', (data: Buffer) => {
      const { envelope_id: id, payload } = JSON.parse(data.toString()) as {
        envelope_id: string;
        payload: unknown;
      };
      waiting.get(id)?.(payload);
      waiting.delete(id);
    });
  });
  const openSockets = (): WebSocket[] =>
    [...server.clients].filter((client) => client.readyState === client.OPEN);
  api.openSocketsAt(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  api.deliverBy((envelope) => {
    const sockets = openSockets();
    const socket = sockets[next % Math.max(1, sockets.length)];
    if (socket === undefined) return Promise.reject(new Error('no app is connected'));
    next += 1;
    const id = `envelope-${next}`;
    const answered = new Promise<unknown>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify(write(envelope, id)));
    return answered.then((body) => ({ status: 200, body }));
  });
  const close = async (): Promise<void> => {
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    connections: () => openSockets().length,
    refresh: () => {
      for (const socket of openSockets())
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    },
    cut: () => {
      for (const socket of openSockets()) socket.terminate();
    },
    close,
  };
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
