import { UnavailableError } from '../../src/errors.ts';
import { SECOND } from '../../src/lib/time.ts';
import type { Falls } from './falls.ts';
import { advanceDemo, rewindDemo, seedDemo, SEED_VERSION } from './generator.ts';
import { SLOT_MS } from './generator-live.ts';
import type { DemoMarts } from './target.ts';

/** Keeps count of how far the data reach. */
export type Feed = {
  /** The instant up to which there are data; null before the first `prepare`. */
  progress(): Date | null;
  /** Makes the data, or extends or cuts those that are there, so that they reach `to`. */
  prepare(to: Date): Promise<{ seeded: boolean }>;
  /** Extends the data to `to`; does nothing when they reach it already. */
  fill(to: Date): Promise<void>;
};

/** Gives the feed of a target. Its steps never overlap; one that failed does not stop the next. */
export function createFeed(target: DemoMarts, falls: Falls): Feed {
  let progress: Date | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
    const done = last.then(step);
    last = done.catch(() => undefined);
    return done;
  };

  const fill = async (to: Date): Promise<void> => {
    if (progress === null || to <= progress) return;
    await advanceDemo(target, progress, to, falls.list());
    progress = to;
    falls.forget(to);
  };
  const prepare = async (to: Date): Promise<{ seeded: boolean }> => {
    const known = await findProgress(target);
    if (known === null) await seedDemo(target, to);
    else if (known > to) await rewindDemo(target, known, to);
    progress = known !== null && known < to ? known : to;
    await fill(to);
    return { seeded: known === null };
  };
  return {
    progress: () => progress,
    prepare: (to) => inTurn(() => prepare(floorToSlot(to))),
    fill: (to) => inTurn(() => fill(floorToSlot(to))),
  };
}

/** How far the target's data of this version reach; null when there are none. */
async function findProgress(target: DemoMarts): Promise<Date | null> {
  await target.load(`create schema if not exists marts;
    create table if not exists marts.demo_meta (version int not null, progress timestamptz not null);`);
  const text = `select extract(epoch from progress) as value from marts.demo_meta where version = ${SEED_VERSION}`;
  const whenever = new Date(0);
  const result = await target.query(
    { text, hash: text, usesFrom: false, usesTo: false, tables: ['marts.demo_meta'], columns: ['value'] },
    { from: whenever, to: whenever },
    { timeoutMs: 10 * SECOND, timezone: 'UTC' },
  );
  if (result.kind === 'failed') {
    throw new UnavailableError('demo_unreadable', `The demo data could not be read: ${result.reason}`, {
      details: { reason: result.reason },
    });
  }
  const seconds = result.rows[0]?.value;
  return seconds === undefined ? null : new Date(seconds * SECOND);
}

function floorToSlot(at: Date): Date {
  return new Date(Math.floor(at.getTime() / SLOT_MS) * SLOT_MS);
}
