import {
  answerAlerts,
  answerAskItems,
  answerChooseRemoval,
  answerCockpit,
  answerError,
  answerListChanged,
  answerListDeleted,
  answerListShared,
  answerMetricCard,
  answerStarred,
  answerTeam,
  answerUnknownItems,
  answerWatchlists,
  answerWhichList,
  answerWhichScope,
  answerWhichTeam,
  watchlistButtons,
  type Answer,
  type ListChange,
  type Words,
} from '../../src/answers/index.ts';
import { InputError } from '../../src/errors.ts';
import { greenStatus, metric, nameOf, NOW, openAlert, status, view } from './facts.ts';

type Case = (words: Words) => Answer;

const LIST = { id: 'abcd2345', name: 'Compliance', team: null };
const OURS = { id: 'wxyz2345', name: 'Monday review', team: 'growth' };
const TOKEN = 'AbCdEfGhIjKlMnOpQrSt_-';
const ORDERS = metric({ id: 'paid_orders', name: 'Paid orders' });
const STATUSES = [
  greenStatus('visits', 'Visits'),
  greenStatus('paid_orders', 'Paid orders'),
  status({ alert: openAlert() }),
  status({ metric: metric({ id: 'stock_age', name: 'Age of stock data' }), stale: true, unusual: false }),
];

const CHANGES: [ListChange, number][] = [
  ['created', 2],
  ['renamed', 0],
  ['described', 0],
  ['added', 0],
  ['added', 1],
  ['added', 2],
  ['removed', 0],
  ['removed', 2],
  ['restored', 0],
  ['unshared', 0],
  ['followed', 0],
  ['followed_before', 0],
];

const ERRORS = {
  watchlist_name_invalid: { most: 60 },
  watchlist_description_long: { most: 300, count: 411 },
  watchlist_unknown: {},
  watchlist_name_taken: { list: 'Compliance' },
  watchlist_full: { most: 50, has: 49, adds: 2 },
  watchlists_too_many: { most: 50 },
  watchlist_undo_late: {},
  watchlist_not_deleted: {},
  team_unknown: { team: 'growht' },
  not_of_team: { team: 'growth' },
};

/** Answers that are short stand together in one file. */
function together(...cases: Case[]): Case {
  return (words) => ({ lines: cases.flatMap((one) => [...one(words).lines, ['']]).slice(0, -1) });
}

