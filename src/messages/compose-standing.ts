import { LEFT } from '../alerts/index.ts';
import { markLate, markLive, answerScheduleBroken, type Answer, type Words } from '../answers/index.ts';
import type { Deps } from '../deps.ts';
import type { ClaimedDelivery, Composed, MessagePicture } from '../delivery/index.ts';
import { PinnedPayload, ScheduledPayload } from '../schedules/index.ts';
import { findMessage, standalone } from './composed.ts';

const NOBODY: Composed = { kind: 'skip', reason: LEFT };

/** Makes a post that was planned: what the command would answer now, with its picture, and a word when it comes late. */
export async function composeScheduled(
  deps: Deps,
  delivery: ClaimedDelivery,
  words: Words,
): Promise<Composed> {
  const { number, due, isLate, ...wanted } = ScheduledPayload.parse(delivery.payload);
  const made = await deps.standing.answer(delivery.place, wanted);
  if (!made) return NOBODY;
  const told = made.isBroken ? answerScheduleBroken({ ...made, number }, words) : made.answer;
  const now = deps.clock.now();
  const answer = isLate ? markLate(told, { due: new Date(due), now }, words) : told;
  return standalone(answer, { picture: await drawWhole(deps, answer) });
}

/** Makes or redraws a pinned cockpit. */
export async function composePinned(deps: Deps, delivery: ClaimedDelivery, words: Words): Promise<Composed> {
  const { alertId, operation, place } = delivery;
  const { scope, by } = PinnedPayload.parse(delivery.payload);
  const message = alertId === null ? undefined : await findMessage(deps, { ...delivery, alertId });
  if (operation === 'edit' && !message) return { kind: 'skip', reason: 'there is no message to edit' };
  const made = await deps.standing.answer(place, { what: 'cockpit', argument: scope, by });
  if (!made) return NOBODY;
  const answer = markLive(made.answer, deps.clock.now(), words);
  return standalone(answer, {
    picture: await drawWhole(deps, answer),
    messageId: message?.message_id ?? null,
    hasPicture: message?.has_picture ?? false,
  });
}

/** Nobody waits for a post by the clock: it goes with its picture. What goes wrong with the picture only leaves it out. */
async function drawWhole({ pictures, log }: Deps, { picture }: Answer): Promise<MessagePicture | null> {
  if (!picture) return null;
  try {
    const { png, contentHash } = await pictures.render(picture.spec);
    return { png, contentHash, alt: picture.alt };
  } catch (error) {
    log.error({ err: error }, 'a picture could not be drawn; the text goes alone');
    return null;
  }
}
