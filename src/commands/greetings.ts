import { z } from 'zod';
import {
  answerCancel,
  answerHelp,
  answerNotMember,
  answerStart,
  answerWhoami,
  type Answer,
} from '../answers/index.ts';
import { hasRole } from '../people/index.ts';
import { defineCommand, type CommandContext } from './types.ts';
import { START_PREFIX } from './watchlist.ts';
import { showShared } from './watchlist-views.ts';

/** All a stranger is told: their own id, and how to ask for access. */
export function answerStranger({ caller, words }: CommandContext): Answer {
  const [platform, id = ''] = caller.actor.split(':');
  return answerNotMember({ platform: platform === 'slack' ? 'slack' : 'telegram', id }, words);
}

/** The help of a caller: what this person may do here. */
export function showHelp({ caller, words, commands }: CommandContext): Answer {
  const allowed = commands.filter(
    ({ role }) => role === 'anyone' || (caller.role !== null && hasRole(caller.role, role)),
  );
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
  run: async (context) => showHelp(context),
});

export const whoami = defineCommand({
  name: 'whoami',
  role: 'anyone',
  args: z.object({}),
  positional: [],
  async run(context) {
    const { caller, deps, words } = context;
    if (!caller.person) return answerStranger(context);
    return answerWhoami({ person: caller.person, workspace: deps.registry.current().workspace.name }, words);
  },
});

export const cancel = defineCommand({
  name: 'cancel',
  role: 'viewer',
  args: z.object({}),
  positional: [],
  run: async ({ words, dropQuestion }) => answerCancel((await dropQuestion?.()) ?? false, words),
});
