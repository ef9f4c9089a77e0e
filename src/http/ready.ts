import type { Deps } from '../deps.ts';
import type { Outbox } from '../delivery/index.ts';
import { HeartbeatError } from '../errors.ts';
import { SECOND } from '../lib/time.ts';
import type { Pulse } from '../pulse/index.ts';
import type { Problem } from '../registry/index.ts';

/** How one part of the program is. A broken part with `severity: error` makes the whole not ready. */
export type ReadyPart = { name: string; ok: boolean; severity: 'error' | 'warning'; reason: string | null };

export type ReadyState = {
  status: 'ready' | 'not_ready';
  /** when this process last looked for due metrics; null before, and without a pulse */
  lastLoopAt: Date | null;
  parts: readonly ReadyPart[];
};

/** Figures of the loops that run in this process. */
export type LoopStats = { pulse: Pulse['stats']; outbox: Outbox['stats'] };

export type ReadyOptions = {
  deps: Pick<Deps, 'db' | 'registry' | 'warehouse' | 'clock'>;
  stats?: LoopStats | undefined;
  /** parts that only the whole program knows, such as what receives from Telegram */
  parts?: (() => readonly ReadyPart[] | Promise<readonly ReadyPart[]>) | undefined;
};

const ANSWER_MS = SECOND;
/** The pulse looks five times a second. */
const LOOP_LATE_MS = 30 * SECOND;

/** Gives how every part is, within about a second: ready when the database answers and the workspace is loaded. */
export async function loadReadyState(options: ReadyOptions): Promise<ReadyState> {
  const [database, warehouse, others] = await Promise.all([
    checkDatabase(options),
    checkWarehouse(options),
    askOthers(options),
  ]);
  const parts = [database, ...checkWorkspace(options), warehouse, ...checkLoops(options), ...others];
  const isReady = parts.every((part) => part.ok || part.severity === 'warning');
  return {
    status: isReady ? 'ready' : 'not_ready',
    lastLoopAt: options.stats?.pulse.lastLoopAt ?? null,
    parts,
  };
}

async function checkDatabase({ deps }: ReadyOptions): Promise<ReadyPart> {
  const part = { name: 'database', severity: 'error' } as const;
  try {
    await withinTime(deps.db.ping(ANSWER_MS));
    return { ...part, ok: true, reason: null };
  } catch (error) {
    return { ...part, ok: false, reason: reasonOf(error) };
  }
}

function checkWorkspace({ deps }: ReadyOptions): ReadyPart[] {
  try {
    const { workspace, metrics, problems } = deps.registry.current();
    const reason = `${workspace.name}, ${metrics.size} metrics`;
    return [{ name: 'workspace', ok: true, severity: 'error', reason }, ...problems.map(fileOf)];
  } catch (error) {
    return [{ name: 'workspace', ok: false, severity: 'error', reason: reasonOf(error) }];
  }
}

function fileOf({ file, line, reason, hint }: Problem): ReadyPart {
  return {
    name: `file ${file}`,
    ok: false,
    severity: 'warning',
    reason: `${file}:${line}: ${reason}${hint === null ? '' : ` ${hint}`}`,
  };
}

async function checkWarehouse({ deps }: ReadyOptions): Promise<ReadyPart> {
  const part = { name: 'warehouse', severity: 'warning' } as const;
  try {
    const answer = await withinTime(deps.warehouse.ping());
    return { ...part, ok: answer.ok, reason: answer.ok ? null : answer.reason };
  } catch (error) {
    return { ...part, ok: false, reason: reasonOf(error) };
  }
}

function checkLoops({ stats, deps }: ReadyOptions): ReadyPart[] {
  if (!stats) return [];
  const { pulse, outbox } = stats;
  return [
    toWarning('pulse', pulse.lastError ?? lateness(pulse.lastLoopAt, deps.clock.now())),
    toWarning('outbox', outbox.lastError),
  ];
}

function lateness(lastLoopAt: Date | null, now: Date): string | null {
  if (lastLoopAt === null) return 'it has not looked for due metrics yet';
  const seconds = Math.round((now.getTime() - lastLoopAt.getTime()) / SECOND);
  return seconds * SECOND > LOOP_LATE_MS ? `it last looked for due metrics ${seconds} s ago` : null;
}

async function askOthers({ parts }: ReadyOptions): Promise<readonly ReadyPart[]> {
  if (!parts) return [];
  try {
    return await withinTime(Promise.resolve(parts()));
  } catch (error) {
    return [toWarning('other parts', reasonOf(error))];
  }
}

function toWarning(name: string, trouble: string | null): ReadyPart {
  const reason = trouble === null ? null : lastLine(trouble);
  return { name, ok: reason === null, severity: 'warning', reason };
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new NoAnswerError()), ANSWER_MS);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** A part that did not say how it is. */
class NoAnswerError extends HeartbeatError {
  constructor() {
    super('no_answer', `it did not answer within ${ANSWER_MS} ms`);
  }
}

function reasonOf(error: unknown): string {
  return lastLine(error instanceof Error ? error.message : String(error));
}

/** Libraries draw pictures of the calling code above what they have to say. */
function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? text;
}
