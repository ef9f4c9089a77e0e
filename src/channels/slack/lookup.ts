import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandDeps } from '../../commands/index.ts';
import type { SessionLock } from '../../db/index.ts';
import { createLoop } from '../../lib/loop.ts';
import { HOUR, MINUTE, SECOND } from '../../lib/time.ts';
import { rememberSlack } from '../../people/index.ts';
import type { Person } from '../../registry/index.ts';
import { isOwn, readAccount } from './accounts.ts';
import type { SlackClient } from './client.ts';
import { isPersonal } from './conversations.ts';
import type { Self } from './self.ts';
import { describeTrouble, toTrouble, type Trouble } from './trouble.ts';

/** Finds the Slack accounts of people whom the file knows by their e-mail alone. */
export interface Lookup {
  start(): void;
  stop(): Promise<void>;
  /** Looks for who has not been looked for: the workspace's people changed. */
  look(): void;
}

export type LookupOptions = {
  deps: Pick<CommandDeps, 'db' | 'workspaceId' | 'clock' | 'registry' | 'people' | 'log'>;
  client: Pick<SlackClient, 'once'>;
  self: () => Promise<Self>;
  /** between two questions */
  gapMs?: number;
};

const GAP_MS = SECOND;

/**
 * Makes what asks Slack for them: at its start, when people changed, and every hour, one question a second at most. Of several
 * processes one asks; each person who was not there is asked for once an hour.
 */
export function createLookup(options: LookupOptions): Lookup {
  const { deps, gapMs = GAP_MS } = options;
  const { log } = deps;
  const ended = new AbortController();
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal: ended.signal }).catch(() => {});
  const asked = new Set<string>();
  const turn = takeTurns(deps);
  let beganMs = -Infinity;
  let isRefused = false;
  let waitMs = HOUR;

  async function pass(): Promise<boolean> {
    const nowMs = performance.now();
    if (nowMs - beganMs >= HOUR) {
      asked.clear();
      isRefused = false;
      beganMs = nowMs;
    }
    const person = listMissing(deps).find(({ email }) => !asked.has(email.toLowerCase()));
    waitMs = Math.max(SECOND, beganMs + HOUR - nowMs);
    if (!person || isRefused) return false;
    if (!(await turn.isOurs())) {
      waitMs = MINUTE;
      return false;
    }
    return settle(person, await ask(options, person));
  }

  /** Gives whether there may be somebody else to ask for now. */
  async function settle({ email }: Person, trouble: Trouble | null): Promise<boolean> {
    if (trouble === null || isNobody(trouble)) {
      asked.add(email.toLowerCase());
      await pause(gapMs);
      return !ended.signal.aborted;
    }
    log.warn({ reason: describeTrouble(trouble) }, 'Slack does not tell whose account an e-mail is');
    isRefused = trouble.kind === 'refused';
    if (trouble.kind === 'network') waitMs = MINUTE;
    if (trouble.kind !== 'limited') return false;
    // a kick must not cut this wait short
    await pause(trouble.afterMs ?? MINUTE);
    return !ended.signal.aborted;
  }

  const loop = createLoop({
    pass,
    idleMs: () => waitMs,
    onError: (error) => log.error({ err: error }, 'people could not be looked up in Slack; trying again'),
  });
  return {
    start: () => loop.start(),
    look: () => loop.kick(),
    async stop() {
      ended.abort();
      await loop.stop();
      await turn.release();
    },
  };
}

/** Of several processes one asks, as long as it runs. */
function takeTurns({ db, workspaceId }: Pick<LookupOptions['deps'], 'db' | 'workspaceId'>) {
  let lock: SessionLock | null = null;
  return {
    async isOurs(): Promise<boolean> {
      if (lock) return true;
      const taken = await db.sessionLock(`slack people of ${workspaceId}`);
      lock = taken;
      void taken?.lost.then(() => (lock = null));
      return taken !== null;
    },
    release: async (): Promise<void> => lock?.release(),
  };
}

async function ask(options: LookupOptions, person: Person): Promise<Trouble | null> {
  try {
    await findAccount(options, person);
    return null;
  } catch (error) {
    return toTrouble(error);
  }
}

/** Slack knows no account of that address, or does not take it for one. */
function isNobody(trouble: Trouble): boolean {
  return trouble.kind === 'refused' && NOBODY.has(trouble.code);
}

const NOBODY: ReadonlySet<string> = new Set(['users_not_found', 'user_not_found', 'invalid_arguments']);

/** People without a Slack account. */
function listMissing({ registry }: Pick<LookupOptions['deps'], 'registry'>): Person[] {
  return registry.current().people.filter(({ slackId }) => slackId === null);
}

/** Remembers the account of a person's e-mail, where it is one of this company and nobody else's. Throws what the call throws. */
async function findAccount({ deps, client, self }: LookupOptions, person: Person): Promise<void> {
  const { teamId } = await self();
  const { email } = person;
  const account = readAccount(await client.once('users.lookupByEmail', { email }));
  const userId = account?.id ?? null;
  if (!account || userId === null || !isPersonal({ channel: 'slack', conversation: userId })) return;
  const isAnother = account.email !== null && account.email.toLowerCase() !== email.toLowerCase();
  const isNamed = deps.registry.current().people.some(({ slackId }) => slackId === userId);
  if (isAnother || isNamed || !isOwn(account, teamId)) return;
  const author = {
    workspaceId: deps.workspaceId,
    actor: 'heartbeat',
    channel: 'slack',
    requestId: randomUUID(),
  } as const;
  if (await rememberSlack(deps, author, { person, userId }))
    deps.log.info({ person: email }, 'a Slack account is known now');
}
