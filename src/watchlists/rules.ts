import { randomBytes, randomInt } from 'node:crypto';
import { findNamed, oneLine, type NamedSearch } from '../answers/index.ts';
import { InputError, NotFoundError, RefusedError } from '../errors.ts';
import { MINUTE } from '../lib/time.ts';
import { requireMay, type Caller } from '../people/index.ts';
import type { Viewer, Watchlist } from './types.ts';

/** A picture of more tiles folds most of them. */
export const ITEMS_MAX = 50;
/** Lists of one person, or of one team. */
export const LISTS_MAX = 50;
export const NAME_MAX = 60;
export const DESCRIPTION_MAX = 300;
/** A deletion can be undone this long. */
export const UNDO_MS = 10 * MINUTE;

/** Without signs that are easily taken for another; the letters come first, as an id begins with one. */
const ID_SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';
const ID_LETTERS = 23;
const ID_LENGTH = 8;
const TOKEN_BYTES = 16;

/** Gives a new list's id: short, since buttons carry it. It is no secret. */
export function createListId(): string {
  const sign = (_: unknown, at: number): string =>
    ID_SIGNS.charAt(randomInt(at === 0 ? ID_LETTERS : ID_SIGNS.length));
  return Array.from({ length: ID_LENGTH }, sign).join('');
}

/** Gives the secret of a link: 128 random bits in 22 characters of `A-Za-z0-9_-`. */
export function createShareToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Gives a list's name without quotes and commas, which separate names. Throws InputError `watchlist_name_invalid`. */
export function readListName(text: string): string {
  const name = oneLine(text.replace(/["“”«»„,]/gu, ' '));
  if (name !== '' && name.length <= NAME_MAX) return name;
  throw new InputError('watchlist_name_invalid', `A watchlist needs a name of 1 to ${NAME_MAX} characters.`, {
    details: { most: NAME_MAX },
  });
}

/** Gives a description on one line; null for none. Throws InputError `watchlist_description_long`. */
export function readDescription(text: string): string | null {
  const description = oneLine(text);
  if (description.length <= DESCRIPTION_MAX) return description === '' ? null : description;
  throw new InputError(
    'watchlist_description_long',
    `A description has at most ${DESCRIPTION_MAX} characters; this one has ${description.length}.`,
    { details: { most: DESCRIPTION_MAX, count: description.length } },
  );
}

/** Who owns a list: a person by e-mail, or a team. */
export type ListOwner = { email: string } | { team: string };

/** Gives what one owner has once: a name, in any case. */
export function toLiveKey(owner: ListOwner, name: string): string {
  return JSON.stringify([toOwnerKey(owner), name.normalize('NFKC').toLowerCase()]);
}

/** Gives an owner as one text. */
export function toOwnerKey(owner: ListOwner): string {
  return 'email' in owner ? `person ${owner.email}` : `team ${owner.team}`;
}

/** Gives the owner of a list that is stored. */
export function ownerOf({ ownerEmail, team }: Pick<Watchlist, 'ownerEmail' | 'team'>): ListOwner {
  return ownerEmail === null ? { team: team ?? '' } : { email: ownerEmail };
}

/** Tells whether a caller may change a list: their own, or one of their team as an operator; admins any team's. */
export function mayEdit(caller: Caller, list: Pick<Watchlist, 'ownerEmail' | 'team'>): boolean {
  try {
    requireMayEdit(caller, ownerOf(list));
    return true;
  } catch {
    return false;
  }
}

/**
 * Passes who may change the lists of an owner. Throws RefusedError `not_a_member`, `role_too_low` or `not_of_team`, and
 * NotFoundError `watchlist_unknown` for somebody else's private list.
 */
export function requireMayEdit(caller: Caller, owner: ListOwner): void {
  if ('email' in owner) {
    requireMay(caller, 'keep_private_watchlist');
    if (caller.person?.email !== owner.email) throw unknownList();
    return;
  }
  requireMay(caller, 'keep_team_watchlist');
  if (caller.role === 'admin' || caller.person?.teams.some((team) => isSameTeam(team, owner.team))) return;
  throw new RefusedError(
    'not_of_team',
    `Only people of the team ${owner.team} and admins change its watchlists.`,
    { details: { team: owner.team } },
  );
}

/** What is said of a list that is not there, or not the caller's to see. */
export function unknownList(name = ''): NotFoundError {
  return new NotFoundError('watchlist_unknown', `There is no such watchlist${name && `: ${name}`}.`, {
    details: { list: name },
  });
}

/** Tells whether two words name one team. */
export function isSameTeam(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Finds the list that words name: exactly, by its start, by a word of it; else the three nearest. Of one name the viewer's own. */
export function findList(query: string, lists: readonly Watchlist[], viewer: Viewer): NamedSearch<Watchlist> {
  const nearestFirst = sortByNearness(lists, viewer);
  const exact = nearestFirst.find(({ name }) => isSameListName(name, query));
  return exact ? { kind: 'one', value: exact } : findNamed(query, nearestFirst, ({ name }) => [name]);
}

function isSameListName(one: string, other: string): boolean {
  const key = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
  return key(one) === key(other);
}

/** Sorts lists: one's own, those of one's teams, those of the room's teams, then the others; by name in each. */
export function sortByNearness(lists: readonly Watchlist[], viewer: Viewer): Watchlist[] {
  return lists.toSorted((a, b) => nearness(a, viewer) - nearness(b, viewer) || a.name.localeCompare(b.name));
}

/** Tells whether a list is a person's own or one of their teams'. */
export function isNear(list: Watchlist, viewer: Viewer): boolean {
  return nearness(list, viewer) <= NEARNESS.team;
}

const NEARNESS = { own: 0, team: 1, room: 2, other: 3 } as const;

function nearness({ ownerEmail, team }: Watchlist, { email, teams, roomTeams }: Viewer): number {
  if (ownerEmail !== null) return ownerEmail === email ? NEARNESS.own : NEARNESS.other;
  const isAmong = (known: readonly string[]): boolean =>
    known.some((one) => team !== null && isSameTeam(one, team));
  if (isAmong(teams)) return NEARNESS.team;
  return isAmong(roomTeams) ? NEARNESS.room : NEARNESS.other;
}
