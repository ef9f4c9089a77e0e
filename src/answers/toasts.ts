import type { PressRefusal } from '../alerts/index.ts';
import type { Role } from '../registry/index.ts';
import { GLYPH } from './glyphs.ts';
import { roleWord } from './people-words.ts';
import type { NameOf } from './names.ts';
import { shorten } from './shorten.ts';
import type { Answer, PressAnswer } from './types.ts';
import type { Words } from './words-types.ts';

/** Telegram's limit of an answer to a press. */
const TOAST_MAX = 200;

/** What became of a press (or of the command that means the same). */
export type PressOutcome =
  | { kind: 'acked' }
  | { kind: 'unacked' }
  | { kind: 'snoozed'; until: Date }
  /** whether the alert was worth it; `isNew` is false when the person had said so before */
  | { kind: 'rated'; verdict: 'real' | 'noise'; isNew: boolean }
  /** nothing to say beyond what the message shows */
  | { kind: 'shown' }
  | PressRefusal
  /** the alert is over */
  | { kind: 'closed'; number: number; at: Date }
  | { kind: 'no_right'; need: Role; have: Role }
  | { kind: 'not_member' }
  /** the data is none that this program reads */
  | { kind: 'unreadable' }
  | { kind: 'metric_gone' }
  | { kind: 'unavailable' };

/** Gives the toast of a press: what happened, and when it was refused, why and what to do. */
export function pressToast(
  outcome: PressOutcome,
  options: { words: Words; now: Date; nameOf: NameOf },
): PressAnswer {
  const toast = shorten(toastText(outcome, options), TOAST_MAX);
  const alarm =
    outcome.kind === 'no_right' || outcome.kind === 'not_member' || outcome.kind === 'unavailable';
  return alarm ? { toast, alarm } : { toast };
}

/** Gives the same as a message, for a command that was refused. */
export function answerRefusal(
  outcome: PressOutcome,
  options: { words: Words; now: Date; nameOf: NameOf },
): Answer {
  return { lines: [[`${GLYPH.refused} ${toastText(outcome, options)}`]] };
}

function toastText(
  outcome: PressOutcome,
  { words, now, nameOf }: { words: Words; now: Date; nameOf: NameOf },
): string {
  switch (outcome.kind) {
    case 'acked':
    case 'unacked':
      return words.t('done-next', { done: outcome.kind });
    case 'snoozed':
      return words.t('snoozed-until', { until: words.time(outcome.until, now) });
    case 'rated':
      return words.t(outcome.isNew ? 'toast-rated' : 'toast-rated-before', { verdict: outcome.verdict });
    case 'shown':
      return words.t('toast-shown');
    case 'already_acked':
      return words.t('toast-already-acked', {
        name: nameOf(outcome.by),
        ago: words.ago(new Date(outcome.at), now),
      });
    case 'already_snoozed':
      return words.t('toast-already-snoozed', {
        name: nameOf(outcome.by),
        until: words.time(new Date(outcome.until), now),
      });
    case 'closed':
      return words.t('toast-closed', { alert: `A-${outcome.number}`, at: words.time(outcome.at, now) });
    case 'no_right':
      return words.t('toast-no-right', {
        need: roleWord(outcome.need, words),
        have: roleWord(outcome.have, words),
      });
    case 'no_alert':
      return words.t('toast-no-alert');
    case 'not_acked':
      return words.t('toast-not-acked');
    case 'not_in_future':
      return words.t('toast-not-in-future');
    case 'outdated':
      return words.t('toast-outdated');
    case 'not_member':
      return words.t('toast-not-member');
    case 'unreadable':
      return words.t('toast-unreadable');
    case 'metric_gone':
      return words.t('toast-metric-gone');
    case 'unavailable':
      return words.t('toast-unavailable');
  }
}
