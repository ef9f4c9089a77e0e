import { findAlertRecord, type AlertRecord } from '../alerts/index.ts';
import {
  alertButtons,
  answerAskAgain,
  answerAskedEnough,
  answerAskUntil,
  answerError,
  answerRefusal,
  parseSnooze,
  type Answer,
  type Button,
  type PressedAlert,
  type PressOutcome,
} from '../answers/index.ts';
import { HeartbeatError, NotFoundError, RefusedError } from '../errors.ts';
import { loadAlertView, nameOfPeople } from '../messages/index.ts';
import { requireMayOperate } from '../people/index.ts';
import { act } from './alert-actions.ts';
import { tryCode } from './link.ts';
import { addAsked } from './watchlist-items.ts';
import type { CommandContext } from './types.ts';

/** Until when an alert is to be silent: `alert` is its number, `version` what the person saw. */
type UntilQuestion = { kind: 'snooze_until' } & PressedAlert;

/** A question that waits for words of one person in one chat, as plain data; `list` is the id of a watchlist to add metrics to. */
export type Question = UntilQuestion | { kind: 'watchlist_items'; list: string } | { kind: 'link_code' };

/** What the words gave; the question stays open until one of them `isOver`. */
export type Answered = { answer: Answer; isOver: boolean };

/** A question to ask, with the alert's buttons as they are; or why it is not asked. */
export type Asked =
  | { kind: 'ask'; question: Question; answer: Answer; buttons: readonly (readonly Button[])[] }
  | { kind: 'refused'; outcome: PressOutcome };

type Context = Omit<CommandContext, 'commands'>;

/** Prepares the question until when an alert is to be silent. Throws RefusedError `role_too_low` for who may not snooze it. */
export async function prepareUntil(context: Context, pressed: PressedAlert): Promise<Asked> {
  const { deps, caller, words } = context;
  const [alert, view] = await Promise.all([
    findAlertRecord(deps.db, deps.workspaceId, { number: pressed.alert }),
    loadAlertView(deps, { number: pressed.alert }, words),
  ]);
  if (!alert || !view) return { kind: 'refused', outcome: { kind: 'no_alert' } };
  requireMayOperate(caller, deps.registry.current().metrics.get(alert.metricId) ?? null);
  if (alert.resolvedAt) return { kind: 'refused', outcome: closed(alert, alert.resolvedAt) };
  if (alert.version !== pressed.version)
    return { kind: 'refused', outcome: { kind: 'outdated', version: alert.version } };
  return {
    kind: 'ask',
    question: { kind: 'snooze_until', alert: pressed.alert, version: pressed.version },
    answer: answerAskUntil({ metric: view.metric.name, number: pressed.alert }, words),
    buttons: alertButtons(view, words),
  };
}

/** Takes the words that somebody gave to a question. Never throws; trouble that passes leaves the question open. */
export async function answerQuestion(context: Context, question: Question, text: string): Promise<Answered> {
  const { deps, caller, words } = context;
  try {
    deps.turns.take(caller);
    return await takeWords(context, question, text);
  } catch (error) {
    logTrouble(context, error);
    return { answer: answerError(error, words), isOver: isFinal(error) };
  }
}

function takeWords(context: Context, question: Question, text: string): Promise<Answered> {
  switch (question.kind) {
    case 'snooze_until':
      return takeUntil(context, question, text);
    case 'watchlist_items':
      return addAsked(context, question.list, text);
    case 'link_code':
      return tryCode(context, text);
  }
}

async function takeUntil(context: Context, question: UntilQuestion, text: string): Promise<Answered> {
  const { deps, caller, words } = context;
  const read = parseSnooze(text, deps.clock.now(), caller.timezone);
  if (read.kind !== 'until')
    return { answer: answerAskAgain({ typed: text, problem: read.kind }, words), isOver: false };
  return { answer: await snoozeUntil(context, question, read.until), isOver: true };
}

/** The word with which a question is dropped whose answers could not be read. */
export function dropQuestion({ words }: Pick<Context, 'words'>): Answer {
  return answerAskedEnough(words);
}

/** Between question and words the alert may have gone on: what the same person did to it is no surprise, all else is told. */
async function snoozeUntil(context: Context, question: UntilQuestion, until: Date): Promise<Answer> {
  const { deps, caller, words } = context;
  const options = { words, now: deps.clock.now(), nameOf: nameOfPeople(deps) };
  const alert = await findAlertRecord(deps.db, deps.workspaceId, { number: question.alert });
  if (!alert) return answerRefusal({ kind: 'no_alert' }, options);
  if (alert.resolvedAt) return answerRefusal(closed(alert, alert.resolvedAt), options);
  const isOwnDoing = alert.ack?.by === caller.actor || alert.snooze?.by === caller.actor;
  const isNews = alert.version !== question.version && !isOwnDoing;
  if (isNews && alert.ack) {
    const { by, at } = alert.ack;
    return answerRefusal({ kind: 'already_acked', by, at: at.toISOString() }, options);
  }
  const version = isOwnDoing ? null : question.version;
  return act(context, { alert, action: { kind: 'snooze', until }, version });
}

function closed({ number }: AlertRecord, at: Date): PressOutcome {
  return { kind: 'closed', number, at };
}

function isFinal(error: unknown): boolean {
  if (error instanceof RefusedError) return error.code !== 'too_many_commands';
  return error instanceof NotFoundError;
}

function logTrouble({ deps, caller }: Context, error: unknown): void {
  const facts = { actor: caller.actor, request: caller.requestId };
  if (error instanceof HeartbeatError) deps.log.info({ ...facts, code: error.code }, 'an answer was refused');
  else deps.log.error({ ...facts, err: error }, 'an answer to a question failed');
}
