import { describeAlert } from './alert.ts';
import type { AlertPhase, AlertView, ReplyKind } from './alert-view.ts';
import { alertButtons } from './alert-buttons.ts';
import { ackLine, alertFirstLine, alertLines, crossingText, snoozeLine } from './alert-lines.ts';
import { instant, joinFacts, sayLine } from './lines.ts';
import { nameText } from './name-text.ts';
import type { Answer, Line } from './types.ts';
import type { Words } from './words-types.ts';

/**
 * Gives a message about one edge of an alert: the reply that notifies people under an alert's message, and, where nothing can
 * be redrawn, the message that an edge is.
 */
export function describeReply(view: AlertView, reply: ReplyKind, words: Words): Answer {
  switch (reply.kind) {
    case 'entered_red':
      return ringing(
        view,
        sayLine(words, 'reply-entered-red', {
          from: reply.from,
          at: instant(view.openedAt, view.now, words),
        }),
        words,
      );
    case 'snooze_ended':
      return ringing(view, [words.t('reply-snooze-ended', { name: nameText(reply.by) })], words);
    case 'escalated':
      return ringing(view, [words.t('reply-escalated', { span: words.duration(openMs(view)) })], words);
    case 'ack_timed_out': {
      const at = instant(reply.ackedAt, view.now, words);
      return stillRed(view, sayLine(words, 'reply-ack-timed-out', { name: nameText(reply.by), at }), words);
    }
    case 'resolved':
    case 'withdrawn': {
      const over: AlertView = { ...view, phase: reply.kind };
      return { lines: [alertFirstLine(over, words), ...alertLines(over, words)] };
    }
    default:
      return describeAlert(asAfter(view, reply), words);
  }
}

/** Gives the line in a thread that notes an edge for whoever reads up: what stands above it has the rest, and the buttons. */
export function describeNote(view: AlertView, reply: ReplyKind, words: Words): Answer {
  switch (reply.kind) {
    case 'entered_amber':
    case 'acked':
    case 'unacked':
    case 'snoozed': {
      const after = asAfter(view, reply);
      const undone = reply.kind === 'unacked' ? words.t('unacked-by', { name: nameText(reply.by) }) : null;
      const why = ackLine(after, words) ?? snoozeLine(after, words) ?? undone ?? crossingText(view, words);
      return { lines: [alertFirstLine(after, words), joinFacts([why, `A-${view.number}`])] };
    }
    default:
      return { lines: describeReply(view, reply, words).lines };
  }
}

type Standing = Exclude<ReplyKind, { kind: 'snooze_ended' } | { kind: 'ack_timed_out' }>;

/** The alert as it was right after a press, whatever happened since. */
function asAfter(view: AlertView, reply: Standing): AlertView {
  const free: AlertView = { ...view, phase: 'firing' satisfies AlertPhase, ack: null, snooze: null };
  switch (reply.kind) {
    case 'acked':
      return { ...free, phase: 'acked', ack: { by: reply.by, at: reply.at } };
    case 'snoozed':
      return { ...free, phase: 'snoozed', snooze: { by: reply.by, until: reply.until } };
    default:
      return free;
  }
}

/** A reply that asks somebody to act: it rings as firing and has the alert's buttons. */
function ringing(view: AlertView, reason: Line, words: Words): Answer {
  return stillRed({ ...view, phase: 'firing', snooze: null }, reason, words);
}

/** Says that it fires, whoever has it; the buttons are those of its phase. */
function stillRed(view: AlertView, reason: Line, words: Words): Answer {
  return {
    lines: [
      alertFirstLine({ ...view, phase: 'firing' }, words),
      reason,
      joinFacts([crossingText(view, words), `A-${view.number}`]),
    ],
    buttons: alertButtons(view, words),
  };
}

function openMs({ now, openedAt }: AlertView): number {
  return Math.max(0, now.getTime() - openedAt.getTime());
}
