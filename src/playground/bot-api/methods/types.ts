import type { Params } from '../params.ts';
import type { Bot, World } from '../world.ts';

/** One call of a bot. */
export type Call = {
  world: World;
  bot: Bot;
  params: Params;
  /** called back when the caller goes away before the answer */
  onGone: (callback: () => void) => void;
};

/** Does what a call asks and gives its result, or throws the refusal. */
export type Method = (call: Call) => unknown;
