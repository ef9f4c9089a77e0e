import { z } from 'zod';
import {
  answerCancel,
  answerHelp,
  answerNotMember,
  answerStart,
  answerWhoami,
  type Answer,
} from '../answers/index.ts';
import { loadOrigins } from '../people/index.ts';
import { commandsOf } from './listed.ts';
import { defineCommand, type CommandContext } from './types.ts';
import { START_PREFIX } from './watchlist.ts';
import { showShared } from './watchlist-views.ts';

/** All a stranger is told: their own id, and how to ask for access; in private with a button for that. */
export function answerStranger({ caller, words, place }: CommandContext): Answer {
  const [platform, id = ''] = caller.actor.split(':');
  const mayAsk = place?.channel === 'telegram' ? place.chat === id : place?.channel === 'slack';
  return answerNotMember({ platform: platform === 'slack' ? 'slack' : 'telegram', id, mayAsk }, words);
}

/** Who the caller is here, and where that comes from. */
export async function showSelf(context: CommandContext): Promise<Answer> {
  const { caller, deps, words } = context;
  if (!caller.person) return answerStranger(context);
  const origins = await loadOrigins(deps, caller.person);
  return answerWhoami(
    { person: caller.person, workspace: deps.registry.current().workspace.name, origins },
    words,
  );
}

/** The help of a caller: what this person may do here. */
export function showHelp({ caller, deps, words, commands }: CommandContext): Answer {
  const allowed = commandsOf(commands, caller.person, deps.registry.current());
  return answerHelp(
    allowed.map(({ name }) => ({ name, summary: `command-${name}` })),
    words,
  );
}

export const start = defineCommand({
  name: 'start',
  role: 'anyone',
  args: z.object({ payload: z.string().optional() }),
  positional: ['payload'],
  reads: () => true,
  async run(context, { payload }) {
    const { caller, deps, words } = context;
    if (!caller.person) return answerStranger(context);
    if (payload?.startsWith(START_PREFIX)) return showShared(context, payload.slice(START_PREFIX.length));
    return answerStart(
      { name: caller.person.name, workspace: deps.registry.current().workspace.name },
      words,
    );
  },
});

export const help = defineCommand({
  name: 'help',
  role: 'viewer',
  args: z.object({}),
  positional: [],
  reads: () => true,
  run: async (context) => showHelp(context),
});

export const whoami = defineCommand({
  name: 'whoami',
  role: 'anyone',
  args: z.object({}),
  positional: [],
  reads: () => true,
  run: showSelf,
});

export const cancel = defineCommand({
  name: 'cancel',
  role: 'anyone',
  args: z.object({}),
  positional: [],
  async run(context) {
    const dropped = (await context.dropQuestion?.()) ?? false;
    return dropped || context.caller.person ? answerCancel(dropped, context.words) : answerStranger(context);
  },
});
