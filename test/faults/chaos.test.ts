/** Fifteen rounds of kill -9 at random instants, side by side over three shops. `npm run chaos` runs more. */
import { expect, it } from 'vitest';
import { createServerDatabase } from '../support/database.ts';
import { addFigures, runChaos } from './chaos-rounds.ts';

const SHOPS = 3;
const ROUNDS_EACH = 5;
const SEED = 20_261_120;
/** Few rounds, so much happens between them. */
const METRICS = 6;
const CHANGE_MS = { least: 300, more: 700 };

it(
  '15 kills at random instants: nothing lost, each message tells how its alert stands, what may be a repeat says so',
  {
    timeout: 240_000,
  },
  async (context) => {
    const runs = Array.from({ length: SHOPS }, async (_, shop) => {
      const database = await createServerDatabase();
      context.onTestFinished(database.remove);
      const databaseUrl = database.address.databaseUrl ?? '';
      return runChaos({
        databaseUrl,
        rounds: ROUNDS_EACH,
        seed: SEED + shop,
        metrics: METRICS,
        changeMs: CHANGE_MS,
      });
    });
    // one that fails must not pull the databases away under the others
    await Promise.allSettled(runs);
    const figures = addFigures(await Promise.all(runs));
    console.log('kill -9 at random instants:', JSON.stringify(figures));
    expect(figures).toMatchObject({
      rounds: SHOPS * ROUNDS_EACH,
      lost: [],
      unmarkedRepeats: [],
      wrongStates: [],
      wrongEpisodes: [],
      ticksTwice: 0,
      tooManyRequests: 0,
    });
    expect(figures.alerts).toBeGreaterThan(SHOPS);
  },
);
