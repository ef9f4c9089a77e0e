import { nextWake } from './judge-time.ts';
import type { AlertState, JudgePolicy, Judgement } from './types.ts';

/** Completes a judgement from its state: nothing happened unless the parts say so. */
export function conclude(
  state: AlertState,
  policy: JudgePolicy,
  parts: Partial<Omit<Judgement, 'state' | 'wakeAt'>> = {},
): Judgement {
  return {
    edges: [],
    readingLevel: null,
    refusal: null,
    closed: null,
    ...parts,
    state,
    wakeAt: nextWake(state.episode, policy),
  };
}
