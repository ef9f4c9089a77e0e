import type { Logger } from 'pino';
import type { Db } from '../db/index.ts';
import { createLoop } from '../lib/loop.ts';
import { SECOND } from '../lib/time.ts';
import type { Person } from '../registry/index.ts';
import { mergeLinked, type PeopleRecord } from './merge.ts';
import { readPeople, readPeopleVersion } from './read.ts';

/** A link that another process took counts here within two seconds. */
const POLL_MS = SECOND;
const NOT_TOLD = 'what follows from a change of people is not done; trying again';

export type FollowPeopleOptions = {
  db: Pick<Db, 'prisma'>;
  workspaceId: string;
  log: Logger;
  /** takes how the people of the files become those of the program, whenever that changed */
  put(change: (people: readonly Person[]) => readonly Person[]): void;
};

export interface PeopleFollower {
  /** Reads links and settings now: a person who changed something finds it changed. */
  reload(): Promise<void>;
  /** Looks for changes of other processes, and calls `onChange` after each change, also of this one; again when it failed. */
  start(onChange: () => unknown): void;
  stop(): Promise<void>;
}

/** Keeps the program's people as the database says, over all processes; ready once it returns. */
export async function followPeople(options: FollowPeopleOptions): Promise<PeopleFollower> {
  const { log } = options;
  let known: PeopleRecord = await readPeople(options);
  let tell: (() => unknown) | null = null;
  let isTold = true;
  const put = (): void => {
    const record = known;
    options.put((people) => mergeLinked(people, record));
  };
  put();

  async function reload(): Promise<void> {
    const next = await readPeople(options);
    if (next.version < known.version) return;
    known = next;
    put();
    isTold = false;
    await announce().catch((error: unknown) => log.error({ err: error }, NOT_TOLD));
  }

  async function announce(): Promise<void> {
    if (!tell) return;
    isTold = true;
    try {
      await tell();
    } catch (error) {
      isTold = false;
      throw error;
    }
  }

  async function pass(): Promise<boolean> {
    if ((await readPeopleVersion(options)) !== known.version) await reload();
    else if (!isTold) await announce();
    return false;
  }

  const loop = createLoop({
    pass,
    idleMs: () => POLL_MS,
    onError: (error) => log.error({ err: error }, 'what people linked cannot be read; trying again'),
  });
  return {
    reload,
    stop: () => loop.stop(),
    start(onChange) {
      tell = onChange;
      loop.start();
    },
  };
}
