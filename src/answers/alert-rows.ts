import type { OpenAlert } from '../pulse/index.ts';
import { ackButton } from './alert-buttons.ts';
import { GLYPH } from './glyphs.ts';
import { encodePress } from './press.ts';
import type { Scope } from './scopes.ts';
import { oneLine, shorten } from './shorten.ts';
import type { Button } from './types.ts';
import type { Words } from './words-types.ts';

/** What a button on a phone shows of a name beside a second button. */
const LABEL_MAX = 32;

/** An open alert as lists show it. */
export type AlertRow = Pick<OpenAlert, 'number' | 'version' | 'level' | 'state'> & { name: string };

/** Gives the sign of an open alert: its level's until somebody has it. */
function openAlertGlyph(alert: Pick<AlertRow, 'level' | 'state'>): string {
  return alert.state === 'firing' ? GLYPH[alert.level] : GLYPH[alert.state];
}

/** Gives the button that opens an alert with all its buttons. */
export function openAlertButton(alert: AlertRow): Button {
  return {
    label: shorten(`${openAlertGlyph(alert)} ${oneLine(alert.name)}`, LABEL_MAX),
    press: encodePress({ kind: 'alert', alert: alert.number, version: alert.version }),
  };
}

/** Gives a row of buttons for one open alert: open it, and ack it when nobody has. */
export function alertRow(alert: AlertRow, words: Words): Button[] {
  const open = openAlertButton(alert);
  if (alert.state === 'acked') return [open];
  return [open, ackButton({ alert: alert.number, version: alert.version }, words)];
}

/** Gives the row that leads to the list of all open alerts, of a scope where one is given. */
export function moreAlertsRow(count: number, words: Words, scope?: Scope): Button[] {
  const label = `${GLYPH.alerts} ${words.t('button-all-alerts', { count })}`;
  return [{ label, press: encodePress({ kind: 'alerts', page: 0, ...(scope && { scope }) }) }];
}
