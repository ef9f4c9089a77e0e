import type { CardRange } from '../pictures/index.ts';
import { isMetric, readCount, readScope, scopeField } from './press-fields.ts';
import { shortMetric } from './pressed-metric.ts';
import type { Scope } from './scopes.ts';
import { isNameField, shortName } from './short-name.ts';

type Each<Kind extends string, Fields> = Kind extends string ? { kind: Kind } & Fields : never;

/** What a press on a cockpit, a list, a team or a star asks for. `page` counts from 0; `list` is a watchlist's id. */
export type ListPress =
  /** without a scope: what the place shows by itself */
  | Each<'cockpit', { scope?: Scope }>
  | Each<'alerts', { page: number; scope?: Scope }>
  | Each<'star' | 'unstar', { metric: string; range: CardRange }>
  | Each<'team', { team: string }>
  | Each<'watchlist' | 'watchlist_ask' | 'watchlist_undo' | 'watchlist_share', { list: string }>
  | Each<'watchlist_remove', { list: string; metric: string }>
  | Each<'watchlist_follow', { token: string }>;

/** The second field of these presses. */
export const LIST_CODES = {
  cockpit: 'k',
  alerts: 'l',
  star: 'st',
  unstar: 'su',
  team: 'te',
  watchlist: 'wl',
  watchlist_ask: 'wq',
  watchlist_undo: 'wu',
  watchlist_share: 'ws',
  watchlist_remove: 'wr',
  watchlist_follow: 'wf',
} as const satisfies Record<ListPress['kind'], string>;

/** Tells presses on lists from the others. */
export function isListPress(press: { kind: string }): press is ListPress {
  return press.kind in LIST_CODES;
}

/** Gives the fields after the code. */
export function listFields(press: ListPress): (string | number)[] {
  switch (press.kind) {
    case 'cockpit':
      return press.scope ? [scopeField(press.scope)] : [];
    case 'alerts':
      return [press.page, ...(press.scope ? [scopeField(press.scope)] : [])];
    case 'star':
    case 'unstar':
      return [shortMetric(press.metric), press.range];
    case 'team':
      return [shortName(press.team)];
    case 'watchlist_remove':
      return [press.list, shortMetric(press.metric)];
    case 'watchlist_follow':
      return [press.token];
    default:
      return [press.list];
  }
}

type Parser = (fields: readonly string[]) => ListPress | undefined;

const RANGES: readonly CardRange[] = ['1d', '7d', '28d', '90d'];

/** Readers of the fields after the code; undefined for what is none of ours. */
export const LIST_PARSERS: Record<ListPress['kind'], Parser> = {
  cockpit: ([field]) => withScope({ kind: 'cockpit' }, field),
  alerts: ([page, field]) => {
    const number = readCount(page);
    return number === undefined ? undefined : withScope({ kind: 'alerts', page: number }, field);
  },
  star: starPress('star'),
  unstar: starPress('unstar'),
  team: ([team]) => (isNameField(team) ? { kind: 'team', team } : undefined),
  watchlist: listPress('watchlist'),
  watchlist_ask: listPress('watchlist_ask'),
  watchlist_undo: listPress('watchlist_undo'),
  watchlist_share: listPress('watchlist_share'),
  watchlist_remove: ([list, metric]) =>
    isListId(list) && isMetric(metric) ? { kind: 'watchlist_remove', list, metric } : undefined,
  watchlist_follow: ([token = '']) => (isShareToken(token) ? { kind: 'watchlist_follow', token } : undefined),
};

function withScope<T extends { kind: 'cockpit' } | { kind: 'alerts'; page: number }>(
  press: T,
  field: string | undefined,
): (T & { scope?: Scope }) | undefined {
  if (field === undefined) return press;
  const scope = readScope(field);
  return scope && { ...press, scope };
}

function starPress(kind: 'star' | 'unstar'): Parser {
  return ([metric, field]) => {
    const range = RANGES.find((known) => known === field);
    return isMetric(metric) && range ? { kind, metric, range } : undefined;
  };
}

function listPress(kind: 'watchlist' | 'watchlist_ask' | 'watchlist_undo' | 'watchlist_share'): Parser {
  return ([list]) => (isListId(list) ? { kind, list } : undefined);
}

function isListId(field: string | undefined): field is string {
  return field !== undefined && /^[a-z0-9]{8}$/.test(field);
}

/** Tells whether a word may be the secret of a link that shares a list. */
export function isShareToken(word: string): boolean {
  return /^[A-Za-z0-9_-]{22}$/.test(word);
}
