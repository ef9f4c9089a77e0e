import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a PostgreSQL that can be frozen: what is sent then is neither passed on nor refused. */
export type FreezableProxy = {
  url: string;
  freeze(): void;
  thaw(): void;
  /** messages that clients have sent since the last call */
  countSent(): number;
  close(): Promise<void>;
};

/** Starts a proxy in front of the server of an address. */
export async function startProxy(target: string): Promise<FreezableProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let frozen = false;
  let sent = 0;
  const server: Server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => [client, upstream].forEach((side) => side.destroy()));
    }
    client.on('data', (data) => {
      sent += 1;
      if (!frozen) upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (!frozen) client.write(data);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const address = new URL(target);
  address.hostname = '127.0.0.1';
  address.port = typeof bound === 'object' && bound ? String(bound.port) : '';
  return {
    url: address.href,
    freeze: () => {
      frozen = true;
    },
    thaw: () => {
      frozen = false;
    },
    countSent: () => {
      const count = sent;
      sent = 0;
      return count;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
