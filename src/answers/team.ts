import type { MetricStatus } from '../pulse/index.ts';
import { alertRow } from './alert-rows.ts';
import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { joinFacts, titled } from './lines.ts';
import { statusLine } from './metric-card.ts';
import { nameText } from './name-text.ts';
import { encodePress } from './press.ts';
import type { Scope } from './scopes.ts';
import { oneLine, shorten } from './shorten.ts';
import { countStandings, findStanding, type Standing } from './standings.ts';
import type { Answer, Button, Line } from './types.ts';
import type { Words } from './words-types.ts';

const NAMES_MAX = 300;
const LABEL_MAX = 40;
const METRICS_SHOWN = 10;
const ALERTS_SHOWN = 6;
const TEAMS_SHOWN = 30;
const NEAREST_MAX = 3;
const ORDER: readonly Standing[] = ['red', 'amber', 'stale', 'silent', 'green', 'unverified'];

/** A team: its people's names, the rooms that serve it, and its metrics with their open alerts. */
export type TeamFacts = {
  team: string;
  people: readonly string[];
  rooms: readonly string[];
  statuses: readonly MetricStatus[];
};

/** Gives who a team is, where it is spoken to, and how its metrics stand, worst first. */
export function answerTeam({ team, people, rooms, statuses }: TeamFacts, words: Words): Answer {
  const groups = Map.groupBy(statuses, findStanding);
  const counts = countStandings((standing) => groups.get(standing)?.length ?? 0, ORDER, words);
  const worstFirst = ORDER.flatMap((standing) =>
    (groups.get(standing) ?? []).toSorted((a, b) => a.metric.name.localeCompare(b.metric.name)),
  );
  const left = worstFirst.length - METRICS_SHOWN;
  return {
    lines: [
      firstLine({ glyph: GLYPH.team, name: team }),
      titled(words.t('team-people'), [namesText(people) || words.t('team-nobody')]),
      titled(words.t('team-rooms'), [namesText(rooms) || words.t('team-no-room')]),
      titled(words.t('team-metrics'), [counts.join(', ') || words.t('no-metrics')]),
      ...worstFirst.slice(0, METRICS_SHOWN).map((status) => metricLine(status, words)),
      left > 0 ? [words.t('and-more', { count: left })] : [],
    ].filter((line) => line.length > 0),
    buttons: teamButtons(team, statuses, words),
  };
}

function namesText(names: readonly string[]): string {
  return shorten(names.map(nameText).join(', '), NAMES_MAX);
}

function metricLine(status: MetricStatus, words: Words): Line {
  const { alert } = status;
  return joinFacts([
    statusLine(status, words),
    alert && words.t('alert-state', { number: `A-${alert.number}`, state: alert.state }),
  ]);
}

function teamButtons(team: string, statuses: readonly MetricStatus[], words: Words): Button[][] {
  const open = statuses.flatMap(({ alert, metric }) => (alert ? [{ ...alert, name: metric.name }] : []));
  const worst = open.toSorted(
    (a, b) => Number(b.level === 'red') - Number(a.level === 'red') || a.number - b.number,
  );
  if (statuses.length === 0) return [];
  const scope: Scope = { by: 'team', name: team };
  const more = [
    {
      label: `${GLYPH.cockpit} ${words.t('button-cockpit')}`,
      press: encodePress({ kind: 'cockpit', scope }),
    },
    {
      label: `${GLYPH.alerts} ${words.t('button-alerts')}`,
      press: encodePress({ kind: 'alerts', page: 0, scope }),
    },
  ];
  return [...worst.slice(0, ALERTS_SHOWN).map((alert) => alertRow(alert, words)), more];
}

/** Gives all teams as buttons, or up to three when the name that was said is none. */
export function answerWhichTeam(facts: { query: string; teams: readonly string[] }, words: Words): Answer {
  const { teams } = facts;
  const query = shorten(oneLine(facts.query), LABEL_MAX);
  if (teams.length === 0) return { lines: [[words.t('no-teams')]] };
  const shown = teams.slice(0, query === '' ? TEAMS_SHOWN : NEAREST_MAX);
  return {
    lines: [[query === '' ? words.t('which-team') : words.t('no-such-team', { query })]],
    buttons: shown.map((team) => [
      {
        label: shorten(`${GLYPH.team} ${oneLine(team)}`, LABEL_MAX),
        press: encodePress({ kind: 'team', team }),
      },
    ]),
  };
}

/** Gives up to three teams, domains or tags as buttons when a scope's name is misspelt. */
export function answerWhichScope(
  facts: { query: string; nearest: readonly Scope[]; show: 'cockpit' | 'alerts' | 'log' },
  words: Words,
): Answer {
  const query = shorten(oneLine(facts.query), LABEL_MAX);
  const named = facts.nearest.flatMap((scope) => ('name' in scope ? [scope] : [])).slice(0, NEAREST_MAX);
  return {
    lines: [[words.t('no-such-scope', { query, found: named.length === 0 ? 'no' : 'yes' })]],
    buttons: named.map((scope) => [
      { label: shorten(oneLine(scope.name), LABEL_MAX), press: pressOf(scope, facts.show) },
    ]),
  };
}

function pressOf(scope: Scope, show: 'cockpit' | 'alerts' | 'log'): string {
  if (show === 'cockpit') return encodePress({ kind: 'cockpit', scope });
  if (show === 'alerts') return encodePress({ kind: 'alerts', page: 0, scope });
  return encodePress({ kind: 'log', of: { show: 'all', scope }, before: null });
}
