import type { SlackChannel } from './channels/slack/index.ts';
import type { TelegramChannel } from './channels/telegram/index.ts';
import type { Outbox, Place } from './delivery/index.ts';
import type { Deps } from './deps.ts';
import { createScheduler, type Scheduler } from './schedules/index.ts';

type Pinners = {
  telegram: Pick<TelegramChannel, 'setPinned'> | null;
  slack: Pick<SlackChannel, 'setPinned' | 'send'> | null;
  reserve: Outbox['reserve'];
};

/** Makes what posts by the clock. Messages are pinned in Telegram and Slack; elsewhere they stand where they were posted. */
export function openSchedules(deps: Deps, pinners: Pinners): Scheduler {
  const { telegram, slack, reserve } = pinners;
  return createScheduler(deps, {
    async setPinned(place, messageId, isOn) {
      if (place.channel === 'telegram' && telegram) {
        await reserve(place);
        await telegram.setPinned(place, messageId, isOn);
      } else if (place.channel === 'slack' && slack) {
        const refusal = await slack.setPinned(place, messageId, isOn);
        if (refusal !== null) await tell(pinners, { place, messageId, refusal });
      }
    },
  });
}

/** Says under the message why it is not pinned. */
async function tell(
  { slack, reserve }: Pinners,
  { place, messageId, refusal }: { place: Place; messageId: string; refusal: string },
): Promise<void> {
  await reserve(place);
  await slack?.send({
    place,
    operation: 'reply',
    answer: { lines: [[refusal]] },
    picture: null,
    messageId,
    hasPicture: false,
    silent: true,
    maybeSent: false,
  });
}
