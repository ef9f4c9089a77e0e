import type { Metric } from '../registry/index.ts';
import type { MetricStatus } from '../pulse/index.ts';
import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { joinFacts } from './lines.ts';
import { nameText } from './name-text.ts';
import { encodePress } from './press.ts';
import { oneLine, shorten } from './shorten.ts';
import { countStandings, findStanding, type Standing } from './standings.ts';
import type { Answer, Button, Line } from './types.ts';
import type { Words } from './words-types.ts';

const LISTS_SHOWN = 20;
const NEAREST_MAX = 3;
const LABEL_MAX = 40;
const COUNTED: readonly Standing[] = ['red', 'amber', 'stale', 'green'];

/** A watchlist as answers name it. */
export type NamedList = { id: string; name: string; team: string | null };

/** Gives the lists of a person and their teams, with how their metrics stand; `starred` counts their stars. */
export function answerWatchlists(
  facts: { lists: readonly { list: NamedList; statuses: readonly MetricStatus[] }[]; starred: number },
  words: Words,
): Answer {
  const { lists, starred } = facts;
  const shown = lists.slice(0, LISTS_SHOWN);
  const left = lists.length - shown.length;
  return {
    lines: [
      firstLine({ glyph: GLYPH.list, name: words.t('watchlists-title') }),
      ...shown.map(({ list, statuses }) => listLine(list, statuses, words)),
      left > 0 ? [words.t('and-more', { count: left })] : [],
      lists.length === 0 ? [words.t('watchlists-none')] : [],
      starred > 0 ? [`${GLYPH.starred} ${words.t('watchlists-starred', { count: starred })}`] : [],
      [words.t('watchlists-how')],
    ].filter((line) => line.length > 0),
    buttons: shown.map(({ list }) => [openButton(list)]),
  };
}

function listLine(list: NamedList, statuses: readonly MetricStatus[], words: Words): Line {
  const groups = Map.groupBy(statuses, findStanding);
  const counts = countStandings((standing) => groups.get(standing)?.length ?? 0, COUNTED, words);
  return joinFacts([
    [{ kind: 'bold', text: shorten(oneLine(list.name), LABEL_MAX) }],
    statuses.length === 0 ? words.t('no-metrics') : counts.join(', '),
    list.team === null ? null : words.t('of-team', { team: nameText(list.team) }),
  ]);
}

/** Gives the button that draws a list. */
export function openButton({ id, name }: Pick<NamedList, 'id' | 'name'>): Button {
  const label = shorten(`${GLYPH.list} ${oneLine(name)}`, LABEL_MAX);
  return { label, press: encodePress({ kind: 'watchlist', list: id }) };
}

/** Gives the buttons under a list's picture: to change it, or to have a copy of what somebody shared. */
export function watchlistButtons(
  facts: { list: Pick<NamedList, 'id'>; mayEdit: boolean; sharedBy: string | null },
  words: Words,
): Button[][] {
  const { list, mayEdit, sharedBy } = facts;
  if (mayEdit) {
    const of = { list: list.id };
    const add = { kind: 'watchlist_ask', ...of } as const;
    return [
      [
        { label: `${GLYPH.add} ${words.t('button-add-metrics')}`, press: encodePress(add) },
        {
          label: `${GLYPH.share} ${words.t('button-share')}`,
          press: encodePress({ kind: 'watchlist_share', ...of }),
        },
      ],
    ];
  }
  if (sharedBy === null) return [];
  const press = encodePress({ kind: 'watchlist_follow', token: sharedBy });
  return [[{ label: `${GLYPH.copy} ${words.t('button-follow')}`, press }]];
}

/** Gives up to three lists as buttons when a name is misspelt, or all near ones when none was said. */
export function answerWhichList(
  facts: { query: string; kind: 'none' | 'several'; nearest: readonly NamedList[] },
  words: Words,
): Answer {
  const { kind, nearest } = facts;
  const query = shorten(oneLine(facts.query), LABEL_MAX);
  if (nearest.length === 0) return { lines: [[words.t('watchlists-none')], [words.t('watchlists-how')]] };
  const question = query === '' ? words.t('which-list') : words.t('no-such-list', { query, kind });
  const shown = query === '' ? nearest.slice(0, LISTS_SHOWN) : nearest.slice(0, NEAREST_MAX);
  return { lines: [[question]], buttons: shown.map((list) => [openButton(list)]) };
}

/** What was done to a list; `count`: how many metrics it was done with. */
export type ListChange =
  | 'created'
  | 'renamed'
  | 'described'
  | 'added'
  | 'removed'
  | 'restored'
  | 'unshared'
  | 'followed'
  | 'followed_before';

/** Gives what became of a list, with a button that draws it. */
export function answerListChanged(
  facts: { list: NamedList & { metrics: number }; change: ListChange; metrics: readonly Metric[] },
  words: Words,
): Answer {
  const { list, change, metrics } = facts;
  const name = shorten(oneLine(list.name), LABEL_MAX);
  const names = shorten(metrics.map((metric) => oneLine(metric.name)).join(', '), 300);
  const said = words.t('list-changed', { change, name, count: metrics.length });
  return {
    lines: [
      [`${GLYPH.list} ${said}`],
      names === '' ? [] : [names],
      joinFacts([
        words.t('list-holds', { count: list.metrics }),
        list.team === null ? null : words.t('of-team', { team: nameText(list.team) }),
      ]),
    ].filter((line) => line.length > 0),
    buttons: [[openButton(list)]],
  };
}

/** Gives the word that a list is deleted, with a button that brings it back. */
export function answerListDeleted(list: Pick<NamedList, 'id' | 'name'>, words: Words): Answer {
  const name = shorten(oneLine(list.name), LABEL_MAX);
  const press = encodePress({ kind: 'watchlist_undo', list: list.id });
  return {
    lines: [[`${GLYPH.list} ${words.t('list-deleted', { name })}`], [words.t('list-undo')]],
    buttons: [[{ label: `${GLYPH.unack} ${words.t('button-undo')}`, press }]],
  };
}

/** Gives the ways that open a shared list: a link into the chat where there is one, its page, and a command for any chat. */
export function answerListShared(
  facts: { name: string; token: string; startUrl: string | null; pageUrl: string },
  words: Words,
): Answer {
  const { token, startUrl, pageUrl } = facts;
  const name = shorten(oneLine(facts.name), LABEL_MAX);
  return {
    lines: [
      [`${GLYPH.share} ${words.t('list-shared', { name })}`],
      startUrl === null ? [] : [{ kind: 'link' as const, text: startUrl, url: startUrl }],
      [{ kind: 'link' as const, text: pageUrl, url: pageUrl }],
      [{ kind: 'code' as const, text: `/watchlist open ${token}` }],
      [words.t('list-shared-end', { name })],
    ].filter((line) => line.length > 0),
  };
}