export const LIST_CASES: Record<string, Case> = {
  'card-starred': (words) =>
    answerMetricCard(
      { status: status(), nameOf, now: NOW, range: '7d', picture: null, url: null, starred: true },
      words,
    ),
  'cockpit-starred': (words) =>
    answerCockpit(
      {
        title: 'Corner Shop',
        statuses: STATUSES,
        now: NOW,
        picture: null,
        starred: new Set(['paid_orders', 'stock_age']),
      },
      words,
    ),
  starred: together(
    (words) => answerStarred({ metric: ORDERS, starred: true, isNew: true }, words),
    (words) => answerStarred({ metric: ORDERS, starred: true, isNew: false }, words),
    (words) => answerStarred({ metric: ORDERS, starred: false, isNew: true }, words),
    (words) => answerStarred({ metric: ORDERS, starred: false, isNew: false }, words),
  ),
  watchlists: (words) =>
    answerWatchlists(
      {
        lists: [
          { list: LIST, statuses: STATUSES },
          { list: OURS, statuses: [] },
        ],
        starred: 2,
      },
      words,
    ),
  'watchlists-none': (words) => answerWatchlists({ lists: [], starred: 0 }, words),
  watchlist: (words) =>
    answerCockpit(
      {
        title: 'Compliance',
        statuses: STATUSES,
        now: NOW,
        picture: null,
        isOrdered: true,
        note: 'What the regulator asks for',
        more: watchlistButtons({ list: LIST, mayEdit: true, sharedBy: null }, words),
      },
      words,
    ),
  'watchlist-opened': (words) =>
    answerCockpit(
      {
        title: 'Compliance',
        statuses: [],
        now: NOW,
        picture: null,
        isOrdered: true,
        more: watchlistButtons({ list: LIST, mayEdit: false, sharedBy: TOKEN }, words),
      },
      words,
    ),
  'watchlist-changed': together(
    ...CHANGES.map(
      ([change, count]): Case =>
        (words) =>
          answerListChanged(
            { list: { ...OURS, metrics: 5 }, change, metrics: [metric(), ORDERS].slice(0, count) },
            words,
          ),
    ),
  ),
  'watchlist-deleted': (words) => answerListDeleted(LIST, words),
  'watchlist-shared': (words) =>
    answerListShared(
      {
        name: 'Compliance',
        token: TOKEN,
        startUrl: `https://t.me/heartbeat_bot?start=wl_${TOKEN}`,
        pageUrl: `https://heartbeat.shop.test/cockpit?watchlist=${TOKEN}`,
      },
      words,
    ),
  'watchlist-items': together(
    (words) => answerAskItems({ name: 'Compliance', isNew: true }, words),
    (words) => answerAskItems({ name: 'Compliance', isNew: false }, words),
    (words) =>
      answerUnknownItems(
        {
          unknown: [
            { query: 'ordres', nearest: [ORDERS, metric()] },
            { query: 'tag:none', nearest: [] },
          ],
          effect: 'some_added',
          isAsked: true,
        },
        words,
      ),
    (words) =>
      answerUnknownItems(
        { unknown: [{ query: 'x', nearest: [] }], effect: 'not_created', isAsked: false },
        words,
      ),
    (words) =>
      answerUnknownItems(
        { unknown: [{ query: 'x', nearest: [] }], effect: 'nothing', isAsked: false },
        words,
      ),
    (words) => answerChooseRemoval({ list: LIST, metrics: [] }, words),
  ),
  'watchlist-remove': (words) => answerChooseRemoval({ list: LIST, metrics: [metric(), ORDERS] }, words),
  'which-list': (words) =>
    answerWhichList({ query: 'complaince', kind: 'none', nearest: [LIST, OURS] }, words),
  'which-list-several': (words) => answerWhichList({ query: 'mo', kind: 'several', nearest: [OURS] }, words),
  'which-list-what': together(
    (words) => answerWhichList({ query: '', kind: 'none', nearest: [LIST] }, words),
    (words) => answerWhichList({ query: 'x', kind: 'none', nearest: [] }, words),
  ),
  'watchlist-errors': (words) => ({
    lines: Object.entries(ERRORS).flatMap(([code, details]) => [
      ...answerError(new InputError(code, 'In English.', { details }), words).lines,
    ]),
  }),
  team: (words) =>
    answerTeam(
      { team: 'growth', people: ['Ivan', 'Ann'], rooms: ['Telegram -100200'], statuses: STATUSES },
      words,
    ),
  'team-alone': (words) => answerTeam({ team: 'growth', people: [], rooms: [], statuses: [] }, words),
  'which-team': (words) => answerWhichTeam({ query: '', teams: ['growth', 'Customer care'] }, words),
  'which-team-none': together(
    (words) => answerWhichTeam({ query: 'growht', teams: ['growth'] }, words),
    (words) => answerWhichTeam({ query: '', teams: [] }, words),
  ),
  'which-scope': (words) =>
    answerWhichScope(
      {
        query: 'growht',
        nearest: [
          { by: 'named', name: 'growth' },
          { by: 'tag', name: 'Slow ones' },
        ],
        show: 'cockpit',
      },
      words,
    ),
  'which-scope-none': (words) => answerWhichScope({ query: 'x', nearest: [], show: 'log' }, words),
  'alerts-of-team': (words) =>
    answerAlerts(
      {
        alerts: Array.from({ length: 7 }, (_, index) => view({ number: 1042 + index })),
        total: 9,
        page: 0,
        of: { scope: { by: 'team', name: 'growth' }, name: 'growth' },
      },
      words,
    ),
  'alerts-of-room': (words) =>
    answerAlerts(
      {
        alerts: Array.from({ length: 7 }, (_, index) => view({ number: 1042 + index })),
        total: 9,
        page: 0,
        of: { room: 'growth, risk' },
      },
      words,
    ),
  'alerts-of-room-none': (words) =>
    answerAlerts({ alerts: [], total: 0, page: 0, of: { room: 'growth' } }, words),
  'alerts-of-team-none': (words) =>
    answerAlerts(
      { alerts: [], total: 0, page: 0, of: { scope: { by: 'team', name: 'growth' }, name: 'growth' } },
      words,
    ),
};
