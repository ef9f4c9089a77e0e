import { z } from 'zod';
import { pressAlert, type AlertAction, type AlertRecord } from '../alerts/index.ts';
import { answerChooseAlert, answerDone, answerRefusal, splitSnooze, type Answer } from '../answers/index.ts';
import { InputError } from '../errors.ts';
import { HOUR } from '../lib/time.ts';
import { loadAlertView, nameOfPeople } from '../messages/index.ts';
import { chooseOpenAlert } from './choose.ts';
import { defineCommand, type CommandContext } from './types.ts';

const DONE = { ack: 'acked', unack: 'unacked', snooze: 'snoozed' } as const;

/** What to do with which alert; `version` is what the person saw, null for the alert as it is now. */
export type Act = { alert: Pick<AlertRecord, 'id'>; action: AlertAction; version: number | null };

/** Acts on an alert for a caller, and says what became of it. Throws what `pressAlert` throws. */
export async function act(
  context: Pick<CommandContext, 'deps' | 'caller' | 'words'>,
  { alert, action, version }: Act,
): Promise<Answer> {
  const { deps, caller, words } = context;
  const outcome = await pressAlert(deps, caller, { alert: { id: alert.id }, version, action, place: null });
  const options = { words, now: deps.clock.now(), nameOf: nameOfPeople(deps) };
  if (outcome.refusal) return answerRefusal(outcome.refusal, options);
  const view = await loadAlertView(deps, { id: alert.id }, words);
  if (!view) return answerRefusal({ kind: 'no_alert' }, options);
  return answerDone({ view, done: DONE[action.kind] }, words);
}

/** Acts on the alert that is named, on the only one there is, or asks which. */
async function actOnNamed(
  context: CommandContext,
  query: string | undefined,
  action: AlertAction,
): Promise<Answer> {
  const ask = (alerts: Parameters<typeof answerChooseAlert>[0]['alerts']) =>
    answerChooseAlert({ alerts, action: action.kind }, context.words);
  const chosen = await chooseOpenAlert(context, query, ask);
  return chosen.kind === 'ask' ? chosen.answer : act(context, { alert: chosen.value, action, version: null });
}

export const ack = defineCommand({
  name: 'ack',
  role: 'viewer',
  acts: { role: 'operator', orOwner: true },
  args: z.object({ alert: z.string().optional() }),
  positional: ['alert'],
  run: (context, args) => actOnNamed(context, args.alert, { kind: 'ack' }),
});

export const unack = defineCommand({
  name: 'unack',
  role: 'viewer',
  acts: { role: 'operator', orOwner: true },
  args: z.object({ alert: z.string().optional() }),
  positional: ['alert'],
  run: (context, args) => actOnNamed(context, args.alert, { kind: 'unack' }),
});

export const snooze = defineCommand({
  name: 'snooze',
  role: 'viewer',
  acts: { role: 'operator', orOwner: true },
  args: z.object({ alert: z.string().optional() }),
  positional: ['alert'],
  run(context, args) {
    const { query, until } = readSnooze(context, args.alert ?? '');
    return actOnNamed(context, query, { kind: 'snooze', until });
  },
});

/** `/snooze A-1042 until tomorrow 8:30`, `/snooze 4h`, `/snooze cr`: an hour when no time is said. */
function readSnooze(
  { deps, caller }: CommandContext,
  text: string,
): { query: string | undefined; until: Date } {
  const now = deps.clock.now();
  const { query, until } = splitSnooze(text, now, caller.timezone);
  if (until === null) return { query, until: new Date(now.getTime() + HOUR) };
  if (until.kind === 'until') return { query, until: until.until };
  const details = { text: until.text };
  if (until.kind === 'out_of_range')
    throw new InputError('snooze_out_of_range', `"${until.text}" is not within the next 30 days.`, {
      details,
    });
  throw new InputError(
    'snooze_unreadable',
    `"${until.text}" is no time until which an alert can be snoozed.`,
    { details },
  );
}
