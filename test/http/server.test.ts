import { once } from 'node:events';
import { Agent, get as httpGet, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Db } from '../../src/db/index.ts';
import { createHttpServer, type HttpServer, type HttpServerOptions } from '../../src/http/index.ts';
import { createWords } from '../../src/answers/index.ts';
import { fakeWarehouse, single, stoppedClock, type TestDeps } from '../support/deps.ts';
import { aShop, START } from './world.ts';

const servers: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

type Started = { server: HttpServer; url: string; port: number; log: Record<string, unknown>[] };

function createLog(): { log: pino.Logger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  return { log: pino({ level: 'debug', base: null }, sink), lines };
}

function createTestDeps(log: pino.Logger, environment: Record<string, string> = {}): TestDeps {
  const deps = {
    config: readConfig({ PORT: '0', ...environment }),
    workspaceId: 'shop',
    db: {
      ping: async () => {},
      prisma: { $queryRaw: () => Promise.reject(new Error('no database here')) },
    } as unknown as Db,
    clock: stoppedClock(START),
    log,
    registry: { current: () => aShop(), verification: () => 'verified' },
    warehouse: fakeWarehouse(() => single(1)).warehouse,
    publicUrl: () => 'http://localhost:8080',
    wordsFor: createWords,
  };
  return deps as unknown as TestDeps;
}

async function start(
  options: Omit<HttpServerOptions, 'deps'> = {},
  environment: Record<string, string> = {},
): Promise<Started> {
  const { log, lines } = createLog();
  const server = createHttpServer({ deps: createTestDeps(log, environment), ...options });
  servers.push(server);
  const { port } = await server.listen();
  return { server, port, url: `http://127.0.0.1:${port}`, log: lines };
}

