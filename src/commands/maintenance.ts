import { z } from 'zod';
import { endWindow, listWindows, openWindow, type ChatWindow, type WindowRequest } from '../alerts/index.ts';
import {
  answerWindowDone,
  answerWindows,
  findMetric,
  parseMaintenance,
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
    // names have more words than one: where the time begins is found in all of them
    const text = [what, span, name].filter(Boolean).join(' ');
    const request = readRequest(context.deps, text);
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
    of: [...namesOf(deps, metrics), ...domains, ...sources],
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
  const of = [...namesOf(deps, metrics), ...domains, ...sources];
  return { name, until: endsAt, of, opened: { by, number } };
}

function namesOf({ registry }: CommandDeps, metrics: readonly string[]): string[] {
  return metrics.map((id) => registry.current().metrics.get(id)?.name ?? id);
}

/** `/maintenance all 2h Warehouse upgrade`, `growth 90m`, `checkout conversion 1d`, `marts.orders 30m`. */
function readRequest(deps: CommandDeps, text: string): WindowRequest {
  const { what, span, why } = parseMaintenance(text, (words) => findScope(deps, words) !== undefined);
  if (span === undefined)
    throw new InputError(
      'maintenance_unreadable',
      `/maintenance needs what and how long, such as /maintenance ${what} 2h.`,
      {
        details: { what },
      },
    );
  const scope = findScope(deps, what);
  if (!scope)
    throw new InputError(
      'maintenance_scope',
      `${what} is no metric, domain or source here. "all" is everything.`,
      {
        details: { what },
      },
    );
  return { ...scope, name: (why || what).slice(0, NAME_MAX), forMs: spanMs(span) };
}

type WindowScope = Pick<WindowRequest, 'metrics' | 'domains' | 'sources'>;

function findScope(deps: CommandDeps, what: string): WindowScope | undefined {
  const wanted = what.toLowerCase();
  const all = [...deps.registry.current().metrics.values()];
  if (wanted === 'all' || wanted === 'everything') return { metrics: [], domains: [], sources: [] };
  if (all.some(({ domain }) => domain === wanted)) return { metrics: [], domains: [wanted], sources: [] };
  const source = all.flatMap(({ sources }) => sources).find((one) => one.toLowerCase() === wanted);
  if (source !== undefined) return { metrics: [], domains: [], sources: [source] };
  const found = findMetric(what, all);
  return found.kind === 'one' ? { metrics: [found.metric.id], domains: [], sources: [] } : undefined;
}
