import { nameText } from './name-text.ts';
import type { Line } from './types.ts';
import type { Words } from './words-types.ts';

/** Gives the line that says that an answer shows the teams of its room alone, and what shows everything. */
export function roomLine(teams: string, command: string, words: Words): Line {
  return [words.t('room-only', { teams: nameText(teams), command })];
}
