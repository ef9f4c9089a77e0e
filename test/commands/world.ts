/** Commands and presses over a real database, by whoever a test says; nothing is sent. */
import { answerPress, answerText, type CommandContext, type Pressed } from '../../src/commands/index.ts';
import type { Answer, PressAnswer } from '../../src/answers/index.ts';
import { lineText } from '../../src/answers/index.ts';
import type { Db } from '../../src/db/index.ts';
import type { Caller } from '../../src/people/index.ts';
import type { Person, Registry } from '../../src/registry/index.ts';
import {
  aCaller,
  aMetric,
  aRegistry,
  createDeps,
  fakeWarehouse,
  ivan,
  quietJobs,
  single,
  stoppedClock,
} from '../support/deps.ts';
import type { TestDeps } from '../support/deps.ts';

export const NOW = '2026-11-20T13:00:00Z';

export type CommandWorld = {
  deps: TestDeps;
  clock: ReturnType<typeof stoppedClock>;
  callerOf(person: Person): Caller;
  /** every answer to a text, in order */
  say(person: Person, text: string, over?: Over): Promise<Answer[]>;
  press(person: Person, data: string, over?: Over): Promise<PressedThere>;
};

/** What differs from a private chat on Telegram. */
export type Over = Partial<Pick<CommandContext, 'caller' | 'place' | 'openQuestion' | 'startUrl'>> & {
  roomTeams?: readonly string[];
};

/** A press with the messages that came of it. */
export type PressedThere = {
  toast: string;
  answers: Answer[];
  buttons: PressAnswer['buttons'];
  asks: Pressed['asks'];
};

export const vera: Person = {
  ...ivan,
  email: 'vera@shop.test',
  name: 'Vera',
  role: 'viewer',
  telegramId: 1003,
};
export const ada: Person = { ...ivan, email: 'ada@shop.test', name: 'Ada', role: 'admin', telegramId: 1004 };

export async function createCommandWorld(db: Db, over: Partial<Registry> = {}): Promise<CommandWorld> {
  const clock = stoppedClock(NOW);
  const deps = await createDeps({
    db,
    jobs: quietJobs,
    clock,
    warehouse: fakeWarehouse(() => single(1)).warehouse,
    registry: aRegistry([aMetric()], { people: [ivan, vera, ada], ...over }),
  });
  const callerOf = (person: Person): Caller => aCaller(person, { workspaceId: deps.workspaceId });
  const contextOf = (person: Person, { roomTeams = [], ...over }: Over = {}) => ({
    deps,
    caller: { ...callerOf(person), roomTeams },
    words: deps.wordsFor('en', 'Europe/Madrid'),
    place: { channel: 'telegram', chat: String(person.telegramId), topic: null } as const,
    ...over,
  });
  return {
    deps,
    clock,
    callerOf,
    say: (person, text, over) =>
      collect(answerText({ ...contextOf(person, over), text, botName: 'heartbeat', isPrivate: true })),
    async press(person, data, over) {
      const { toast, messages, asks } = await answerPress(contextOf(person, over), data);
      const answers = messages ? await collect(messages) : [];
      const { answer, buttons } = toast;
      return { toast: toast.toast, answers: answer ? [answer, ...answers] : answers, buttons, asks };
    },
  };
}

async function collect(answers: AsyncIterable<Answer>): Promise<Answer[]> {
  const all: Answer[] = [];
  for await (const answer of answers) all.push(answer);
  return all;
}

/** The lines of an answer without their marks. */
export function textOf(answer: Answer | undefined): string {
  return (answer?.lines ?? []).map(lineText).join('\n');
}

/** The data of an answer's buttons, in order. */
export function pressesOf(answer: Answer | undefined): string[] {
  return (answer?.buttons ?? []).flat().flatMap((button) => ('press' in button ? [button.press] : []));
}
