import { Writable } from 'node:stream';
import pino from 'pino';
import { readConfig } from '../../src/config.ts';
import { startHeartbeat, type Overrides, type Running } from '../../src/main.ts';
import type { MessageView } from '../../src/playground/bot-api/index.ts';
import { createServerDatabase } from '../support/database.ts';
import { spawnHeartbeat, type Deadly, type SpawnedHeartbeat } from '../support/spawn-heartbeat.ts';
import { openShop, REPEAT_MARK, type Shop, type ShopOptions } from './shop.ts';

export const API_TOKEN = 'faults-api-token-0123456789';

/** A test's context, or whoever else closes what is opened. */
type Context = { onTestFinished: (close: () => Promise<void>) => void };

export type InProcess = Running & { logged(): string };

export type ShopTest = Shop & {
  databaseUrl: string;
  /** starts the program in a process of its own; it is ended with the test */
  spawn(deadly?: Deadly): SpawnedHeartbeat;
  /** the same with a clock that is so many ms ahead */
  spawnAhead(aheadMs: number): SpawnedHeartbeat;
  /** starts the program in this process; it is stopped with the test, unless that was done before */
  start(overrides?: Pick<Overrides, 'clock'>): Promise<InProcess>;
};

/** Opens a shop for one test, on a database of its own unless one is named, and closes all of it when the test is over. */
export async function openShopFor(
  context: Context,
  options: Omit<ShopOptions, 'databaseUrl'> & { databaseUrl?: string },
): Promise<ShopTest> {
  const databaseUrl = options.databaseUrl ?? (await openDatabaseFor(context));
  const shop = await openShop({
    ...options,
    databaseUrl,
    environment: { API_TOKENS: `tests:${API_TOKEN}`, ...options.environment },
  });
  context.onTestFinished(() => shop.close());
  const kept = (spawned: SpawnedHeartbeat): SpawnedHeartbeat => {
    context.onTestFinished(() => spawned.kill());
    return spawned;
  };
  return {
    ...shop,
    databaseUrl,
    spawn: (deadly) => kept(spawnHeartbeat(shop.environment, deadly)),
    spawnAhead: (aheadMs) =>
      kept(spawnHeartbeat({ ...shop.environment, TEST_CLOCK_AHEAD_MS: String(aheadMs) })),
    async start(overrides = {}) {
      const log: string[] = [];
      const running = await startHeartbeat(readConfig(shop.environment), { ...overrides, log: keepLog(log) });
      let stopped: Promise<void> | undefined;
      const stop = (): Promise<void> => (stopped ??= running.stop());
      context.onTestFinished(stop);
      return { ...running, stop, logged: () => log.join('') };
    },
  };
}

/** Makes a migrated database for one test, and gives its address. */
export async function openDatabaseFor(context: Context): Promise<string> {
  const { address, remove } = await createServerDatabase();
  context.onTestFinished(remove);
  return address.databaseUrl ?? '';
}

function keepLog(lines: string[]): pino.Logger {
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      if (process.env['TEST_LOG']) process.stderr.write(chunk);
      done();
    },
  });
  return pino({ level: 'info', base: null }, sink);
}

/** Alerts' own messages in the chat of a metric's owner, without replies to them and notices. */
export function alertsOf(shop: Shop, metric: string): MessageView[] {
  return shop.told(metric).filter(({ replyTo, text }) => replyTo === null && /A-\d/.test(text));
}

export function repliesOf(shop: Shop, metric: string): MessageView[] {
  return shop.told(metric).filter(({ replyTo }) => replyTo !== null);
}

/** Tells whether a message says that it may be a repeat, as it was first sent and as it stands now. */
export function isMarked({ text, edits }: MessageView): boolean {
  return [edits[0]?.text ?? text, text].every((shown) => REPEAT_MARK.test(shown));
}

/** What `GET /readyz` says: its status, and the parts that are not well. */
export async function readReadiness(url: string): Promise<{ status: number; troubled: string[] }> {
  const response = await fetch(`${url}/readyz`);
  const { parts } = (await response.json()) as {
    parts: { name: string; ok: boolean; reason: string | null }[];
  };
  return {
    status: response.status,
    troubled: parts.filter(({ ok }) => !ok).map(({ name, reason }) => `${name}: ${reason}`),
  };
}
