import type { PictureSpec } from '../pictures/index.ts';
import type { MetricStatus } from '../pulse/index.ts';
import { alertRow, moreAlertsRow } from './alert-rows.ts';
import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { joinFacts } from './lines.ts';
import { statusLine } from './metric-card.ts';
import { pictureAlt } from './picture-alt.ts';
import type { Scope } from './scopes.ts';
import { oneLine, shorten } from './shorten.ts';
import { describeChange, findChange } from './standing.ts';
import { countStandings, findStanding, type Standing } from './standings.ts';
import type { Answer, Button, Line } from './types.ts';
import type { Words } from './words-types.ts';

const STANDINGS: readonly Standing[] = ['red', 'amber', 'stale', 'silent', 'green', 'unverified'];
/** What is listed by name besides red; the rest is counted. */
const LISTED: readonly Standing[] = ['amber', 'stale'];

/** A caption has room for 1,024 characters. */
const LIST_MAX = 7;
const BUTTON_ROWS_MAX = 8;
const TITLE_MAX = 24;
const NOTE_MAX = 300;

/** What the cockpit says. */
export type CockpitFacts = {
  /** workspace name, or the scope's */
  title: string;
  statuses: readonly MetricStatus[];
  now: Date;
  picture: PictureSpec | null;
  /** ids of metrics that the reader starred: they come right after the red ones */
  starred?: ReadonlySet<string>;
  /** the statuses stand in an order of their own, which each group keeps */
  isOrdered?: boolean;
  /** what the scope is for */
  note?: string | null;
  /** what the whole list of its alerts is of; absent: what the place shows by itself */
  alertsOf?: Scope;
  /** rows of buttons below those of the alerts */
  more?: readonly (readonly Button[])[];
};

/** Gives the cockpit as text and buttons: counts, then everything that is not green, worst first. */
export function answerCockpit(facts: CockpitFacts, words: Words): Answer {
  const { title, statuses, picture, now, note, alertsOf, more = [] } = facts;
  const groups = Map.groupBy(statuses, findStanding);
  const listed = listByName(facts, groups);
  const shown = listed.slice(0, LIST_MAX);
  return {
    lines: [
      headLine(title, groups, words),
      note ? [shorten(oneLine(note), NOTE_MAX)] : [],
      joinFacts(countTexts(groups, ['stale', 'silent', 'unverified'], words)),
      ...shown.map((status) => cockpitLine(status, now, words)),
      listed.length > shown.length ? [words.t('and-more', { count: listed.length - shown.length })] : [],
    ].filter((line) => line.length > 0),
    ...(picture && { picture: { spec: picture, alt: pictureAlt(picture, words) } }),
    buttons: [...alertButtons(statuses, words, alertsOf), ...more],
  };
}

/** Red, then what the reader starred whatever it is, then the rest that is not green. */
function listByName({ starred, isOrdered }: CockpitFacts, groups: Groups): MetricStatus[] {
  const isStarred = ({ metric }: MetricStatus): boolean => starred?.has(metric.id) ?? false;
  const sorted = (standing: Standing): MetricStatus[] => {
    const members = groups.get(standing) ?? [];
    return isOrdered ? members : sortByName(members);
  };
  const others = STANDINGS.filter((standing) => standing !== 'red');
  return [
    ...sorted('red'),
    ...others.flatMap(sorted).filter(isStarred),
    ...LISTED.flatMap(sorted).filter((status) => !isStarred(status)),
  ];
}

type Groups = Map<Standing, MetricStatus[]>;

function headLine(title: string, groups: Groups, words: Words): Line {
  const counts = countTexts(groups, ['red', 'amber', 'green'], words);
  return firstLine({
    glyph: headGlyph(groups),
    name: shorten(oneLine(title), TITLE_MAX),
    value: groups.size === 0 ? words.t('no-metrics') : counts.length > 0 ? `· ${counts.join(', ')}` : null,
  });
}

function headGlyph(groups: Groups): string {
  if (groups.has('red')) return GLYPH.red;
  return groups.has('amber') ? GLYPH.amber : groups.has('green') ? GLYPH.green : GLYPH.none;
}

function countTexts(groups: Groups, standings: readonly Standing[], words: Words): string[] {
  return countStandings((standing) => groups.get(standing)?.length ?? 0, standings, words);
}

function cockpitLine(status: MetricStatus, now: Date, words: Words): Line {
  const change = findChange(status);
  return joinFacts([
    statusLine(status, words),
    change && describeChange(change, now, words),
    status.alert && words.t('alert-state', { number: `A-${status.alert.number}`, state: status.alert.state }),
  ]);
}

function sortByName(statuses: readonly MetricStatus[]): MetricStatus[] {
  return statuses.toSorted((a, b) => a.metric.name.localeCompare(b.metric.name));
}

function alertButtons(statuses: readonly MetricStatus[], words: Words, of: Scope | undefined): Button[][] {
  const open = statuses.flatMap(({ alert, metric }) => (alert ? [{ ...alert, name: metric.name }] : []));
  const worstFirst = open.toSorted(
    (a, b) => Number(b.level === 'red') - Number(a.level === 'red') || a.number - b.number,
  );
  if (worstFirst.length <= BUTTON_ROWS_MAX) return worstFirst.map((alert) => alertRow(alert, words));
  const rows = worstFirst.slice(0, BUTTON_ROWS_MAX - 1).map((alert) => alertRow(alert, words));
  return [...rows, moreAlertsRow(worstFirst.length, words, of)];
}
