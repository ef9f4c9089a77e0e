import { checksum } from './checksum.ts';

/** Names of teams, domains and tags are free text, a button has 64 bytes. */
const PLAIN = /^[a-z0-9_-]{1,30}$/;
const SHORTENED = /^~[0-9a-z]{1,7}$/;

/** Gives a name as a button carries it: itself when it is a short word or comes from a button, else a checksum. */
export function shortName(name: string): string {
  return PLAIN.test(name) || SHORTENED.test(name) ? name : `~${checksum(name.toLowerCase())}`;
}

/** Tells whether a word is a name's checksum. */
export function isShortName(word: string): boolean {
  return SHORTENED.test(word);
}

/** Tells whether a field of a button may be a name. */
export function isNameField(field: string | undefined): field is string {
  return field !== undefined && (PLAIN.test(field) || SHORTENED.test(field));
}