describe('a server', () => {
  it('listens on a free port, gives each request an id, and says no more than it must', async () => {
    const { url, port } = await start();
    expect(port).toBeGreaterThan(0);
    const answer = await fetch(`${url}/healthz`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('x-powered-by')).toBeNull();
    const kept = await fetch(`${url}/healthz`, { headers: { 'x-request-id': 'req.1:a-B_2' } });
    expect(kept.headers.get('x-request-id')).toBe('req.1:a-B_2');
    const replaced = await fetch(`${url}/healthz`, { headers: { 'x-request-id': 'a b"<script>' } });
    expect(replaced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('says which address is taken, and what to do', async () => {
    const { port } = await start();
    const { log } = createLog();
    const second = createHttpServer({ deps: createTestDeps(log, { PORT: String(port) }) });
    await expect(second.listen()).rejects.toMatchObject({
      code: 'address_taken',
      message: expect.stringMatching(
        /127\.0\.0\.1:\d+: another program listens there\. Stop it, or set PORT/,
      ),
    });
    await second.close();
    const elsewhere = createHttpServer({
      deps: createTestDeps(log, { HOST: '203.0.113.7', API_TOKENS: 'a:b' }),
    });
    await expect(elsewhere.listen()).rejects.toMatchObject({ code: 'address_taken' });
    await elsewhere.close();
  });

  it('logs what was asked without what stands in the query, in headers or in a bot’s path', async () => {
    const { url, log } = await start({}, { API_TOKENS: 'ci:s3cret-token' });
    await fetch(`${url}/cockpit.png?exp=1&sig=s3cret-signature`);
    await fetch(`${url}/login?ticket=s3cret-ticket`);
    await fetch(`${url}/api/metrics`, { headers: { authorization: 'Bearer s3cret-token' } });
    await fetch(`${url}/play/bot123:s3cret-bot/getMe`, { headers: { cookie: 'heartbeat_session=s3cret' } });
    await expect.poll(() => log.filter(({ msg }) => msg === 'request').length).toBe(4);
    const requests = log.filter(({ msg }) => msg === 'request');
    expect(requests.map(({ path }) => path)).toEqual([
      '/cockpit.png',
      '/login',
      '/api/metrics',
      '/play/bot…/getMe',
    ]);
    expect(requests[0]).toMatchObject({
      method: 'GET',
      status: 500,
      ms: expect.any(Number),
      request: expect.any(String),
    });
    expect(JSON.stringify(log)).not.toContain('s3cret');
  });

  it('refuses a body that is too large, told or streamed', async () => {
    const { url } = await start({ telegram: { isSecret: () => true, handle: async () => {} } });
    const large = 'x'.repeat(300 * 1024);
    const told = await fetch(`${url}/telegram`, { method: 'POST', body: large });
    expect(told.status).toBe(413);
    expect(await told.json()).toMatchObject({ code: 'body_too_large' });
    const streamed = await fetch(`${url}/telegram`, {
      method: 'POST',
      body: new Blob([large]).stream(),
      duplex: 'half',
    });
    expect(streamed.status).toBe(413);
  });

  it('takes a body of unknown length, and none at all', async () => {
    const updates: unknown[] = [];
    const { url, port } = await start({
      telegram: { isSecret: () => true, handle: async (update) => void updates.push(update) },
    });
    const body = new Blob(['{"update_id": 7}']).stream();
    const streamed = await fetch(`${url}/telegram`, { method: 'POST', body, duplex: 'half' });
    expect(streamed.status).toBe(200);
    expect(updates).toEqual([{ update_id: 7 }]);
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /telegram HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('answers what is no HTTP with 400 and lives on', async () => {
    const { port, url } = await start();
    for (const words of [
      '\0\0\0\0\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'GET /%zz HTTP/1.1\r\nhost: localhost\r\n\r\n',
    ]) {
      const socket = connect(port, '127.0.0.1');
      socket.write(words);
      await new Promise((resolve) => socket.once('data', resolve));
      socket.destroy();
    }
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

describe('closing', () => {
  const secondsOf = async (work: Promise<unknown>): Promise<number> => {
    const startedAt = performance.now();
    await work;
    return (performance.now() - startedAt) / 1000;
  };

  it('does not wait for connections that are kept alive', async () => {
    const { server, url } = await start();
    const agent = new Agent({ keepAlive: true });
    const response = await new Promise<IncomingMessage>((resolve) =>
      httpGet(`${url}/healthz`, { agent }, resolve),
    );
    response.resume();
    await new Promise((resolve) => response.once('end', resolve));
    expect(await secondsOf(server.close())).toBeLessThan(2);
    agent.destroy();
  });

  it('cuts streams of events', async () => {
    let cancelled = false;
    const body = () =>
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode('data: hello\n\n')),
        cancel: () => {
          cancelled = true;
        },
      });
    const { server, url } = await start({
      playground: {
        handle: async () => new Response(body(), { headers: { 'content-type': 'text/event-stream' } }),
      },
    });
    const events = await fetch(`${url}/play/events`);
    const reader = events.body?.getReader();
    await reader?.read();
    expect(await secondsOf(server.close())).toBeLessThan(2);
    await reader?.read().catch(() => undefined);
    await expect.poll(() => cancelled).toBe(true);
  });

  it('lets a request under way finish, and ends it when it does not', async () => {
    const bells: (() => void)[] = [];
    const { server, url } = await start({
      playground: {
        handle: () => new Promise((resolve) => bells.push(() => resolve(new Response('done')))),
      },
    });
    const finishing = fetch(`${url}/play/a`).then((answer) => answer.text());
    const hanging = fetch(`${url}/play/b`).then(
      () => 'answered',
      () => 'cut',
    );
    await expect.poll(() => bells.length).toBe(2);
    const closed = server.close();
    bells[0]?.();
    expect(await finishing).toBe('done');
    expect(await secondsOf(closed)).toBeLessThan(6);
    expect(await hanging).toBe('cut');
  });

  it('may be asked for twice, or before it listened', async () => {
    const { server } = await start();
    const { log } = createLog();
    const unused = createHttpServer({ deps: createTestDeps(log) });
    expect(await secondsOf(Promise.all([server.close(), server.close(), unused.close()]))).toBeLessThan(2);
  });
});

describe("Telegram's web hook", () => {
  it('takes updates from who knows the secret', async () => {
    const handled: unknown[] = [];
    const { url } = await start({
      telegram: {
        isSecret: (header) => header === 'right',
        handle: async (update) => void handled.push(update),
      },
    });
    const post = (secret: string | null, body: string) =>
      fetch(`${url}/telegram`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          ...(secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret }),
        },
      });
    const answer = await post('right', '{"update_id":7}');
    expect(answer.status).toBe(200);
    expect(handled).toEqual([{ update_id: 7 }]);
    for (const wrong of [await post('wrong', '{}'), await post(null, '{}')]) {
      expect(wrong.status).toBe(401);
      expect(wrong.headers.get('content-type')).toBe('application/problem+json');
      expect(await wrong.json()).toMatchObject({ code: 'webhook_secret_wrong' });
    }
    const unreadable = await post('right', '{"update_id":');
    expect(unreadable.status).toBe(400);
    expect(await unreadable.json()).toMatchObject({ code: 'body_unreadable' });
    expect(handled).toHaveLength(1);
  });

  it('is not there when no web hook is set up', async () => {
    const { url } = await start();
    expect((await fetch(`${url}/telegram`, { method: 'POST', body: '{}' })).status).toBe(404);
  });
});

describe('the playground', () => {
  const playground: HttpServerOptions['playground'] = {
    handle: async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === '/play' && request.method === 'GET')
        return new Response('<title>Play</title>', { headers: { 'content-type': 'text/html' } });
      if (pathname === '/play/echo')
        return new Response(await request.text(), { headers: { 'content-security-policy': 'own' } });
      return undefined;
    },
  };

  it('is where / leads to, with its page and its routes', async () => {
    const { url } = await start({ playground });
    const home = await fetch(`${url}/`, { redirect: 'manual' });
    expect([home.status, home.headers.get('location')]).toEqual([302, '/play']);
    const page = await fetch(`${url}/play`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(await page.text()).toContain('Play');
    const photo = 'y'.repeat(1024 * 1024);
    const echo = await fetch(`${url}/play/echo`, { method: 'POST', body: photo });
    expect(await echo.text()).toBe(photo);
    expect(echo.headers.get('content-security-policy')).toBe('own');
    expect((await fetch(`${url}/play/nothing`)).status).toBe(404);
    expect((await fetch(`${url}/play`, { method: 'POST' })).status).toBe(404);
  });

  it('is not there when it is off, and / leads to the pages', async () => {
    const { url } = await start();
    expect((await fetch(`${url}/play`)).status).toBe(404);
    const home = await fetch(`${url}/`, { redirect: 'manual' });
    expect(home.headers.get('location')).toBe('/docs');
  });

  it('stays open beside API_TOKENS on this machine, but not for names that are not its own', async () => {
    const { url, port } = await start({ playground }, { API_TOKENS: 'a:b' });
    expect((await fetch(`${url}/play`)).status).toBe(200);
    const status = await new Promise((resolve) => {
      httpGet({ port, host: '127.0.0.1', path: '/play', headers: { host: 'evil.test' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
    });
    expect(status).toBe(421);
  });

  it('wants a token where others reach it', async () => {
    const { port } = await start({ playground }, { HOST: '0.0.0.0', API_TOKENS: 'a:b' });
    const url = `http://127.0.0.1:${port}/play`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(`${url}/echo`, { method: 'POST', body: 'x' })).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: 'Bearer b' } })).status).toBe(200);
  });
});

it('an error inside tells nothing of the insides, as page and as problem', async () => {
  const { url, log } = await start();
  const problem = await fetch(`${url}/cockpit.png`);
  expect(problem.status).toBe(500);
  expect(await problem.json()).toMatchObject({ code: 'internal_error' });
  const page = await fetch(`${url}/docs`, { headers: { accept: 'text/html', 'x-request-id': 'req-42' } });
  expect(page.status).toBe(500);
  const html = await page.text();
  expect(html).toContain('This page could not be made');
  expect(html).toContain('in its log under req-42');
  expect(html).not.toContain('no database here');
  expect(log.find(({ msg }) => msg === 'a request failed')).toMatchObject({
    path: '/cockpit.png',
    request: expect.any(String),
  });
});
