import { HOUR, MINUTE } from '../lib/time.ts';
import type { AlertView } from './alert-view.ts';
import { GLYPH } from './glyphs.ts';
import { encodePress, type PressedAlert, type PressSubject } from './press.ts';
import type { Button } from './types.ts';
import type { Words } from './words-types.ts';

/** The snooze of one tap. */
const SNOOZE_DEFAULT_MS = HOUR;

/** The spans that the snooze menu offers. */
const SNOOZE_CHOICES_MS = [15 * MINUTE, HOUR, 4 * HOUR];

/** Days of the chart that an alert's message opens. */
const CHART_DAYS = 90;

/** Gives the buttons under an alert's message, by phase. */
export function alertButtons(view: AlertView, words: Words): Button[][] {
  const pressed = { alert: view.number, version: view.version };
  const more = [whyButton(pressed, words), chartButton(pressed, words)];
  if (view.phase === 'resolved') return [feedbackButtons(pressed, words), more];
  if (view.phase === 'withdrawn') return [more];
  return [actionButtons(view, pressed, words), [...more, howtoButton(pressed, words)]];
}

function actionButtons(view: AlertView, pressed: PressedAlert, words: Words): Button[] {
  const menu: Button = {
    label: `${GLYPH.snooze} …`,
    press: encodePress({ ...pressed, kind: 'snooze_menu' }),
  };
  // an ack may cover amber only: an alert that fires in spite of one can be acked again
  if (view.phase === 'acked' || (view.ack && view.phase !== 'firing')) {
    return [unackButton(pressed, words), menu];
  }
  return [ackButton(pressed, words), snoozeButton(pressed, words), menu];
}

/** Gives the button that snoozes an alert for an hour. */
export function snoozeButton(pressed: PressedAlert, words: Words): Button {
  const span = words.duration(SNOOZE_DEFAULT_MS);
  return {
    label: `${GLYPH.snooze} ${words.t('button-snooze', { span })}`,
    press: encodePress({ ...pressed, kind: 'snooze', forMs: SNOOZE_DEFAULT_MS }),
  };
}

/** Gives the choices that replace an alert's buttons when `💤 …` is pressed. */
export function snoozeMenuButtons(pressed: PressedAlert, words: Words): Button[][] {
  const choices = SNOOZE_CHOICES_MS.map((forMs): Button => ({
    label: `${GLYPH.snooze} ${words.duration(forMs)}`,
    press: encodePress({ ...pressed, kind: 'snooze', forMs }),
  }));
  const workday: Button = {
    label: `${GLYPH.snooze} ${words.t('button-next-workday')}`,
    press: encodePress({ ...pressed, kind: 'snooze_workday' }),
  };
  const ask: Button = {
    label: `${GLYPH.snooze} ${words.t('button-until')}`,
    press: encodePress({ ...pressed, kind: 'snooze_ask' }),
  };
  const back: Button = {
    label: `← ${words.t('button-back')}`,
    press: encodePress({ ...pressed, kind: 'back' }),
  };
  return [choices, [workday], [ask, back]];
}

/** Whether it was worth the noise: what thresholds are chosen by later. */
function feedbackButtons(pressed: PressedAlert, words: Words): Button[] {
  return [
    {
      label: `${GLYPH.real} ${words.t('button-real')}`,
      press: encodePress({ ...pressed, kind: 'real' }),
    },
    {
      label: `${GLYPH.noise} ${words.t('button-noise')}`,
      press: encodePress({ ...pressed, kind: 'noise' }),
    },
  ];
}

/** Gives the button that acks an alert. */
export function ackButton(pressed: PressedAlert, words: Words): Button {
  return {
    label: `${GLYPH.ack} ${words.t('button-ack')}`,
    press: encodePress({ ...pressed, kind: 'ack' }),
  };
}

/** Gives the button that gives an alert back. */
export function unackButton(pressed: PressedAlert, words: Words): Button {
  return {
    label: `${GLYPH.unack} ${words.t('button-unack')}`,
    press: encodePress({ ...pressed, kind: 'unack' }),
  };
}

/** Gives the button that explains an alert or a metric. */
export function whyButton(of: PressSubject, words: Words): Button {
  return { label: `${GLYPH.why} ${words.t('button-why')}`, press: encodePress({ kind: 'why', of }) };
}

/** Gives the button that shows how a number is made and read. */
export function howtoButton(of: PressSubject, words: Words): Button {
  return { label: `${GLYPH.howto} ${words.t('button-howto')}`, press: encodePress({ kind: 'howto', of }) };
}

function chartButton(of: PressSubject, words: Words): Button {
  return {
    label: `${GLYPH.chart} ${words.t('button-days', { count: CHART_DAYS })}`,
    press: encodePress({ kind: 'card', of, range: `${CHART_DAYS}d` }),
  };
}
