/** Whole processes killed at random instants while metrics cross and recover; then all that was told is compared with the truth. */
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnHeartbeat, type SpawnedHeartbeat } from '../support/spawn-heartbeat.ts';
import { compare, type Compared } from './chaos-compare.ts';
import { openChaosShop, RUNGS } from './chaos-shop.ts';
import { VALUES, type Shop } from './shop.ts';
import { until } from './until.ts';

export type ChaosOptions = {
  /** an empty database of its own */
  databaseUrl: string;
  rounds: number;
  /** the same seed gives the same instants and values */
  seed: number;
  /** the more metrics, and the slower they change, the less they flap */
  metrics: number;
  changeMs: { least: number; more: number };
  onRound?: (round: number) => void;
};

/** What came of it, by the rounds. */
export type ChaosFigures = { rounds: number; killedWhileStarting: number } & Compared;

const LIVES_MS = 2_000;
const STARTING_MS = 1_500;
const STARTING_SHARE = 0.25;
const SETTLED_WITHIN_MS = 120_000;

/** Alerts that nobody has taken yet, and more will hear of. */
const STILL_TO_CLIMB = `select 1 from heartbeat.metric_state
  where judge #>> '{episode,unattendedSince}' is not null and (judge #>> '{episode,escalatedSteps}')::int < ${RUNGS - 1}`;
const STILL_TO_SEND = `select 1 from heartbeat.delivery
  where status in ('pending', 'sending') and edge <> 'value_changed' limit 1`;

/** Runs the rounds on a shop of its own and gives the figures. */
export async function runChaos(options: ChaosOptions): Promise<ChaosFigures> {
  const random = seededRandom(options.seed);
  const shop = await openChaosShop(options.databaseUrl, options.metrics);
  let child = spawnHeartbeat(shop.environment);
  try {
    const ended = new AbortController();
    const changing = changeValues(shop, { random, changeMs: options.changeMs, signal: ended.signal });
    let killedWhileStarting = 0;
    for (let round = 1; round <= options.rounds; round += 1) {
      const isStarting = random() < STARTING_SHARE;
      if (!isStarting) await child.ready;
      await sleep(random() * (isStarting ? STARTING_MS : LIVES_MS));
      await child.kill();
      if (isStarting) killedWhileStarting += 1;
      child = spawnHeartbeat(shop.environment);
      options.onRound?.(round);
    }
    ended.abort();
    await changing;
    await settleDown(shop, child, random);
    return { rounds: options.rounds, killedWhileStarting, ...(await compare(shop)) };
  } finally {
    await child.kill();
    await shop.close();
  }
}

/** Figures of several runs together. */
export function addFigures(all: readonly ChaosFigures[]): ChaosFigures {
  const sum = (count: (figures: ChaosFigures) => number): number =>
    all.reduce((total, figures) => total + count(figures), 0);
  return {
    rounds: sum((one) => one.rounds),
    killedWhileStarting: sum((one) => one.killedWhileStarting),
    alerts: sum((one) => one.alerts),
    escalations: sum((one) => one.escalations),
    messages: sum((one) => one.messages),
    mails: sum((one) => one.mails),
    hookEvents: sum((one) => one.hookEvents),
    markedRepeats: sum((one) => one.markedRepeats),
    unmarkedRepeats: all.flatMap((one) => one.unmarkedRepeats),
    lost: all.flatMap((one) => one.lost),
    wrongStates: all.flatMap((one) => one.wrongStates),
    wrongEpisodes: all.flatMap((one) => one.wrongEpisodes),
    ticksTwice: sum((one) => one.ticksTwice),
    tooManyRequests: sum((one) => one.tooManyRequests),
  };
}

/** Numbers in [0, 1) that a seed decides (mulberry32, public domain). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function randomValue(random: () => number): number {
  const values = Object.values(VALUES);
  return values[Math.floor(random() * values.length)] ?? VALUES.green;
}

type Changing = Pick<ChaosOptions, 'changeMs'> & { random: () => number; signal: AbortSignal };

async function changeValues(shop: Shop, { random, changeMs, signal }: Changing): Promise<void> {
  while (!signal.aborted) {
    const metric = shop.metrics[Math.floor(random() * shop.metrics.length)] ?? '';
    await shop.set(metric, randomValue(random));
    await sleep(changeMs.least + random() * changeMs.more);
  }
}

/** Sets last values and waits until they are read, judged and told. */
async function settleDown(shop: Shop, child: SpawnedHeartbeat, random: () => number): Promise<void> {
  await child.ready;
  const last = new Map(shop.metrics.map((metric) => [metric, randomValue(random)]));
  for (const [metric, value] of last) await shop.set(metric, value);
  await until(
    'all last values read',
    async () => {
      const rows = await shop.ask<{ metric_id: string; value: number }>(
        'select metric_id, value from heartbeat.metric_state',
      );
      return rows.every(({ metric_id, value }) => last.get(metric_id) === value);
    },
    SETTLED_WITHIN_MS,
  );
  const isNone = async (statement: string): Promise<boolean> => (await shop.ask(statement)).length === 0;
  await until('all told up the ladder', async () => isNone(STILL_TO_CLIMB), SETTLED_WITHIN_MS);
  await until('no delivery waits', async () => isNone(STILL_TO_SEND), SETTLED_WITHIN_MS);
}
