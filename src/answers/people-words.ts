import type { Person, Role } from '../registry/index.ts';
import type { Words } from './words-types.ts';

/** Gives the word of a role. */
export function roleWord(role: Role, words: Words): string {
  return words.t('role', { role });
}

/** Gives a person's quiet hours as people read them. */
export function quietWords(quiet: Person['quietHours'], words: Words): string {
  return quiet === null ? words.t('quiet-none') : `${quiet.from}–${quiet.to}`;
}
