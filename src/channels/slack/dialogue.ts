import { takeSubmission, type ModalResponse } from './ask.ts';
import { isFirst, type DialogueOptions } from './context.ts';
import { showHome } from './home.ts';
import type { Inbound } from './inbound.ts';
import { onHomePress, onPress } from './presses.ts';
import { unfurlLinks } from './unfurl.ts';
import { onCommand, onMessage } from './words.ts';

export type { DialogueOptions };

/** What Heartbeat does with what people write, press and open in Slack. */
export interface SlackDialogue {
  /** Handles it; each is handled once. */
  handle(inbound: Exclude<Inbound, { kind: 'submission' }>): Promise<void>;
  /** Gives what Slack is told about a submitted modal. */
  submit(inbound: Extract<Inbound, { kind: 'submission' }>): Promise<ModalResponse>;
}

/** Makes the dialogue: commands, presses and words become answers that only the person sees, until they are shared. */
export function createSlackDialogue(options: DialogueOptions): SlackDialogue {
  const { deps } = options;
  return {
    async handle(inbound) {
      if (inbound.kind === 'other' || !(await isFirst(deps, inbound.actor.id))) return;
      switch (inbound.kind) {
        case 'command':
          return onCommand(options, inbound);
        case 'message':
          return onMessage(options, inbound);
        case 'press':
          return inbound.responseUrl === null && inbound.actor.channel === null
            ? onHomePress(options, inbound)
            : onPress(options, inbound);
        case 'home':
          return showHome(options, inbound.actor);
        case 'links':
          return unfurlLinks(options, inbound);
      }
    },
    async submit(inbound) {
      if (!(await isFirst(deps, inbound.actor.id))) return undefined;
      return takeSubmission(options, inbound);
    },
  };
}
