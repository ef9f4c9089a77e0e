import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { WebhookEvent } from '../../src/channels/webhook/index.ts';
import { heartbeat } from '../cli/run.ts';
import { startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { OPS, ROOM } from '../support/workspace.ts';

const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const SPARE_SECRET = `whsec_${Buffer.alloc(32, 6).toString('base64')}`;
const WORKSPACE = `name: Corner Shop
timezone: Europe/Madrid
ops_inbox: {telegram: ${OPS}}
rooms:
  - {telegram: ${ROOM}, webhook: pager, teams: [growth]}
  - {discord: nowhere, teams: [support]}
`;

type Received = { event: WebhookEvent; id: string | undefined; headers: Record<string, string> };

/** A receiver that takes only what the library verifies; it fails the first call, as a server under deployment does. */
async function startReceiver(): Promise<{
  server: Server;
  url: string;
  received: Received[];
  refused: string[];
  calls: () => number;
}> {
  const received: Received[] = [];
  const refused: string[] = [];
  let calls = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      calls += 1;
      const headers = request.headers as Record<string, string>;
      try {
        const event = WebhookEvent.parse(new Webhook(SECRET).verify(body, headers));
        if (calls > 1) received.push({ event, id: headers['webhook-id'], headers });
      } catch (error) {
        refused.push(String(error));
      }
      response.writeHead(calls > 1 ? 204 : 503).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}/in`, received, refused, calls: () => calls };
}

describe('a room with a web hook', () => {
  let bot: TestHeartbeat;
  let hook: Awaited<ReturnType<typeof startReceiver>>;

  beforeAll(async () => {
    hook = await startReceiver();
    bot = await startTestHeartbeat({
      files: { 'workspace.yaml': WORKSPACE },
      environment: {
        WEBHOOKS: `pager=${hook.url}|${SPARE_SECRET}|${SECRET}, spare=http://127.0.0.1:1/|${SECRET}`,
      },
    });
  }, 60_000);
  afterAll(async () => {
    await bot?.stop();
    hook?.server.closeAllConnections();
    hook?.server.close();
  });

  const received = async (type: string): Promise<Received> => {
    const find = (): Received | undefined => hook.received.find(({ event }) => event.type === type);
    await expect.poll(find, { timeout: 10_000 }).toBeDefined();
    return find() as Received;
  };
  const types = (): string[] => hook.received.map(({ event }) => event.type);

  it('hears of an alert of its team, signed, after one refused try, once', async () => {
    await bot.signal(3.1);
    const red = await received('alert.entered_red');
    expect(red.event).toMatchObject({
      data: {
        number: expect.stringMatching(/^A-\d+$/),
        metric: 'conversion',
        level: 'red',
        value: 3.1,
        state: 'firing',
      },
    });
    expect(red.headers['webhook-signature']?.split(' ')).toHaveLength(2);
    expect(hook.calls()).toBeGreaterThanOrEqual(2);
    expect(types().filter((type) => type === 'alert.entered_red')).toEqual(['alert.entered_red']);
    const rows = () =>
      bot.running.deps.db.prisma.$queryRawUnsafe<{ id: string; status: string; attempts: number }[]>(
        "select id, status, attempts from heartbeat.delivery where place = 'webhook:pager' and edge = 'entered_red'",
      );
    await expect.poll(rows, { timeout: 5_000 }).toEqual([{ id: red.id, status: 'sent', attempts: 2 }]);
  });

  it('hears of the recovery', async () => {
    await bot.signal(4.5);
    const over = await received('alert.resolved');
    expect(over.event.data).toMatchObject({
      state: 'resolved',
      worst_value: 3.1,
      resolved_at: expect.any(String),
    });
    expect(types()).toEqual(['alert.entered_red', 'alert.resolved']);
    expect(hook.refused).toEqual([]);
    expect(new Set(hook.received.map(({ id }) => id)).size).toBe(hook.received.length);
  });

  it('names that stand on one side only are warnings of /readyz and doctor; no secret is in the log', async () => {
    const ready = await fetch(`${bot.running.url}/readyz`);
    expect(ready.status).toBe(200);
    const { parts } = (await ready.json()) as { parts: { name: string; ok: boolean; severity: string }[] };
    const warned = parts.filter(({ name }) => /^(webhook|discord) /.test(name));
    expect(warned).toMatchObject([
      {
        name: 'webhook spare',
        ok: false,
        severity: 'warning',
        reason: expect.stringContaining('no room of workspace.yaml'),
      },
      {
        name: 'discord nowhere',
        ok: false,
        severity: 'warning',
        reason: expect.stringContaining('DISCORD_WEBHOOKS'),
      },
    ]);
    const { out } = await heartbeat('doctor', bot.environment);
    expect(out).toMatch(/! webhook spare: .*\n! discord nowhere: /);
    expect(bot.logged()).not.toMatch(/whsec_|127\.0\.0\.1:\d+\/in/);
  });
});
