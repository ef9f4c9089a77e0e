import { Transform } from 'node:stream';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a PostgreSQL on this machine that tests can hold up or cut. */
export type Proxy = {
  /** the server's address, by this way */
  url: string;
  /** Holds back what is sent, both ways, until `flow`. */
  hold(): void;
  flow(): void;
  /** Lets every answer come so much later. */
  slow(ms: number): void;
  /** Cuts every connection and takes no new one, until `mend`. */
  cut(): void;
  mend(): void;
  /** bytes that came from the server so far */
  received(): number;
  close(): Promise<void>;
};

/** Opens a way to the server of an address. */
export async function openProxy(target: string): Promise<Proxy> {
  const address = new URL(target);
  const sockets = new Set<Socket>();
  let isHeld = false;
  let isCut = false;
  let received = 0;
  let lateMs = 0;

  const join = (from: Socket, to: Socket, delayMs: () => number): void => {
    sockets.add(from);
    from.on('error', () => from.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
    // one wait for all keeps their order
    const late = new Transform({
      transform: (chunk, _encoding, done) => void setTimeout(() => done(null, chunk), delayMs()),
    });
    from.pipe(late).pipe(to);
    if (isHeld) from.pause();
  };
  const server: Server = createServer((client) => {
    if (isCut) return void client.destroy();
    const upstream = connect(Number(address.port), address.hostname);
    upstream.on('data', (chunk: Buffer) => (received += chunk.length));
    join(client, upstream, () => 0);
    join(upstream, client, () => lateMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const cutAll = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    url: url.href,
    received: () => received,
    hold: () => {
      isHeld = true;
      sockets.forEach((socket) => socket.pause());
    },
    flow: () => {
      isHeld = false;
      sockets.forEach((socket) => socket.resume());
    },
    slow: (ms) => {
      lateMs = ms;
    },
    cut: () => {
      isCut = true;
      cutAll();
    },
    mend: () => {
      isCut = false;
    },
    close: () => {
      cutAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
