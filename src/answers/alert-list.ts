import type { AlertView } from './alert-view.ts';
import { ackButton, snoozeButton, unackButton } from './alert-buttons.ts';
import { alertFirstLine } from './alert-lines.ts';
import { type AlertRow, alertRow, openAlertButton } from './alert-rows.ts';
import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { joinFacts, sayLine, instant } from './lines.ts';
import { nameText } from './name-text.ts';
import { roomLine } from './room-line.ts';
import { encodePress, type Press } from './press.ts';
import type { Scope } from './scopes.ts';
import type { Answer, Button, Line } from './types.ts';
import type { Words } from './words-types.ts';

/** Alerts on one page of a list. */
export const ALERTS_PAGE = 7;

/** Gives the things of one page, counted from 0; a page past the end is the last one. */
export function pageOf<T>(all: readonly T[], page: number): T[] {
  const shown = clampPage(page, all.length);
  return all.slice(shown * ALERTS_PAGE, (shown + 1) * ALERTS_PAGE);
}

function clampPage(page: number, total: number): number {
  return Math.min(Math.max(page, 0), Math.max(0, Math.ceil(total / ALERTS_PAGE) - 1));
}

/**
 * One page of alerts: its own in `alerts`, how many there are, and the storm or the part of the metrics that they are of: what a
 * scope names (null: everything), or the teams that the room is for.
 */
export type AlertPage = {
  alerts: readonly AlertView[];
  total: number;
  page: number;
  of?: { storm: number } | { scope: Scope; name: string | null } | { room: string };
};

/** Gives a page of the open alerts, worst and oldest first as given; `page` counts from 0. */
export function answerAlerts({ alerts, total, page: wanted, of }: AlertPage, words: Words): Answer {
  const name = nameOfPage(of);
  const room = of && 'room' in of ? [roomLine(of.room, '/alerts all', words)] : [];
  if (total === 0) {
    const none = name === null ? words.t('no-alerts') : words.t('no-alerts-in', { name });
    return { lines: [[`${GLYPH.green} ${none}`], ...room] };
  }
  const last = Math.ceil(total / ALERTS_PAGE) - 1;
  const page = clampPage(wanted, total);
  const title = words.t('open-alerts', { count: total });
  const place = last > 0 ? words.t('page', { page: page + 1, pages: last + 1 }) : null;
  return {
    lines: [
      joinFacts([`${GLYPH.alerts} ${title}`, name, place]),
      ...alerts.map((alert) => listLine(alert, words)),
      ...room,
    ],
    buttons: [...alerts.map((alert) => alertRow(toRow(alert), words)), pageRow(page, last, of)].filter(
      (row) => row.length > 0,
    ),
  };
}

function nameOfPage(of: AlertPage['of']): string | null {
  if (of === undefined || 'storm' in of) return null;
  const name = 'room' in of ? of.room : of.name;
  return name === null ? null : nameText(name);
}

function listLine(view: AlertView, words: Words): Line {
  return joinFacts([
    alertFirstLine(view, words),
    view.ack && nameText(view.ack.by),
    sayLine(words, 'since-short', { at: instant(view.openedAt, view.now, words) }),
    `A-${view.number}`,
  ]);
}

function toRow(view: AlertView): AlertRow {
  const { number, version, level } = view;
  const state =
    view.phase === 'snoozed' || view.phase === 'acked' ? view.phase : view.ack ? 'acked' : 'firing';
  return { number, version, level, state, name: view.metric.name };
}

function pageRow(page: number, last: number, of: AlertPage['of']): Button[] {
  const to = (target: number, label: string): Button => ({
    label,
    press: encodePress(pageOfList(target, of)),
  });
  const back = page > 0 ? [to(page - 1, `← ${page}`)] : [];
  const next = page < last ? [to(page + 1, `${page + 2} →`)] : [];
  return [...back, ...next];
}

function pageOfList(page: number, of: AlertPage['of']): Press {
  if (of && 'storm' in of) return { kind: 'storm', storm: of.storm, page };
  return of && 'scope' in of ? { kind: 'alerts', page, scope: of.scope } : { kind: 'alerts', page };
}

/** Gives the question which alert is meant, with a button for each (at most eight). */
export function answerChooseAlert(
  facts: { alerts: readonly AlertView[]; action: 'ack' | 'unack' | 'snooze' },
  words: Words,
): Answer {
  const { alerts, action } = facts;
  if (alerts.length === 0) return { lines: [[`${GLYPH.green} ${words.t('no-alerts')}`]] };
  const rows = alerts.slice(0, ALERTS_PAGE + 1).map((alert): Button[] => {
    const pressed = { alert: alert.number, version: alert.version };
    const act = { ack: ackButton, unack: unackButton, snooze: snoozeButton }[action];
    return [openAlertButton(toRow(alert)), act(pressed, words)];
  });
  return {
    lines: [firstLine({ glyph: GLYPH.alerts, name: words.t('which-alert', { action }) })],
    buttons: rows,
  };
}
