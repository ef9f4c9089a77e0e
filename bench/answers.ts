import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageView, Person } from '../src/playground/bot-api/index.ts';
import { samplesOf } from './percentile.ts';
import { metricId } from './workspaces.ts';
import { preciseNow, startWorld, type World } from './world.ts';
import type { Bench, BenchRow } from './types.ts';

const BATCHES = 6;
const EACH = 26;
/** five domains, so that the cockpit of one has 31 tiles */
const METRICS = 155;
const DAYS = 90;
/** The bot may make 30 calls a second; nobody waits for another's turn. */
const PAUSE_MS = 130;

/** Asks something in a person's own chat and gives the instant of asking. */
type Ask = (world: World, person: Person, index: number) => Promise<number>;

/** Presses and commands of people who each have a chat of their own, until the answer is there. */
export const answersBench: Bench = {
  name: 'answers',
  async run() {
    const world = await startWorld({ metrics: METRICS, people: METRICS + 1, historyDays: DAYS });
    try {
      const card = await takeAnswers(world, askForCard, hasPicture);
      const cockpit = await takeAnswers(world, askForCockpit, hasPicture);
      const presses = await takePresses(world);
      // with 155 open alerts to speak of
      const words = await takeAnswers(world, askInWords, isFromBot);
      return [
        rowOf('press → answered, p95', presses, 50),
        rowOf('command → answer without a picture, p95', words, 100),
        rowOf('command → answer with a metric card, drawn anew, p95', card, 400),
        rowOf('command → answer with a cockpit of 31 tiles, one changed, p95', cockpit, 400),
      ];
    } finally {
      await world.close();
    }
  },
};

/** Answers by batch; each batch asks other people, so that no chat is paced. */
async function takeAnswers(
  world: World,
  ask: Ask,
  isAnswer: (message: MessageView) => boolean,
): Promise<number[][]> {
  const batches: number[][] = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const times: number[] = [];
    for (let index = batch * EACH; index < (batch + 1) * EACH; index += 1) {
      const person = personOf(world, index);
      const answered = nextMessage(world, person, isAnswer);
      const askedAt = await ask(world, person, index);
      times.push((await answered) - askedAt);
      await sleep(PAUSE_MS);
    }
    batches.push(times);
  }
  return batches;
}

function personOf({ people }: World, index: number): Person {
  const person = people[index];
  if (!person) throw new Error(`There are ${people.length} people, none of number ${index}.`);
  return person;
}

function nextMessage(
  { api }: World,
  person: Person,
  isAnswer: (message: MessageView) => boolean,
): Promise<number> {
  return new Promise((resolve) => {
    const off = api.onChange((change) => {
      if (change.kind !== 'message' && change.kind !== 'edit') return;
      if (change.chat !== person.id || !isAnswer(change.message)) return;
      off();
      resolve(preciseNow());
    });
  });
}

const isFromBot = (message: MessageView): boolean => message.from.isBot;
const hasPicture = (message: MessageView): boolean => isFromBot(message) && message.photo !== null;

const WORDS = ['/help', '/whoami', '/why', '/alerts', '/docs'] as const;

async function askInWords(_: World, person: Person, index: number): Promise<number> {
  const word = WORDS[index % WORDS.length] ?? '/help';
  return person.sends(person, word === '/why' ? `/why ${metricId(index % METRICS)}` : word).at;
}

async function askForCard(_: World, person: Person, index: number): Promise<number> {
  return person.sends(person, `/metric ${metricId(index % METRICS)}`).at;
}

/** Another value in one tile before each question. */
async function askForCockpit(world: World, person: Person, index: number): Promise<number> {
  const metric = (index % (METRICS / 5)) * 5;
  await world.signal(metric, [4.3 + (index % 40) / 100]);
  await world.refresh(metric);
  return person.sends(person, '/cockpit d0').at;
}

/** An alert for each person, acked by that person. */
async function takePresses(world: World): Promise<number[][]> {
  await world.signal(
    0,
    Array.from({ length: METRICS }, () => 3.1),
  );
  const batches: number[][] = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const times: number[] = [];
    for (let index = batch * EACH; index < Math.min((batch + 1) * EACH, METRICS); index += 1) {
      const person = personOf(world, index);
      const told = nextMessage(world, person, isFromBot);
      await world.refresh(index);
      await told;
      // its picture follows by an edit, as in the life of a person who reads before pressing
      await sleep(PAUSE_MS);
      const pressed = await person.presses(world.lastMessage(person) as MessageView, /Ack/);
      if (!pressed.answered) throw new Error('A press was not answered.');
      times.push(pressed.afterMs);
    }
    batches.push(times);
  }
  return batches;
}

/** The first batch warms everything up. */
function rowOf(figure: string, batches: readonly number[][], goalMs: number): BenchRow {
  const ours = samplesOf(batches.slice(1), 95);
  return { figure, ours, peer: null, ratio: null, goal: `≤ ${goalMs} ms`, ok: ours.median <= goalMs };
}
