import type { AlertView } from './alert-view.ts';
import { alertButtons } from './alert-buttons.ts';
import { alertFirstLine, alertLines } from './alert-lines.ts';
import { pictureAlt } from './picture-alt.ts';
import type { Answer } from './types.ts';
import type { Words } from './words-types.ts';

/**
 * Gives an alert's message: state, metric, value against its line, change, since, picture, owner and who acked, buttons;
 * the order is the same in every phase.
 */
export function describeAlert(view: AlertView, words: Words): Answer {
  return {
    lines: [alertFirstLine(view, words), ...alertLines(view, words)],
    ...(view.picture && { picture: { spec: view.picture, alt: pictureAlt(view.picture, words) } }),
    buttons: alertButtons(view, words),
  };
}
