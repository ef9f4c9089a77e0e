/**
 * `npm run chaos -- [--rounds 500] [--seed 1] [--shops 3]`: kills whole processes at random instants, that many times over some
 * shops side by side, each on a database of its own, and prints what came of it. Fails when anything was lost, or sent twice
 * without a mark.
 */
import { parseArgs } from 'node:util';
import { startPostgres } from '../support/postgres.ts';
import { runSql, withDatabaseName } from '../support/sql.ts';
import { addFigures, runChaos, type ChaosFigures } from './chaos-rounds.ts';

const SAY_EVERY = 10;
/** A metric changes about twice a minute: most alerts end, few flap. */
const METRICS = 12;
const CHANGE_MS = { least: 1_000, more: 3_000 };

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    shops: { type: 'string', default: '3' },
  },
});
const [rounds, seed, shops] = [Number(values.rounds), Number(values.seed), Number(values.shops)];
if (![rounds, seed, shops].every((number) => Number.isInteger(number) && number > 0)) {
  console.error('Write whole numbers: --rounds 500 --seed 1 --shops 3');
  process.exit(2);
}

const startedAt = performance.now();
const server = await startPostgres();
let done = 0;
try {
  const figures = addFigures(await Promise.all(Array.from({ length: shops }, (_, shop) => runShop(shop))));
  print(figures);
  process.exitCode = isGood(figures) ? 0 : 1;
} catch (error) {
  // said here: what starts PostgreSQL would end the process before Node says it
  console.error(error);
  process.exitCode = 1;
} finally {
  await server.stop();
}

async function runShop(shop: number): Promise<ChaosFigures> {
  const name = `chaos_${shop}`;
  await runSql(server.url, `create database ${name}`);
  const share = Math.floor(rounds / shops) + (shop < rounds % shops ? 1 : 0);
  return runChaos({
    databaseUrl: withDatabaseName(server.url, name),
    rounds: share,
    seed: seed + shop,
    metrics: METRICS,
    changeMs: CHANGE_MS,
    onRound: () => {
      done += 1;
      if (done % SAY_EVERY === 0) console.log(`${done} of ${rounds} rounds, ${minutes()} min`);
    },
  });
}

function print(figures: ChaosFigures): void {
  const rows = Object.entries(figures).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.length : value,
  ]);
  console.table(Object.fromEntries(rows));
  for (const [name, value] of Object.entries(figures))
    if (Array.isArray(value)) for (const what of value) console.log(`${name}: ${what}`);
  console.log(`seed ${seed}, ${shops} shops, ${minutes()} min`);
}

function isGood(figures: ChaosFigures): boolean {
  const { lost, unmarkedRepeats, wrongStates, wrongEpisodes, ticksTwice } = figures;
  return (
    [lost, unmarkedRepeats, wrongStates, wrongEpisodes].every((list) => list.length === 0) && ticksTwice === 0
  );
}

function minutes(): string {
  return ((performance.now() - startedAt) / 60_000).toFixed(1);
}
