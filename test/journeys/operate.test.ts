import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import { insertDelivery } from '../delivery/rows.ts';
import { startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { IVAN, OPS } from '../support/workspace.ts';

const WATCHED = `name: Corner Shop
timezone: Europe/Madrid
ops_inbox: {telegram: ${OPS}}
policies: {self_watch: true}
`;

let heartbeat: TestHeartbeat;
let server: Server;

beforeAll(async () => {
  server = createServer((_request, response) => void response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  heartbeat = await startTestHeartbeat({
    files: { 'workspace.yaml': WATCHED },
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
  expect(textsTo(IVAN).at(-1)).not.toContain('given up');
});

it('tells how it is in chat and on /readyz, the watchdog too, without its address', async () => {
  heartbeat.ivan.sends(IVAN, '/health');
  await lastTo(IVAN).toMatch(/Heartbeat is well[^]*watchdog[^]*none is late[^]*No message waits/);
  const ready = await (await fetch(`${heartbeat.running.url}/readyz`)).text();
  expect(ready).toContain('"name":"watchdog","severity":"warning","ok":true');
  expect(ready + heartbeat.logged()).not.toContain('secret-ping');
});

describe('self_watch', () => {
  it('computes its metrics on its own database, and shows them when they are asked for', async () => {
    heartbeat.ivan.sends(IVAN, '/cockpit heartbeat');
    await lastTo(IVAN).toContain('Corner Shop · heartbeat');
    const { db } = heartbeat.running.deps;
    const outcomes = (): Promise<unknown> =>
      db.prisma.$queryRaw(sql`
        select last_outcome, count(*)::int as n from heartbeat.metric_state
        where metric_id like 'heartbeat\\_%' group by 1`);
    await expect.poll(outcomes, { timeout: 15_000 }).toEqual([{ last_outcome: 'ok', n: 5 }]);
    heartbeat.ivan.sends(IVAN, '/cockpit');
    await lastTo(IVAN).toMatch(/Corner Shop(?! · heartbeat)/);
    expect(textsTo(IVAN).at(-1)).not.toContain('dead letters');
  });

  it('tells the ops inbox of a dead letter, as an alert that nobody owns', async () => {
    const { db, workspaceId } = heartbeat.running.deps;
    await insertDelivery(db, { workspaceId, status: 'dead', attempts: 1, reason: '403 blocked' });
    heartbeat.ivan.sends(IVAN, '/refresh heartbeat_dead_letters');
    await lastTo(OPS).toMatch(/Heartbeat · dead letters today 1[^]*Unowned/);
    expect(textsTo(OPS)).toHaveLength(1);
  });
});
