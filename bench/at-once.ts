/** A web hook that answers at once, in a thread of its own: it tells when the last of so many different messages came. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';
import type { FromHook, ToHook } from './at-once-types.ts';

const ids = new Set<string>();
let calls = 0;
let wanted = Number.POSITIVE_INFINITY;

const server = createServer((request, response) => {
  const body: Buffer[] = [];
  request.on('data', (part: Buffer) => body.push(part));
  request.on('end', () => {
    response.writeHead(204).end();
    calls += 1;
    ids.add(String(request.headers['webhook-id'] ?? nameIn(body) ?? request.url));
    if (ids.size === wanted) tell({ kind: 'all', at: performance.timeOrigin + performance.now(), calls });
  });
});
server.listen(0, '127.0.0.1', () => tell({ kind: 'ready', port: (server.address() as AddressInfo).port }));
parentPort?.on('message', (message: ToHook) => {
  ids.clear();
  calls = 0;
  wanted = message.expect;
  tell({ kind: 'expecting' });
});

/** Alertmanager's calls differ in their bodies alone. */
function nameIn(body: readonly Buffer[]): string | undefined {
  return /"alertname":"(\w+)"/.exec(Buffer.concat(body).toString())?.[1];
}

function tell(message: FromHook): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(message);
}
