import type { CallView } from '../src/playground/bot-api/index.ts';
import { toSample } from './floor/sample.ts';
import type { Bench, BenchRow } from './types.ts';
import { metricId } from './workspaces.ts';
import { preciseNow, startWorld, type World } from './world.ts';

const ROUNDS = 6;
const STORM = 300;
/** Each round has metrics and rooms of its own: a group that was told much has to wait. */
const METRICS_A_ROUND = STORM + 1;
const CALM_GOAL_MS = 2_000;
const STORM_GOAL_MS = 5_000;

const stormyRoom = (round: number): number => -1_000 - round;
const calmRoom = (round: number): number => -2_000 - round;

/** 300 alerts for one room at once, and one for another: when each hears. */
export const stormBench: Bench = {
  name: 'storm',
  async run() {
    const world = await startWorld({
      metrics: ROUNDS * METRICS_A_ROUND,
      people: 1,
      rooms: roomsOf(),
      teams: (index) => {
        const round = Math.floor(index / METRICS_A_ROUND);
        return index % METRICS_A_ROUND === STORM ? `calm${round}` : `stormy${round}`;
      },
    });
    try {
      for (let round = 0; round < ROUNDS; round += 1)
        for (const id of [stormyRoom(round), calmRoom(round)])
          world.api.group({ id, title: `Room ${id}`, members: world.people });
      const taken: Taken[] = [];
      for (let round = 0; round < ROUNDS; round += 1) taken.push(await takeRound(world, round));
      return toRows(taken.slice(1));
    } finally {
      await world.close();
    }
  },
};

function roomsOf(): string {
  const lines = Array.from(
    { length: ROUNDS },
    (_, round) => `  - {telegram: ${stormyRoom(round)}, teams: [stormy${round}]}
  - {telegram: ${calmRoom(round)}, teams: [calm${round}]}\n`,
  );
  return `rooms:\n${lines.join('')}`;
}

/** From the first commit: to the call that tells the storm, and to the call for the other room. */
type Taken = { stormMs: number; calmMs: number };

async function takeRound(world: World, round: number): Promise<Taken> {
  const from = round * METRICS_A_ROUND;
  await world.signal(
    from,
    Array.from({ length: METRICS_A_ROUND }, () => 3.1),
  );
  const committed = nextCommit(world);
  const storm = nextCall(world, stormyRoom(round), /alerts/);
  const calm = nextCall(world, calmRoom(round), /./);
  const all = Array.from({ length: METRICS_A_ROUND }, (_, index) => metricId(from + index));
  await Promise.all(all.map((id) => world.running.deps.pulse.refresh(id)));
  const [at, stormAt, calmAt] = await Promise.all([committed, storm, calm]);
  return { stormMs: stormAt - at, calmMs: calmAt - at };
}

/** The outbox's bell rings right after a commit. */
function nextCommit({ running }: World): Promise<number> {
  const { outbox } = running.deps;
  const ring = outbox.kick;
  return new Promise((resolve) => {
    outbox.kick = () => {
      outbox.kick = ring;
      resolve(preciseNow());
      ring();
    };
  });
}

/** When the next message for a chat whose words match begins to be sent. */
function nextCall({ api }: World, chat: number, words: RegExp): Promise<number> {
  return new Promise((resolve) => {
    const off = api.onChange((change) => {
      if (change.kind !== 'call' || change.call.ok !== null || !isFor(change.call, chat, words)) return;
      off();
      resolve(change.call.at);
    });
  });
}

function isFor({ chat, params }: CallView, wanted: number, words: RegExp): boolean {
  const text = params['text'] ?? params['caption'];
  return chat === String(wanted) && typeof text === 'string' && words.test(text);
}

function toRows(taken: readonly Taken[]): BenchRow[] {
  const storm = toSample(
    taken.map(({ stormMs }) => stormMs),
    'ms',
  );
  const calm = toSample(
    taken.map(({ calmMs }) => calmMs),
    'ms',
  );
  const alone = { peer: null, ratio: null };
  return [
    {
      figure: `storm of ${STORM} alerts: first commit → its message begins`,
      ours: storm,
      ...alone,
      goal: `≤ ${STORM_GOAL_MS / 1_000} s`,
      ok: storm.max <= STORM_GOAL_MS,
    },
    {
      figure: `storm of ${STORM} alerts: first commit → another room’s own alert begins`,
      ours: calm,
      ...alone,
      goal: `≤ ${CALM_GOAL_MS / 1_000} s`,
      ok: calm.max <= CALM_GOAL_MS,
    },
  ];
}
