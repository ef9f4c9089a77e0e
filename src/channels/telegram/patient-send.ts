import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { MessageRequest, SendOutcome } from '../../delivery/index.ts';
import { SECOND } from '../../lib/time.ts';
import { PICTURE_PATIENCE_MS } from './limits.ts';
import type { TelegramPlace } from './outcome.ts';

export type ReplyPicture = NonNullable<MessageRequest['picture']>;

export type PatientSendOptions = {
  channel: { send(request: MessageRequest): Promise<SendOutcome> };
  log: Logger;
  /** waits until a call to a place may begin: pacing is shared with the outbox */
  reserve?: (place: TelegramPlace) => Promise<void>;
  /** ends waits under way */
  signal: AbortSignal;
  /** gives an edit of a message the buttons that a press has given the message meanwhile */
  withNewButtons: (edit: MessageRequest) => MessageRequest;
};

const TRIES = 3;
/** A person waits no longer for an answer that Telegram holds back. */
const LONGEST_WAIT_MS = 30 * SECOND;
const RETRY_MS = 500;

/** Sends a message to a person who waits for it: follows a moved group, leaves a deleted topic, waits out short limits. */
export async function sendPatiently(
  request: MessageRequest,
  options: PatientSendOptions,
): Promise<SendOutcome> {
  const { channel, log, reserve, signal } = options;
  let current = request;
  for (let tried = 1; ; tried += 1) {
    if (current.place.channel === 'telegram') await reserve?.(current.place);
    const outcome = await channel.send(current);
    const next = tried < TRIES ? again(current, outcome) : undefined;
    if (next !== undefined) await wait(next.afterMs, signal);
    if (next === undefined || signal.aborted) {
      if (outcome.kind !== 'sent') log.warn({ outcome, place: current.place }, 'an answer was not sent');
      return outcome;
    }
    current = next.request;
  }
}

/** Sends a message with a picture that may not be drawn yet: text first, and the picture by an edit, when it takes long. */
export async function sendWithPicture(
  request: MessageRequest,
  picture: Promise<ReplyPicture | null> | undefined,
  options: PatientSendOptions,
): Promise<SendOutcome> {
  if (picture === undefined) return sendPatiently(request, options);
  const drawn = picture.catch((error: unknown) => {
    options.log.warn({ err: error }, 'a picture could not be drawn; the text stands alone');
    return null;
  });
  const ready = await Promise.race([
    drawn,
    wait(PICTURE_PATIENCE_MS, options.signal).then(() => 'late' as const),
  ]);
  if (ready !== 'late') return sendPatiently({ ...request, picture: ready }, options);
  const sent = await sendPatiently(request, options);
  const late = sent.kind === 'sent' ? await drawn : null;
  if (sent.kind !== 'sent' || late === null) return sent;
  const { messageId, hasPicture } = sent;
  const edit = { ...request, operation: 'edit' as const, messageId, hasPicture, picture: late };
  const edited = await sendPatiently(edit, { ...options, channel: asPressed(options) });
  return edited.kind === 'sent' ? edited : sent;
}

/** What comes late was made before somebody pressed: it must not take back what they see. */
function asPressed({ channel, withNewButtons }: PatientSendOptions): PatientSendOptions['channel'] {
  return { send: (edit) => channel.send(withNewButtons(edit)) };
}

/** Decides what to try after a call to a person did not succeed; undefined: nothing will help. */
function again(
  request: MessageRequest,
  outcome: SendOutcome,
): { request: MessageRequest; afterMs: number } | undefined {
  switch (outcome.kind) {
    case 'retry':
      return {
        request: { ...request, maybeSent: request.maybeSent || outcome.maybeSent },
        afterMs: RETRY_MS,
      };
    case 'wait':
      return outcome.afterMs <= LONGEST_WAIT_MS ? { request, afterMs: outcome.afterMs } : undefined;
    case 'moved':
      return { request: { ...request, place: outcome.to }, afterMs: 0 };
    case 'topic_gone':
      return request.place.channel === 'telegram'
        ? { request: { ...request, place: { ...request.place, topic: null } }, afterMs: 0 }
        : undefined;
    default:
      return undefined;
  }
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => {});
}
