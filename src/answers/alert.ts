import type { AlertView, ReplyKind } from './alert-view.ts';
import { alertButtons } from './alert-buttons.ts';
import { alertFirstLine, alertLines, crossingText, nameText } from './alert-lines.ts';
import { instant, joinFacts, sayLine } from './lines.ts';
import { pictureAlt } from './picture-alt.ts';
import type { Answer, Line } from './types.ts';
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

/** Gives the reply that notifies people under an alert's message. */
export function describeReply(view: AlertView, reply: ReplyKind, words: Words): Answer {
  switch (reply.kind) {
    case 'entered_red':
      return ringing(
        view,
        sayLine(words, 'reply-entered-red', { at: instant(view.openedAt, view.now, words) }),
        words,
      );
    case 'snooze_ended':
      return ringing(view, [words.t('reply-snooze-ended', { name: nameText(reply.by) })], words);
    case 'resolved':
    case 'withdrawn': {
      const over: AlertView = { ...view, phase: reply.kind };
      return { lines: [alertFirstLine(over, words), ...alertLines(over, words)] };
    }
  }
}

/** A reply that asks somebody to act: it rings as firing and has the alert's buttons. */
function ringing(view: AlertView, reason: Line, words: Words): Answer {
  const firing: AlertView = { ...view, phase: 'firing', snooze: null };
  return {
    lines: [
      alertFirstLine(firing, words),
      reason,
      joinFacts([crossingText(firing, words), `A-${view.number}`]),
    ],
    buttons: alertButtons(firing, words),
  };
}
