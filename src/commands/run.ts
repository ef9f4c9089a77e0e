import {
  answerDidYouMean,
  answerError,
  answerPlanned,
  answerUnknownCommand,
  findMetric,
  parseCommandText,
  type Answer,
  type CommandText,
} from '../answers/index.ts';
import { HeartbeatError, InputError } from '../errors.ts';
import { requireRole } from '../people/index.ts';
import { answerStranger } from './greetings.ts';
import { commands } from './table.ts';
import type { Command, CommandContext } from './types.ts';
import { showCard } from './views.ts';

export type CommandRequest = Omit<CommandContext, 'commands'> & {
  text: string;
  botName: string;
  /** plain words are for the bot only in a private chat */
  isPrivate: boolean;
  /** nobody typed it: the platform has it shown, and that spends none of the person's commands */
  isUnasked?: boolean;
};

/** The names of all commands. */
export const NAMES = commands.map((command) => command.name);

/** Words that will be commands: who tries them is told so. */
const PLANNED: ReadonlySet<string> = new Set(['/discover', '/proposals']);

/**
 * Answers what somebody wrote: one answer, or several that follow each other in one message; none when it was not for this bot.
 * Never throws: an error is an answer.
 */
export async function* answerText(request: CommandRequest): AsyncGenerator<Answer> {
  const context: CommandContext = { ...request, commands };
  const parsed = parseCommandText(request.text, NAMES, request.botName);
  if (parsed.kind === 'other_bot' || (parsed.kind === 'text' && !request.isPrivate)) return;
  try {
    const { turns } = request.deps;
    if (request.isUnasked) turns.takeShowing(request.caller);
    else turns.take(request.caller);
    yield* answerParsed(context, parsed, request.text);
  } catch (error) {
    logUnexpected(context, error);
    yield answerError(error, context.words);
  }
}

async function* answerParsed(
  context: CommandContext,
  parsed: CommandText,
  text: string,
): AsyncGenerator<Answer> {
  if (parsed.kind === 'command') {
    const command = commands.find(({ name }) => name === parsed.name);
    if (command) yield* runCommand(context, command, parsed.args);
  } else if (!context.caller.person) {
    yield answerStranger(context);
  } else if (parsed.kind === 'text') {
    yield await answerPlainWords(context, text);
  } else if (parsed.kind === 'unknown') {
    const typed = `/${parsed.typed}`;
    yield PLANNED.has(typed.toLowerCase())
      ? answerPlanned({ typed }, context.words)
      : answerUnknownCommand({ typed, nearest: parsed.nearest }, context.words);
  }
}

/** Runs one command with its arguments as typed. Throws what the command throws. */
export async function* runCommand(
  context: CommandContext,
  command: Command,
  args: readonly string[],
): AsyncGenerator<Answer> {
  if (command.role !== 'anyone') {
    if (!context.caller.person) {
      yield answerStranger(context);
      return;
    }
    requireRole(context.caller, command.role);
  }
  const result = command.run(context, parseArgs(command, args));
  if (Symbol.asyncIterator in result) yield* result;
  else yield await result;
}

/** Reads the arguments of a command as typed. Throws InputError `arguments_invalid`. */
export function parseArgs(command: Command, words: readonly string[]): Record<string, unknown> {
  const last = command.positional.length - 1;
  const named = Object.fromEntries(
    command.positional.flatMap((name, index) => {
      const value = index === last ? words.slice(index).join(' ') : words[index];
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = command.args.safeParse(named);
  if (parsed.success) return parsed.data;
  const reason = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new InputError(
    'arguments_invalid',
    `/${command.name}: ${reason}. /help shows what each command takes.`,
    {
      details: { command: command.name, reason },
    },
  );
}

/** Plain words in a private chat: a metric's name shows its card, a command without its slash is told so, else the nearest metrics. */
async function answerPlainWords(context: CommandContext, text: string): Promise<Answer> {
  const found = findMetric(text, context.deps.registry.current().metrics.values());
  if (found.kind === 'one') return showCard(context, found.metric);
  const [first = ''] = text.trim().toLowerCase().split(/\s+/u);
  if (NAMES.includes(first)) return answerUnknownCommand({ typed: text, nearest: first }, context.words);
  return answerDidYouMean({ query: text, kind: found.kind, nearest: found.nearest }, context.words);
}

function logUnexpected({ deps, caller }: CommandContext, error: unknown): void {
  if (error instanceof HeartbeatError)
    deps.log.info({ code: error.code, actor: caller.actor, request: caller.requestId }, 'command refused');
  else deps.log.error({ err: error, actor: caller.actor, request: caller.requestId }, 'a command failed');
}
