import { z } from 'zod';
import { endWindow, listWindows, openWindow, type ChatWindow, type WindowRequest } from '../alerts/index.ts';
import {
  answerWindowDone,
  answerWindows,
  findMetric,
  parseSpan,
  type Answer,
  type WindowFact,
} from '../answers/index.ts';
import { InputError } from '../errors.ts';
import { nameOfPeople } from '../messages/index.ts';
import { spanMs } from '../lib/time.ts';
import { defineCommand, type CommandContext, type CommandDeps } from './types.ts';

const NAME_MAX = 60;

export const maintenance = defineCommand({
  name: 'maintenance',
  role: 'viewer',
  acts: { role: 'approver', orOwner: false },
  args: z.object({ what: z.string().optional(), span: z.string().optional(), name: z.string().optional() }),
  positional: ['what', 'span', 'name'],
  reads: ({ what }) => what === undefined,
  async run(context, { what, span, name }) {
    if (what === undefined) return showWindows(context);
    const request = readRequest(context.deps, { what, span, name });
    const window = await openWindow(context.deps, context.caller, request);
    return answerWindowDone(
      { window: toFact(context.deps, window), done: 'opened', now: context.deps.clock.now() },
      context.words,
    );
  },
});

/** The maintenance windows that are open, by file and by chat. */
async function showWindows({ deps, words }: CommandContext): Promise<Answer> {
  const now = deps.clock.now();
  const opened = await listWindows(deps.db, deps.workspaceId, now);
  const byFile = deps.maintenanceAt(now).map(({ name, until, metrics, domains, sources }): WindowFact => ({
    name,
    until,
    of: [...metrics, ...domains, ...sources],
    opened: null,
  }));
  const windows = [...byFile, ...opened.map((window) => toFact(deps, window))];
  return answerWindows({ windows, now }, words);
}

/** Ends a window that somebody opened in chat. Throws what `endWindow` throws. */
export async function endPressedWindow(
  { deps, caller, words }: CommandContext,
  number: number,
): Promise<string> {
  await endWindow(deps, caller, number);
  deps.outbox.kick();
  return words.t('maintenance-ended-effect');
}

function toFact(deps: CommandDeps, window: ChatWindow): WindowFact {
  const { name, endsAt, metrics, domains, sources, createdBy, number } = window;
  const by = nameOfPeople(deps)(createdBy);
  return { name, until: endsAt, of: [...metrics, ...domains, ...sources], opened: { by, number } };
}

type Typed = { what: string; span: string | undefined; name: string | undefined };

/** `/maintenance all 2h Warehouse upgrade`, `growth 90m`, `checkout_conversion 1d`, `marts.orders 30m`. */
function readRequest(deps: CommandDeps, { what, span, name }: Typed): WindowRequest {
  const length = span === undefined ? undefined : parseSpan(span.toLowerCase());
  if (length === undefined)
    throw new InputError(
      'maintenance_unreadable',
      `/maintenance needs what and how long, such as /maintenance ${what} 2h.`,
      {
        details: { what },
      },
    );
  return {
    ...scopeOf(deps, what),
    name: (name ?? what).slice(0, NAME_MAX),
    forMs: spanMs(length),
  };
}

function scopeOf(deps: CommandDeps, what: string): Pick<WindowRequest, 'metrics' | 'domains' | 'sources'> {
  const wanted = what.toLowerCase();
  const all = [...deps.registry.current().metrics.values()];
  if (wanted === 'all' || wanted === 'everything') return { metrics: [], domains: [], sources: [] };
  if (all.some(({ domain }) => domain === wanted)) return { metrics: [], domains: [wanted], sources: [] };
  const source = all.flatMap(({ sources }) => sources).find((one) => one.toLowerCase() === wanted);
  if (source !== undefined) return { metrics: [], domains: [], sources: [source] };
  const found = findMetric(what, all);
  if (found.kind === 'one') return { metrics: [found.metric.id], domains: [], sources: [] };
  throw new InputError(
    'maintenance_scope',
    `${what} is no metric, domain or source here. "all" is everything.`,
    {
      details: { what },
    },
  );
}
