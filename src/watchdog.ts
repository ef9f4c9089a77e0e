import type { Deps } from './deps.ts';
import { readQueue } from './delivery/index.ts';
import type { LoopStats, ReadyPart } from './http/index.ts';
import { MINUTE, SECOND } from './lib/time.ts';
import { readTickLag } from './pulse/index.ts';

/** What says whether a reading would become a message now. */
export type LoopFacts = {
  now: Date;
  lastLoopAt: Date | null;
  pulseError: string | null;
  outboxError: string | null;
  /** ids of metrics whose due tick is not stored within their period */
  overdue: readonly string[];
  /** age of the oldest message that nothing but trouble keeps */
  stuckMs: number;
};

export type LoopVerdict = { whole: true } | { whole: false; reason: string };

const LOOP_LATE_MS = 30 * SECOND;
const STUCK_MS = 2 * MINUTE;

/** Decides whether the whole loop works: due ticks are computed and stored, deliveries are claimed, none is stuck. Pure. */
export function isLoopWhole(facts: LoopFacts): LoopVerdict {
  const reason = findBreak(facts);
  return reason === null ? { whole: true } : { whole: false, reason };
}

function findBreak({ now, lastLoopAt, pulseError, outboxError, overdue, stuckMs }: LoopFacts): string | null {
  if (pulseError !== null) return 'due ticks cannot be read';
  if (lastLoopAt === null || now.getTime() - lastLoopAt.getTime() > LOOP_LATE_MS)
    return 'nothing looks for due ticks';
  if (overdue.length > 0) return `ticks are late: ${overdue.slice(0, 3).join(', ')}`;
  if (outboxError !== null) return 'deliveries cannot be claimed, or a channel refuses all of them';
  if (stuckMs >= STUCK_MS) return `a message has been due for ${Math.round(stuckMs / SECOND)} s`;
  return null;
}

export type WatchdogOptions = {
  deps: Pick<Deps, 'db' | 'workspaceId' | 'registry' | 'clock' | 'log'>;
  stats: LoopStats;
  /** a secret: it is in no log and on no page */
  url: string;
  /** a minute, unless a test is in a hurry */
  everyMs?: number;
};

export interface Watchdog {
  start(): void;
  stop(): Promise<void>;
  /** how the last look went, for /readyz */
  state(): Pick<ReadyPart, 'ok' | 'reason'>;
}

const TIMEOUT_MS = 5 * SECOND;
/** The first look does not wait as long: whoever sets the address up wants to see it work. */
const FIRST_LOOK_MS = 5 * SECOND;

/** Makes what pings an address each minute while the whole loop of this process works; silence is the alarm. */
export function createWatchdog(options: WatchdogOptions): Watchdog {
  const { deps, everyMs = MINUTE } = options;
  const ended = new AbortController();
  let state: ReturnType<Watchdog['state']> = { ok: true, reason: 'not due yet' };
  let timer: NodeJS.Timeout | undefined;
  let first: NodeJS.Timeout | undefined;
  let underWay: Promise<void> | undefined;

  async function look(): Promise<void> {
    const reason = await findTrouble(options, ended.signal);
    if (ended.signal.aborted) return;
    if (reason !== null) deps.log.warn({ reason }, 'the watchdog was not pinged');
    state = { ok: reason === null, reason: reason ?? 'pinged' };
  }

  const lookOnce = (): void => {
    underWay ??= look().finally(() => {
      underWay = undefined;
    });
  };

  return {
    state: () => state,
    start() {
      first = setTimeout(lookOnce, Math.min(everyMs, FIRST_LOOK_MS));
      timer = setInterval(lookOnce, everyMs);
    },
    async stop() {
      clearTimeout(first);
      clearInterval(timer);
      ended.abort();
      await underWay;
    },
  };
}

/** Looks, and pings when all is well; gives why it did not, or null. Never throws. */
async function findTrouble(options: WatchdogOptions, signal: AbortSignal): Promise<string | null> {
  try {
    const verdict = isLoopWhole(await readFacts(options));
    if (!verdict.whole) return verdict.reason;
  } catch {
    return 'the database does not answer';
  }
  return ping(options.url, signal);
}

async function readFacts({ deps, stats: { pulse, outbox } }: WatchdogOptions): Promise<LoopFacts> {
  const now = deps.clock.now();
  await deps.db.ping(TIMEOUT_MS);
  const [{ overdue }, { stuckMs }] = await Promise.all([
    readTickLag(deps),
    readQueue(deps.db, { workspaceId: deps.workspaceId, since: now }),
  ]);
  const { lastLoopAt, lastError: pulseError } = pulse;
  return { now, lastLoopAt, pulseError, outboxError: outbox.lastError, overdue, stuckMs };
}

/** What went wrong is told without the address, which fetch's own messages may hold. */
async function ping(url: string, signal: AbortSignal): Promise<string | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
    await answer.body?.cancel();
    return answer.ok ? null : `it answered ${answer.status}`;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const isCoded = typeof cause === 'object' && cause !== null && 'code' in cause;
    const code = isCoded ? String(cause.code) : error instanceof Error ? error.name : 'unknown error';
    return `it could not be reached (${code})`;
  }
}

/** Makes the watchdog that the settings ask for; null without an address. */
export function openWatchdog(
  deps: WatchdogOptions['deps'] & { config: { watchdogUrl: string | null } },
  stats: LoopStats,
): Watchdog | null {
  const url = deps.config.watchdogUrl;
  return url === null ? null : createWatchdog({ deps, stats, url });
}

/** The watchdog's part of `/readyz`; none without one. */
export function watchdogParts(watchdog: Pick<Watchdog, 'state'> | null): ReadyPart[] {
  return watchdog ? [{ name: 'watchdog', severity: 'warning', ...watchdog.state() }] : [];
}
