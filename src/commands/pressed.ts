import { pressToast, type Answer, type PressAnswer, type PressOutcome } from '../answers/index.ts';
import { nameOfPeople } from '../messages/index.ts';
import type { Question } from './questions.ts';
import type { CommandContext } from './types.ts';

/**
 * A press with the answers that follow it: the toast at once, messages when they are made; a question, on doors that can wait
 * for words.
 */
export type Pressed = {
  toast: PressAnswer;
  messages: AsyncIterable<Answer> | null;
  asks?: { question: Question; answer: Answer };
};

/** A press that is answered by its toast alone. */
export function toastOf({ deps, words }: CommandContext, outcome: PressOutcome): Pressed {
  return {
    toast: pressToast(outcome, { words, now: deps.clock.now(), nameOf: nameOfPeople(deps) }),
    messages: null,
  };
}
