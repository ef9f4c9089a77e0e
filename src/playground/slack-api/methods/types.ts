import type { Json } from '../json.ts';
import type { World } from '../world.ts';

/** A method of the Web API. */
export type Method = {
  /** the app needs one of them */
  scopes: readonly string[];
  /** counts as a message to its channel */
  isPaced?: true;
  run(world: World, params: Json): Json | Promise<Json>;
};
