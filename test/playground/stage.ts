/** A playground with two people, and a bot of few lines that talks to its Bot API. */
import { crc32, deflateSync } from 'node:zlib';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { createMovableClock, type MovableClock } from '../../src/lib/clock.ts';
import { startPlayground, type Playground } from '../../src/playground/index.ts';
import type { PageEvent, PageMessage, PageSnapshot } from '../../src/playground/page-types.ts';
import type { PlaygroundOptions } from '../../src/playground/types.ts';
import type { Person, Registry, Workspace } from '../../src/registry/index.ts';
import { NO_HOOKS, NO_PHONE } from '../support/registry-parts.ts';

export const IVAN = 1001;
export const ANN = 1002;
export const ROOM = -100_200;
export const OPS = -100_300;
const ORIGIN = 'http://localhost:8080';

/** What the app has in Slack. */
export const SLASH_COMMANDS = [
  { command: 'heartbeat', description: 'everything' },
  { command: 'cockpit', description: 'all at once' },
];

/** A PNG of one grey pixel. */
export const PIXEL = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
  chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
  chunk('IEND', Buffer.alloc(0)),
]);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(8);
  framed.writeUInt32BE(data.length, 0);
  framed.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([framed.subarray(0, 4), body, framed.subarray(4)]);
}

export function person(name: string, telegramId: number | null, locale: 'en' | 'ru' | null = null): Person {
  return {
    email: `${name.toLowerCase()}@shop.test`,
    name,
    role: 'operator',
    teams: ['growth'],
    telegramId,
    telegramHandle: null,
    slackId: null,
    locale,
    timezone: null,
    quietHours: null,
    ...NO_PHONE,
  };
}

export function room(telegram: number | null, more: Partial<Workspace['rooms'][number]> = {}) {
  return { telegram, telegramTopic: null, slack: null, hooks: NO_HOOKS, teams: ['growth'], ...more };
}

export function workspace(more: Partial<Workspace> = {}): Workspace {
  return {
    id: 'shop',
    name: 'Corner Shop',
    timezone: 'Europe/Madrid',
    locale: 'en',
    opsInbox: { email: null, telegram: OPS, slack: null, hooks: NO_HOOKS },
    rooms: [room(ROOM)],
    policies: {
      storm: { moreThan: 5, withinMs: 60_000 },
      escalateAfterMs: 0,
      ackTimeoutMs: 0,
      escalation: [],
      inline: false,
      selfWatch: false,
    },
    maintenance: [],
    ...more,
  };
}

export function registry(more: Partial<Registry> = {}): Registry {
  return {
    dir: '/nowhere',
    workspace: workspace(),
    people: [person('Ivan', IVAN, 'en'), person('Ann', ANN, 'ru'), person('Tomás', null)],
    metrics: new Map(),
    cuts: new Map(),
    pages: new Map(),
    problems: [],
    ...more,
  };
}

export type FakeDemo = PlaygroundOptions['demo'] & { filledTo: Date[]; falling: Set<string> };

export function fakeDemo(): FakeDemo {
  const falling = new Set<string>();
  const filledTo: Date[] = [];
  return {
    filledTo,
    falling,
    fillTo: async (to) => void filledTo.push(to),
    makeFall: (metric) => void falling.add(metric),
    restore: (metric) => void falling.delete(metric),
    state: () => ({ fallable: ['checkout_success'], falling: [...falling] as 'checkout_success'[] }),
  };
}

export type Stage = Playground & {
  clock: MovableClock;
  /** replaces the workspace's files */
  setRegistry(next: Registry): void;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** calls a method of the Bot API */
  call<Result = { message_id: number }>(method: string, params?: object, photo?: Buffer): Promise<Result>;
  /** reads the updates and confirms them */
  updates(): Promise<Record<string, Record<string, unknown>>[]>;
  listen(): Promise<EventReader>;
  logged(): string;
};

/** Starts one; it is closed when the test is over. */
export async function startStage(options: Partial<PlaygroundOptions> = {}): Promise<Stage> {
  const lines: string[] = [];
  let current = registry();
  const clock = createMovableClock();
  const playground = await startPlayground({
    log: pino({}, { write: (line: string) => void lines.push(line) }),
    clock,
    demo: null,
    registry: { current: () => current },
    slashCommands: SLASH_COMMANDS,
    ...options,
  });
  onTestFinished(() => playground.close());
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await playground.handle(new Request(`${ORIGIN}${path}`, init));
    if (!response) throw new Error(`${path} is not the playground's`);
    return response;
  };
  const get: Stage['get'] = (path, headers = {}) => ask(path, { headers });
  let offset = 0;
  const call: Stage['call'] = async (method, params = {}, photo) =>
    callBotApi(`${playground.telegram.apiRoot}/bot${playground.telegram.token}/${method}`, params, photo);
  return {
    ...playground,
    clock,
    get,
    call,
    setRegistry: (next) => {
      current = next;
    },
    post: (path, body, headers = {}) =>
      ask(path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    async updates() {
      const updates = await call<{ update_id: number }[]>('getUpdates', { offset, timeout: 2 });
      offset = Math.max(offset, ...updates.map(({ update_id: id }) => id + 1));
      return updates as unknown as Record<string, Record<string, unknown>>[];
    },
    listen: async () => readEvents(await get('/play/events')),
    logged: () => lines.join(''),
  };
}

async function callBotApi<Result>(url: string, params: object, photo?: Buffer): Promise<Result> {
  const form = new FormData();
  for (const [name, value] of Object.entries(params))
    form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  if (photo) form.set('photo', new Blob([new Uint8Array(photo)]), 'photo.png');
  const response = await fetch(url, { method: 'POST', body: form });
  const answer = (await response.json()) as { ok: boolean; result: Result; description?: string };
  if (!answer.ok) throw new Error(answer.description);
  return answer.result;
}

export type EventReader = {
  /** the text of the stream so far */
  raw(): string;
  next(): Promise<PageEvent>;
  /** the next event of a kind; others are passed over */
  nextOf<Kind extends PageEvent['kind']>(kind: Kind): Promise<Extract<PageEvent, { kind: Kind }>>;
  snapshot(): Promise<PageSnapshot>;
  message(): Promise<PageMessage>;
  ended(): Promise<boolean>;
  leave(): Promise<void>;
};

/** Reads server-sent events. */
export function readEvents(response: Response): EventReader {
  const body = response.body?.getReader();
  if (!body) throw new Error('the answer has no body');
  const decoder = new TextDecoder();
  let raw = '';
  let at = 0;
  const next = async (): Promise<PageEvent> => {
    for (;;) {
      const end = raw.indexOf('\n\n', at);
      if (end >= 0) {
        const data = /^data: (.*)$/m.exec(raw.slice(at, end))?.[1];
        at = end + 2;
        if (data !== undefined) return JSON.parse(data) as PageEvent;
        continue;
      }
      const { value, done } = await body.read();
      if (done) throw new Error(`the stream ended after: ${raw}`);
      raw += decoder.decode(value, { stream: true });
    }
  };
  const nextOf: EventReader['nextOf'] = async (kind) => {
    for (;;) {
      const event = await next();
      if (event.kind === kind) return event as Extract<PageEvent, { kind: typeof kind }>;
    }
  };
  return {
    raw: () => raw,
    next,
    nextOf,
    snapshot: async () => (await nextOf('snapshot')).snapshot,
    message: async () => (await nextOf('message')).message,
    ended: async () => (await body.read()).done,
    leave: () => body.cancel(),
  };
}
