import type { z } from 'zod';
import type { Answer, HealthFacts, Words } from '../answers/index.ts';
import type { Deps } from '../deps.ts';
import type { Place } from '../delivery/index.ts';
import type { Caller } from '../people/index.ts';
import type { Pulse } from '../pulse/index.ts';
import type { Person, Role } from '../registry/index.ts';
import type { Question } from './questions.ts';
import type { Turns } from './rate-limit.ts';

/** What commands are given besides the caller: everything, and the pulse to ask for a refresh. */
export type CommandDeps = Deps & {
  pulse: Pick<Pulse, 'refresh'>;
  /** how much each person has asked of this process */
  turns: Turns;
  /** an address that signs one person in, once, and leads on to a page: for a private chat only */
  loginUrl(person: Person, path: string): Promise<string>;
  /** how every part of this process is: what /readyz says */
  readiness(): Promise<Pick<HealthFacts, 'parts' | 'lastLoopAt'>>;
};

export type CommandContext = {
  deps: CommandDeps;
  caller: Caller;
  words: Words;
  /** where the command was sent; null on doors that have no chat */
  place: Place | null;
  /** what the platform calls who asks: for people who decide about them, it proves nothing */
  callerName?: string;
  /** what was written, where a command was written; the arguments are its words */
  text?: string;
  /** drops the question that waits for this caller's words here, and tells whether there was one; absent where none are asked */
  dropQuestion?: () => Promise<boolean>;
  /** lets a question wait for this caller's next words here; absent where none are asked */
  openQuestion?: (question: Question) => Promise<void>;
  /** an address that opens the bot with `/start <payload>`, at most 64 of `A-Za-z0-9_-`; absent where the platform has none */
  startUrl?: (payload: string) => string | null;
  /** the whole table: what help lists */
  commands: readonly Command[];
};

/** One answer, or several that follow each other in one message. */
export type CommandResult = Promise<Answer> | AsyncIterable<Answer>;

/** The least role to act; `orOwner`: owners act on their own metrics whatever their role. */
type Acts = { role: Role; orOwner: boolean };

/**
 * A command as data: every door iterates the table. `positional` names the arguments in the order they are typed; the last one
 * takes the rest of the line. What it does is told by the message `command-<name>`.
 */
export type Command = {
  name: string;
  /** the least role; `anyone` also answers strangers */
  role: Role | 'anyone';
  /** what acting by it takes, where that is more than `role`: help and menus list it for these people only */
  acts?: Acts;
  args: z.ZodObject;
  positional: readonly string[];
  /** tells whether these words merely show something: then the answer may be made again, for others; absent where they never do */
  reads?(args: Record<string, unknown>, text: string): boolean;
  run(context: CommandContext, args: Record<string, unknown>): CommandResult;
};

/** Ties the types of a command's arguments to its `run`. */
export function defineCommand<Shape extends z.ZodRawShape>(command: {
  name: string;
  role: Command['role'];
  acts?: Acts;
  args: z.ZodObject<Shape>;
  positional: readonly (keyof Shape & string)[];
  reads?(args: z.infer<z.ZodObject<Shape>>, text: string): boolean;
  run(context: CommandContext, args: z.infer<z.ZodObject<Shape>>): CommandResult;
}): Command {
  return command;
}
