import {
  answerError,
  describeAlert,
  isListPress,
  isPeoplePress,
  lineText,
  parsePress,
  type Answer,
  type ListPress,
  type PeoplePress,
  type Press,
  type PressedAlert,
  type PressSubject,
} from '../answers/index.ts';
import { ConflictError, HeartbeatError, NotFoundError, RefusedError } from '../errors.ts';
import { loadAlertView } from '../messages/index.ts';
import type { Metric } from '../registry/index.ts';
import { doAlertPress, isAlertPress, type AlertPress } from './alert-presses.ts';
import { showHelp } from './greetings.ts';
import { retryPressed, showLog } from './log.ts';
import { endPressedWindow } from './maintenance.ts';
import { doListPress, isListShowing, showListPress, type ListShowing } from './list-presses.ts';
import { doPeoplePress } from './people-presses.ts';
import { toastOf, type Pressed } from './pressed.ts';
import { getPressedMetric } from './pressed-metric.ts';
import { showPreviewChange } from './preview.ts';
import { actOnStorm, showStorm } from './storms.ts';
import { refreshMetric } from './refresh.ts';
import { commands } from './table.ts';
import type { CommandContext } from './types.ts';
import { unknownAlert } from './unknown.ts';
import { showCard, showHowToRead } from './views.ts';
import { metricOfAlert, showWhy } from './why.ts';

type Context = Omit<CommandContext, 'commands'>;

/**
 * Does what a button's data says, for whoever pressed it. Never throws: a refusal or an error is a toast. A press by somebody
 * who is not in owners.yaml changes nothing.
 */
export async function answerPress(request: Context, data: string): Promise<Pressed> {
  const context: CommandContext = { ...request, commands };
  const press = parsePress(data);
  if (!request.caller.person && press?.kind !== 'access_ask') return toastOf(context, { kind: 'not_member' });
  if (!press) return toastOf(context, { kind: 'unreadable' });
  try {
    request.deps.turns.take(request.caller);
    return await doPress(context, press);
  } catch (error) {
    return refusedPress(context, error);
  }
}

async function doPress(context: CommandContext, press: Press): Promise<Pressed> {
  if (isListPress(press) && !isListShowing(press)) return doListPress(context, press);
  if (isPeoplePress(press)) return doPeoplePress(context, press);
  if (isAlertPress(press)) return doAlertPress(context, press);
  switch (press.kind) {
    case 'ack_all':
      return { toast: { toast: await actOnStorm(context, press.storm, { kind: 'ack' }) }, messages: null };
    case 'snooze_all': {
      const until = new Date(context.deps.clock.now().getTime() + press.forMs);
      const toast = await actOnStorm(context, press.storm, { kind: 'snooze', until });
      return { toast: { toast }, messages: null };
    }
    case 'end_window':
      return { toast: { toast: await endPressedWindow(context, press.window) }, messages: null };
    case 'retry':
      return { toast: { toast: await retryPressed(context, press.delivery) }, messages: null };
    default:
      return { toast: { toast: '' }, messages: messagesOf(context, press) };
  }
}

type Showing =
  | ListShowing
  | Exclude<
      Press,
      ListPress | PeoplePress | AlertPress | { kind: 'ack_all' | 'snooze_all' | 'end_window' | 'retry' }
    >;

async function* messagesOf(context: CommandContext, press: Showing): AsyncGenerator<Answer> {
  try {
    yield* showAll(context, press);
  } catch (error) {
    logUnexpected(context, error);
    yield answerError(error, context.words);
  }
}

async function* showAll(context: CommandContext, press: Showing): AsyncGenerator<Answer> {
  if (isListPress(press)) return yield showListPress(context, press);
  switch (press.kind) {
    case 'preview_change':
      return yield showPreviewChange(context, getPressedMetric(context.deps, press.metric), press.trial);
    case 'refresh':
      return yield* refreshMetric(context, getPressedMetric(context.deps, press.metric));
    case 'why':
      return yield showWhy(context, await metricOf(context, press.of));
    case 'howto':
      return yield showHowToRead(context, await metricOf(context, press.of));
    case 'card':
      return yield showCard(context, await metricOf(context, press.of), press.range);
    case 'metric':
      return yield showCard(context, getPressedMetric(context.deps, press.metric));
    case 'alert':
      return yield showAlert(context, press);
    case 'storm':
      return yield showStorm(context, press);
    case 'log':
      return yield showLog(context, press);
    case 'help':
      return yield showHelp(context);
  }
}

async function showAlert({ deps, words }: CommandContext, press: PressedAlert): Promise<Answer> {
  const view = await loadAlertView(deps, { number: press.alert }, words);
  if (!view) throw unknownAlert(press.alert);
  return describeAlert(view, words);
}

async function metricOf(context: CommandContext, of: PressSubject): Promise<Metric> {
  return 'metric' in of ? getPressedMetric(context.deps, of.metric) : metricOfAlert(context.deps, of.alert);
}

function refusedPress(context: CommandContext, error: unknown): Pressed {
  logUnexpected(context, error);
  if (error instanceof RefusedError || error instanceof NotFoundError || error instanceof ConflictError) {
    const [line] = answerError(error, context.words).lines;
    return { toast: { toast: line ? lineText(line) : '', alarm: true }, messages: null };
  }
  return toastOf(context, { kind: 'unavailable' });
}

function logUnexpected({ deps, caller }: CommandContext, error: unknown): void {
  const facts = { actor: caller.actor, request: caller.requestId };
  if (error instanceof HeartbeatError) deps.log.info({ ...facts, code: error.code }, 'press refused');
  else deps.log.error({ ...facts, err: error }, 'a press failed');
}
