import { z } from 'zod';
import { addNote, listAlerts, NOTE_MAX, type AlertKey, type NoteAdded } from '../alerts/index.ts';
import { answerError, answerNoted, type Answer } from '../answers/index.ts';
import { HeartbeatError, InputError } from '../errors.ts';
import type { Registry } from '../registry/index.ts';
import { findOpenAlertOf, parseAlertNumber } from './choose.ts';
import { defineCommand, type CommandContext } from './types.ts';

type Context = Omit<CommandContext, 'commands'>;

/** What became of a note; `isPlain`: it was taken as it is, which a sign may say instead. */
export type NoteReply = { answer: Answer; isPlain: boolean };

/** Takes words that answer an alert's message as a note. Never throws: an error is an answer. */
export async function noteReply(context: Context, alertId: string, text: string): Promise<NoteReply> {
  const { deps, caller, words } = context;
  try {
    deps.turns.take(caller);
    const added = await addNote(deps, caller, { alert: { id: alertId }, text });
    return { answer: noted(context, added), isPlain: !added.isCut };
  } catch (error) {
    const facts = { actor: caller.actor, request: caller.requestId };
    if (error instanceof HeartbeatError) deps.log.info({ ...facts, code: error.code }, 'a note was refused');
    else deps.log.error({ ...facts, err: error }, 'a note failed');
    return { answer: answerError(error, words), isPlain: false };
  }
}

function noted({ deps, words }: Context, { alert, isCut }: NoteAdded): Answer {
  const metric = deps.registry.current().metrics.get(alert.metricId)?.name ?? alert.metricId;
  return answerNoted({ number: alert.number, metric, most: isCut ? NOTE_MAX : null }, words);
}

export const note = defineCommand({
  name: 'note',
  role: 'viewer',
  acts: { role: 'operator', orOwner: true },
  args: z.object({ text: z.string().optional() }),
  positional: ['text'],
  async run(context, args) {
    const { alert, text } = await readNote(context, writtenText(context, args.text ?? ''));
    return noted(context, await addNote(context.deps, context.caller, { alert, text }));
  },
});

/** Arguments are words; a note keeps its lines and quotes as they were written. */
function writtenText({ text }: CommandContext, args: string): string {
  return text?.replace(/^\s*\/note(?:@\S+)?(?:_|\s+|$)/iu, '') ?? args;
}

/** `A-1042 words`, `cr words`, or words alone where one alert is open. Throws InputError `note_which`. */
async function readNote(
  { deps }: CommandContext,
  written: string,
): Promise<{ alert: AlertKey; text: string }> {
  const [, first = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/u.exec(written) ?? [];
  const number = parseAlertNumber(first);
  if (number !== undefined) return { alert: { number }, text: rest };
  const named = splitName(deps.registry.current(), written.trimStart());
  const ofMetric = named && (await findOpenAlertOf(deps, named.metricId));
  if (ofMetric) return { alert: { id: ofMetric.id }, text: named.rest };
  const [only, ...others] = await listAlerts(deps.db, deps.workspaceId, { limit: 2 });
  if (only && others.length === 0) return { alert: { id: only.id }, text: written };
  throw new InputError('note_which', 'Say which alert the note is about: /note A-1042 and your words.');
}

/** Only a whole id, name or synonym, the longest: a note may begin with any word. */
function splitName({ metrics }: Registry, text: string): { metricId: string; rest: string } | undefined {
  const lower = text.toLowerCase();
  const begins = [...metrics.values()].flatMap(({ id, name, synonyms }) =>
    [id, name, ...synonyms]
      .filter((known) => lower.startsWith(known.toLowerCase()) && /^(\s|$)/u.test(text.slice(known.length)))
      .map((known) => ({ metricId: id, length: known.length })),
  );
  const [longest] = begins.toSorted((a, b) => b.length - a.length);
  return longest && { metricId: longest.metricId, rest: text.slice(longest.length).trimStart() };
}
