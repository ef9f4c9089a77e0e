import {
  findAlertRecord,
  giveFeedback,
  pressAlert,
  type AlertAction,
  type PressRefusal,
  type Verdict,
} from '../alerts/index.ts';
import {
  alertButtons,
  nextWorkingMorning,
  snoozeMenuButtons,
  type Press,
  type PressedAlert,
  type PressOutcome,
} from '../answers/index.ts';
import { loadAlertView } from '../messages/index.ts';
import { toastOf, type Pressed } from './pressed.ts';
import { prepareUntil } from './questions.ts';
import type { CommandContext } from './types.ts';

const KINDS = [
  'ack',
  'unack',
  'snooze',
  'snooze_workday',
  'snooze_ask',
  'snooze_menu',
  'back',
  'real',
  'noise',
] as const satisfies readonly Press['kind'][];

/** A press under an alert that is answered at once, by a toast or by other buttons. */
export type AlertPress = Extract<Press, { kind: (typeof KINDS)[number] }>;

/** Tells such a press from the others. */
export function isAlertPress(press: Press): press is AlertPress {
  return KINDS.some((kind) => kind === press.kind);
}

/** Does what a button under an alert says. Throws what the verbs throw. */
export async function doAlertPress(context: CommandContext, press: AlertPress): Promise<Pressed> {
  switch (press.kind) {
    case 'ack':
    case 'unack':
      return actOn(context, press, { kind: press.kind });
    case 'snooze':
      return actOn(context, press, {
        kind: 'snooze',
        until: new Date(context.deps.clock.now().getTime() + press.forMs),
      });
    case 'snooze_workday': {
      const until = nextWorkingMorning(context.deps.clock.now(), context.caller.timezone);
      return actOn(context, press, { kind: 'snooze', until });
    }
    case 'snooze_ask':
      return askUntil(context, press);
    case 'real':
    case 'noise':
      return rate(context, press, press.kind);
    case 'snooze_menu':
      return { toast: { toast: '', buttons: snoozeMenuButtons(press, context.words) }, messages: null };
    case 'back':
      return showButtons(context, press);
  }
}

async function actOn(context: CommandContext, press: PressedAlert, action: AlertAction): Promise<Pressed> {
  const { deps, caller, place } = context;
  const outcome = await pressAlert(deps, caller, {
    alert: { number: press.alert },
    version: press.version,
    action,
    place,
  });
  if (outcome.refusal) return toastOf(context, await explain(context, press, outcome.refusal));
  if (action.kind === 'snooze') return toastOf(context, { kind: 'snoozed', until: action.until });
  return toastOf(context, { kind: action.kind === 'ack' ? 'acked' : 'unacked' });
}

async function askUntil(context: CommandContext, press: PressedAlert): Promise<Pressed> {
  const asked = await prepareUntil(context, press);
  if (asked.kind === 'refused') return toastOf(context, asked.outcome);
  const { question, answer, buttons } = asked;
  return { toast: { toast: '', buttons }, messages: null, asks: { question, answer } };
}

async function rate(context: CommandContext, press: PressedAlert, verdict: Verdict): Promise<Pressed> {
  const { deps, caller } = context;
  const { isNew } = await giveFeedback(deps, caller, { alert: { number: press.alert }, verdict });
  return toastOf(context, { kind: 'rated', verdict, isNew });
}

/** A press on an alert that is over says when it ended. */
async function explain(
  { deps }: CommandContext,
  press: PressedAlert,
  refusal: PressRefusal,
): Promise<PressOutcome> {
  if (refusal.kind !== 'no_alert') return refusal;
  const alert = await findAlertRecord(deps.db, deps.workspaceId, { number: press.alert });
  return alert?.resolvedAt ? { kind: 'closed', number: alert.number, at: alert.resolvedAt } : refusal;
}

async function showButtons({ deps, words }: CommandContext, press: PressedAlert): Promise<Pressed> {
  const view = await loadAlertView(deps, { number: press.alert }, words);
  return {
    toast: view ? { toast: '', buttons: alertButtons(view, words) } : { toast: words.t('toast-no-alert') },
    messages: null,
  };
}
