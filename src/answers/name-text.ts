import { oneLine, shorten } from './shorten.ts';

/** Names of people and places beside other facts on one line. */
const NAME_MAX = 40;

/** Gives a person's or place's name as it may stand in a sentence. */
export function nameText(name: string): string {
  return shorten(oneLine(name), NAME_MAX);
}
