import { z } from 'zod';
import { pressAlert, type AlertAction, type AlertRecord } from '../alerts/index.ts';
import { answerChooseAlert, answerDone, answerRefusal, parseSnooze, type Answer } from '../answers/index.ts';
import { InputError } from '../errors.ts';
import { HOUR } from '../lib/time.ts';
import { loadAlertView, nameOfPeople } from '../messages/index.ts';
import { chooseOpenAlert } from './choose.ts';
import { defineCommand, type CommandContext } from './types.ts';

const DONE = { ack: 'acked', unack: 'unacked', snooze: 'snoozed' } as const;

async function act(context: CommandContext, alert: AlertRecord, action: AlertAction): Promise<Answer> {
  const { deps, caller, words } = context;
  const outcome = await pressAlert(deps, caller, {
    alert: { id: alert.id },
    version: null,
    action,
    place: null,
  });
  const options = { words, now: deps.clock.now(), nameOf: nameOfPeople(deps) };
  if (outcome.refusal) return answerRefusal(outcome.refusal, options);
  const view = await loadAlertView(deps, { id: alert.id }, words);
  if (!view) return answerRefusal({ kind: 'no_alert' }, options);
  return answerDone({ view, done: DONE[action.kind] }, words);
}

export const ack = defineCommand({
  name: 'ack',
  role: 'viewer',
  args: z.object({ alert: z.string().optional() }),
  positional: ['alert'],
  async run(context, args) {
    const ask = (alerts: Parameters<typeof answerChooseAlert>[0]['alerts']) =>
      answerChooseAlert({ alerts, action: 'ack' }, context.words);
    const chosen = await chooseOpenAlert(context, args.alert, ask);
    return chosen.kind === 'ask' ? chosen.answer : act(context, chosen.value, { kind: 'ack' });
  },
});

export const snooze = defineCommand({
  name: 'snooze',
  role: 'viewer',
  args: z.object({ alert: z.string().optional() }),
  positional: ['alert'],
  async run(context, args) {
    const { query, until } = readSnooze(context, args.alert);
    const ask = (alerts: Parameters<typeof answerChooseAlert>[0]['alerts']) =>
      answerChooseAlert({ alerts, action: 'snooze' }, context.words);
    const chosen = await chooseOpenAlert(context, query, ask);
    return chosen.kind === 'ask' ? chosen.answer : act(context, chosen.value, { kind: 'snooze', until });
  },
});

/** `/snooze A-1042 4h`, `/snooze 4h`, `/snooze cr`: a span may end the line; an hour without one. */
function readSnooze(
  { deps, caller }: CommandContext,
  text: string | undefined,
): { query: string | undefined; until: Date } {
  const now = deps.clock.now();
  const words = (text ?? '').trim().split(/\s+/u).filter(Boolean);
  const last = words.at(-1);
  const span =
    last !== undefined && /^\d+\s*\p{L}+$/u.test(last) ? parseSnooze(last, now, caller.timezone) : undefined;
  if (span && span.kind !== 'until') {
    throw new InputError(
      'snooze_unreadable',
      `"${last}" is no span of time that an alert can be snoozed for.`,
      { details: { text: last ?? '' } },
    );
  }
  const query = (span ? words.slice(0, -1) : words).join(' ');
  return { query: query === '' ? undefined : query, until: span?.until ?? new Date(now.getTime() + HOUR) };
}
