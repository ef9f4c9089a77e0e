import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { IVAN } from '../support/workspace.ts';

let heartbeat: TestHeartbeat;
let server: Server;

beforeAll(async () => {
  server = createServer((_request, response) => void response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  heartbeat = await startTestHeartbeat({
    environment: { WATCHDOG_URL: `http://127.0.0.1:${port}/secret-ping` },
  });
}, 60_000);
afterAll(async () => {
  await heartbeat.stop();
  server.close();
});

const textsTo = (chat: number): string[] =>
  heartbeat.messages(chat).flatMap((message) => (message.from.isBot ? [message.text] : []));
const lastTo = (chat: number) => expect.poll(() => textsTo(chat).at(-1) ?? '', { timeout: 15_000 });

it('sends a test message through Telegram and tells how long it took', async () => {
  heartbeat.ivan.sends(IVAN, '/test');
  await expect
    .poll(() => textsTo(IVAN), { timeout: 15_000 })
    .toContainEqual(expect.stringMatching(/Every test message arrived\n✅ Ivan: arrived after/));
  expect(textsTo(IVAN)).toContainEqual(expect.stringContaining('🧪 Test: nothing is wrong\nIvan asked'));
});

it('shows it in the log', async () => {
  heartbeat.ivan.sends(IVAN, '/log today');
  await lastTo(IVAN).toMatch(/Sent today\n\S+ test → Ivan · notice · sent/);
});

it('tells how it is in chat and on /readyz, the watchdog too, without its address', async () => {
  heartbeat.ivan.sends(IVAN, '/health');
  await lastTo(IVAN).toMatch(/Heartbeat is well[^]*watchdog[^]*none is late[^]*No message waits/);
  const ready = await (await fetch(`${heartbeat.running.url}/readyz`)).text();
  expect(ready).toContain('"name":"watchdog","severity":"warning","ok":true');
  expect(ready + heartbeat.logged()).not.toContain('secret-ping');
});
