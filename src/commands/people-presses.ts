import { answerDecision, scheduleButtons, type PeoplePress } from '../answers/index.ts';
import { askAccess, decideAccess } from '../messages/index.ts';
import type { Pressed } from './pressed.ts';
import { changePressed } from './schedule.ts';
import type { CommandContext } from './types.ts';

/** Does what a button about people or schedules says. Throws what the verbs throw. */
export async function doPeoplePress(context: CommandContext, press: PeoplePress): Promise<Pressed> {
  const { deps, caller, words } = context;
  switch (press.kind) {
    case 'access_ask':
      await askAccess(deps, caller, context.callerName ?? '');
      return { toast: { toast: words.t('access-asked'), alarm: true, buttons: [] }, messages: null };
    case 'access_decide': {
      const decided = await decideAccess(deps, caller, press);
      const answer = answerDecision(decided, words);
      return { toast: { toast: words.t('access-done'), answer, buttons: [] }, messages: null };
    }
    case 'schedule_pause':
    case 'schedule_resume':
    case 'schedule_remove':
      return pressSchedule(context, press);
  }
}

const CHANGES = { schedule_pause: 'pause', schedule_resume: 'resume', schedule_remove: 'remove' } as const;

async function pressSchedule(
  context: CommandContext,
  { kind, schedule: number }: Extract<PeoplePress, { schedule: number }>,
): Promise<Pressed> {
  const { words } = context;
  const change = CHANGES[kind];
  const left = await changePressed(context, { number, change });
  const facts = left.map((one) => ({ number: one.number, isPaused: one.pausedAt !== null }));
  const toast = words.t('schedule-changed', { change });
  return { toast: { toast, buttons: scheduleButtons(facts, words) }, messages: null };
}
