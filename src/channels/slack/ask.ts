import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Answer } from '../../answers/index.ts';
import { answerPress, answerQuestion, type Question } from '../../commands/index.ts';
import { SECOND } from '../../lib/time.ts';
import { contextOf, type Context, type DialogueOptions } from './context.ts';
import { whisper } from './direct.ts';
import type { Actor, Inbound, Values } from './inbound.ts';
import {
  ANSWER_BLOCK,
  askModal,
  AT_ACTION,
  firstLineOf,
  loadingModal,
  sayingModal,
  TEXT_ACTION,
  type Modal,
  type ModalState,
} from './modal.ts';
import { renderAnswer } from './render.ts';
import { describeTrouble, toTrouble } from './trouble.ts';

const Opened = z.object({ view: z.object({ id: z.string() }) });

/** Opens a modal that says "loading"; what is done then replaces it. Undefined when Slack does not open it. */
async function openLoading(
  { channel, deps }: DialogueOptions,
  { words }: Context,
  triggerId: string,
): Promise<((modal: Modal) => Promise<void>) | undefined> {
  try {
    const externalId = randomUUID();
    const view = { ...loadingModal(words), external_id: externalId };
    const answer = await channel.client.once('views.open', { trigger_id: triggerId, view });
    const opened = Opened.safeParse(answer).data;
    const name = opened ? { view_id: opened.view.id } : { external_id: externalId };
    return async (next) => {
      await channel.client.call('views.update', { ...name, view: next });
    };
  } catch (error) {
    deps.log.warn({ reason: describeTrouble(toTrouble(error)) }, 'a modal could not be opened');
    return undefined;
  }
}

/** Does a press that asks for words: the modal opens at once, and shows the question or why it is not asked. Gives the toast where none opened. */
export async function askByModal(
  options: DialogueOptions,
  press: { actor: Actor; data: string; triggerId: string },
): Promise<string | null> {
  const context = await contextOf(options, press.actor);
  const show = await openLoading(options, context, press.triggerId);
  if (!show) return context.words.t('toast-unavailable');
  const { toast, asks } = await answerPress(context, press.data);
  await show(asks ? modalOf(context, press.actor, asks) : sayingModal(toast.toast, context.words));
  return null;
}

/** Asks what a command wants to know, once its answer is made; false when Slack opens no modal any more. */
export async function askAfterCommand(
  options: DialogueOptions,
  { actor, triggerId }: { actor: Actor; triggerId: string },
  asks: { question: Question; answer: Answer },
): Promise<boolean> {
  const context = await contextOf(options, actor);
  const show = await openLoading(options, context, triggerId);
  await show?.(modalOf(context, actor, asks));
  return show !== undefined;
}

function modalOf(
  { deps, words }: Context,
  actor: Actor,
  { question, answer }: { question: Question; answer: Answer },
): Modal {
  const state: ModalState = { question, channel: actor.channel };
  return askModal({ state, answer, now: deps.clock.now() }, words);
}

/** What Slack is told about a submitted modal: nothing closes it, errors keep it open. */
export type ModalResponse = { response_action: 'errors'; errors: Record<string, string> } | undefined;

/** Takes what was put into a modal: what cannot be used is told in it, else it closes and the answer follows. */
export async function takeSubmission(
  options: DialogueOptions,
  submission: Extract<Inbound, { kind: 'submission' }>,
): Promise<ModalResponse> {
  const state = readState(submission.metadata);
  if (!state) return undefined;
  const actor = { ...submission.actor, channel: state.channel };
  const context = await contextOf(options, actor);
  const { answer, isOver } = await answerQuestion(context, state.question, readAnswer(submission.values));
  if (!isOver) return { response_action: 'errors', errors: { [ANSWER_BLOCK]: firstLineOf(answer) } };
  void whisper(options, { actor, threadTs: null, rendered: renderAnswer(answer, context) });
  return undefined;
}

function readState(metadata: string): ModalState | undefined {
  try {
    return JSON.parse(metadata) as ModalState;
  } catch {
    return undefined;
  }
}

/** An instant is said as the words that mean it. */
function readAnswer(values: Values): string {
  const answers = values[ANSWER_BLOCK] ?? {};
  const at = answers[AT_ACTION]?.selected_date_time;
  if (typeof at === 'number') return new Date(at * SECOND).toISOString();
  return answers[TEXT_ACTION]?.value ?? '';
}
