import { answerDecision, type PeoplePress } from '../answers/index.ts';
import { askAccess, decideAccess } from '../messages/index.ts';
import type { Pressed } from './presses.ts';
import type { CommandContext } from './types.ts';

/** Does what a button about people says. Throws what the verbs throw. */
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
  }
}
