import type { TelegramChannel } from './channels/telegram/index.ts';
import type { Outbox } from './delivery/index.ts';
import type { Deps } from './deps.ts';
import { createScheduler, type Scheduler } from './schedules/index.ts';

/** Makes what posts by the clock. Messages are pinned in Telegram; elsewhere they stand where they were posted. */
export function openSchedules(
  deps: Deps,
  telegram: Pick<TelegramChannel, 'setPinned'> | null,
  reserve: Outbox['reserve'],
): Scheduler {
  return createScheduler(deps, {
    async setPinned(place, messageId, isOn) {
      if (telegram === null || place.channel !== 'telegram') return;
      await reserve(place);
      await telegram.setPinned(place, messageId, isOn);
    },
  });
}
