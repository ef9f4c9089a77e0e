import { setTimeout as sleep } from 'node:timers/promises';
import type { CallView, Person } from '../src/playground/bot-api/index.ts';
import { toSample } from './floor/sample.ts';
import { percentile } from './percentile.ts';
import { metricId } from './workspaces.ts';
import { preciseNow, startWorld, type World } from './world.ts';
import type { Bench, BenchRow } from './types.ts';

const PEOPLE = 200;
const FOR_MS = 60_000;
/** between an answer and the next thing a person does; a chat takes one message a second */
const THINKS_MS = 3_000;
const PATIENCE_MS = 10_000;
const GOAL_MS = 1_000;

/** A chat takes a message a second, with a margin for clocks: so long an answer may wait for the message before it. */
const PACE_MS = 1_050;

/** In ms: until the answer, and how much of that the chat's pace took. */
type Wait = { ms: number; pacedMs: number };
type Waits = { presses: number[]; commands: Wait[]; pictures: Wait[]; lost: number };

/** 200 people who press and ask at once for a minute, each in a chat of their own with an alert. */
export const crowdBench: Bench = {
  name: 'crowd',
  async run() {
    const world = await startWorld({ metrics: PEOPLE, people: PEOPLE, historyDays: 90 });
    try {
      await raiseAlerts(world);
      const waits: Waits = { presses: [], commands: [], pictures: [], lost: 0 };
      const until = preciseNow() + FOR_MS;
      await Promise.all(world.people.map((person, index) => live(world, { person, index, until, waits })));
      const isWhole = waits.lost === 0;
      return [
        rowOf('press → answered', waits.presses, isWhole),
        ...rowsOf('command → answer in words', waits.commands, isWhole),
        ...rowsOf('command → answer with a metric card', waits.pictures, isWhole),
        {
          figure: `${PEOPLE} people for a minute: presses and questions that nobody answered`,
          ours: toSample([waits.lost], '%'),
          peer: null,
          ratio: null,
          goal: '0',
          ok: isWhole,
        },
      ];
    } finally {
      await world.close();
    }
  },
};

/** Everybody has a red alert with its picture before the minute begins. */
async function raiseAlerts(world: World): Promise<void> {
  await world.signal(
    0,
    Array.from({ length: PEOPLE }, () => 3.1),
  );
  await Promise.all(world.people.map((_, index) => world.refresh(index)));
  while (!world.people.every((person) => world.lastMessage(person)?.photo)) await sleep(100);
}

type Life = { person: Person; index: number; until: number; waits: Waits };

/** Press, ask in words, ask for a picture, and again; everybody begins at another moment. */
async function live(world: World, { person, index, until, waits }: Life): Promise<void> {
  const id = world.lastMessage(person)?.id ?? 0;
  await sleep((THINKS_MS * index) / PEOPLE);
  for (let turn = 0; preciseNow() < until; turn += 1) {
    if (turn % 3 === 0) await press(world, { person, id, turn, waits });
    else if (turn % 3 === 1) await ask(world, person, { text: '/alerts', waits, into: waits.commands });
    else await ask(world, person, { text: `/metric ${metricId(index)}`, waits, into: waits.pictures });
    await sleep(THINKS_MS);
  }
}

type Pressing = { person: Person; id: number; turn: number; waits: Waits };

/** The alert as it looks by now: acked and given back in turn. */
async function press({ api }: World, { person, id, turn, waits }: Pressing): Promise<void> {
  const shown = api.messages(person).find((message) => message.id === id);
  if (!shown) throw new Error('An alert lost its message.');
  const pressed = await person.presses(shown, turn % 2 === 0 ? /Ack|Un-ack/ : /Why/);
  if (pressed.answered) waits.presses.push(pressed.afterMs);
  else waits.lost += 1;
}

type Question = { text: string; waits: Waits; into: Wait[] };

async function ask(world: World, person: Person, { text, waits, into }: Question): Promise<void> {
  const answered = nextFromBot(world, person);
  const { at } = person.sends(person, text);
  const answer = await answered;
  if (answer === null) waits.lost += 1;
  else into.push({ ms: answer - at, pacedMs: Math.max(0, findCallBefore(world, person) + PACE_MS - at) });
}

/** The instant of the last call to a chat before its answer; 0 where there was none. */
function findCallBefore({ api }: World, person: Person): number {
  const isTheirs = ({ chat, method }: CallView): boolean =>
    chat === String(person.id) && method !== 'sendChatAction';
  const answer = api.calls.findLast(isTheirs);
  return api.calls.findLast((call) => call !== answer && isTheirs(call))?.at ?? 0;
}

/** The instant of the bot's next message in a person's chat; null when none comes. */
function nextFromBot({ api }: World, person: Person): Promise<number | null> {
  return new Promise((resolve) => {
    const done = (at: number | null): void => {
      clearTimeout(timer);
      off();
      resolve(at);
    };
    const timer = setTimeout(() => done(null), PATIENCE_MS);
    const off = api.onChange((change) => {
      if (change.kind === 'message' && change.chat === person.id && change.message.from.isBot)
        done(preciseNow());
    });
  });
}

/** As people feel it, and without what their chat's own pace took: of that alone a goal can be asked. */
function rowsOf(what: string, waits: readonly Wait[], isWhole: boolean): BenchRow[] {
  const felt = waits.map(({ ms }) => ms);
  const own = waits.map(({ ms, pacedMs }) => Math.max(0, ms - pacedMs));
  return [
    { ...rowOf(what, felt, isWhole), goal: '–', ok: true },
    rowOf(`${what}, beyond the second between two messages of a chat`, own, isWhole),
  ];
}

function rowOf(what: string, waits: readonly number[], isWhole: boolean): BenchRow {
  const longest = percentile(waits, 100);
  const ours = { ...toSample(waits, 'ms'), median: percentile(waits, 95), max: longest };
  return {
    figure: `${PEOPLE} people for a minute: ${what}, p95 and longest of ${waits.length}`,
    ours,
    peer: null,
    ratio: null,
    goal: `none over ${GOAL_MS} ms`,
    ok: isWhole && waits.length > 0 && longest <= GOAL_MS,
  };
}
