import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { instant, joinFacts, sayLine } from './lines.ts';
import { nameText } from './name-text.ts';
import { encodePress } from './press.ts';
import type { Answer, Button, Line } from './types.ts';
import type { Words } from './words-types.ts';

/** A maintenance window as people see it. */
export type WindowFact = {
  name: string;
  until: Date;
  /** what it is of: ids of metrics, domains, tables; empty for everything */
  of: readonly string[];
  /** who opened it, and the number that ends it; null for one of workspace.yaml */
  opened: { by: string; number: number } | null;
};

/** Gives the windows that are open, with a button to end each that was opened in chat. */
export function answerWindows(
  { windows, now }: { windows: readonly WindowFact[]; now: Date },
  words: Words,
): Answer {
  if (windows.length === 0)
    return {
      lines: [[`${GLYPH.maintenance} ${words.t('maintenance-none')}`], [words.t('maintenance-how')]],
    };
  const buttons = windows.flatMap((window) => endButton(window, words));
  return {
    lines: [
      firstLine({ glyph: GLYPH.maintenance, name: words.t('maintenance-open', { count: windows.length }) }),
      ...windows.map((window) => windowLine(window, now, words)),
      [words.t('maintenance-effect')],
    ],
    ...(buttons.length > 0 && { buttons }),
  };
}

/** Gives what was just opened or ended. */
export function answerWindowDone(
  { window, done, now }: { window: WindowFact; done: 'opened' | 'ended'; now: Date },
  words: Words,
): Answer {
  const title = firstLine({
    glyph: GLYPH.maintenance,
    name: window.name,
    word: words.t('maintenance-done', { done }),
  });
  if (done === 'ended') return { lines: [title, [words.t('maintenance-ended-effect')]] };
  return {
    lines: [title, windowLine(window, now, words), [words.t('maintenance-effect')]],
    buttons: endButton(window, words),
  };
}

function windowLine({ name, until, of, opened }: WindowFact, now: Date, words: Words): Line {
  return joinFacts([
    nameText(name),
    of.length === 0 ? words.t('maintenance-of-all') : nameText(of.join(', ')),
    sayLine(words, 'maintenance-until', { until: instant(until, now, words) }),
    opened === null ? words.t('maintenance-by-file') : nameText(opened.by),
  ]);
}

function endButton({ name, opened }: WindowFact, words: Words): Button[][] {
  if (opened === null) return [];
  const label = words.t('button-end-maintenance', { name: nameText(name) });
  return [[{ label, press: encodePress({ kind: 'end_window', window: opened.number }) }]];
}
