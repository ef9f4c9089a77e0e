import type { DeliveryRecord } from '../delivery/index.ts';
import { nameText } from './name-text.ts';
import { GLYPH } from './glyphs.ts';
import { firstLine } from './first-line.ts';
import { instant, joinFacts, sayLine } from './lines.ts';
import { roomLine } from './room-line.ts';
import { encodePress } from './press.ts';
import type { LogScope } from './press-log.ts';
import { oneLine, shorten } from './shorten.ts';
import type { Answer, Button, Line } from './types.ts';
import type { Words } from './words-types.ts';

const REASON_MAX = 160;
const LABEL_MAX = 40;

/** One delivery as the log tells it; `at` is when it was sent, else when it was decided. */
export type LogEntry = Pick<
  DeliveryRecord,
  'id' | 'alertNumber' | 'edge' | 'operation' | 'status' | 'attempts' | 'reason' | 'maybeSent' | 'delayed'
> & {
  at: Date;
  nextAttemptAt: Date;
  heldUntil: Date | null;
  /** name of its metric, or the source that is silent; null for a message outside of any alert */
  metric: string | null;
  /** as people call it */
  place: string;
};

/** A page of the delivery log, newest first. */
export type DeliveryLogFacts = {
  of: LogScope;
  /** what it is about: a metric, an alert, a part of the metrics; null for everything */
  name: string | null;
  /** it is about the teams of the room, since nothing else was said */
  isRooms: boolean;
  entries: readonly LogEntry[];
  isNewestPage: boolean;
  /** where the next page begins; null at the end */
  next: string | null;
  mayRetry: boolean;
  now: Date;
};

/** Gives a page of what was sent, where, when, how often tried, and why not or why late; each dead letter with a button. */
export function answerDeliveryLog(facts: DeliveryLogFacts, words: Words): Answer {
  const title = firstLine({ glyph: GLYPH.log, name: titleText(facts, words) });
  const room = facts.isRooms && facts.name !== null ? [roomLine(facts.name, allOf(facts.of), words)] : [];
  if (facts.entries.length === 0) return { lines: [title, [words.t('log-nothing')], ...room] };
  const dead = facts.mayRetry ? facts.entries.filter((entry) => entry.status === 'dead') : [];
  const rows = [...dead.map((entry) => [retryButton(entry, words)]), pageRow(facts, words)];
  return {
    lines: [title, ...facts.entries.map((entry) => entryLine(entry, facts.now, words)), ...room],
    buttons: rows.filter((row) => row.length > 0),
  };
}

function titleText({ of, name }: DeliveryLogFacts, words: Words): string {
  const title = words.t('log-title', { show: of.show });
  return name === null ? title : `${title} · ${nameText(name)}`;
}

/** What to say for the same of everything. */
function allOf({ show }: LogScope): string {
  return show === 'all' ? '/log all' : `/log all ${show.replace('_', ' ')}`;
}

function entryLine(entry: LogEntry, now: Date, words: Words): Line {
  const { at, edge, place, operation, alertNumber, metric } = entry;
  const about = [alertNumber === null ? '' : `A-${alertNumber}`, metric === null ? '' : nameText(metric)];
  return joinFacts([
    [instant(at, now, words), ` ${words.t('edge', { edge })} → ${nameText(place)}`],
    about.join(' ').trim(),
    words.t('delivery-operation', { operation }),
    ...stateFacts(entry, now, words),
  ]);
}

/** What became of it, and why: held until when, late by what, tried when again. */
function stateFacts(entry: LogEntry, now: Date, words: Words): (Line | string | null)[] {
  const { status, nextAttemptAt, maybeSent, delayed } = entry;
  const waits = status === 'pending' && nextAttemptAt > now;
  return [
    stateText(entry, now, words),
    waits ? sayLine(words, 'log-next', { at: instant(nextAttemptAt, now, words) }) : null,
    delayed ? words.t('log-delayed') : null,
    maybeSent ? words.t('log-maybe', { sent: status === 'sent' ? 'yes' : 'no' }) : null,
    reasonText(entry, words),
  ];
}

function stateText({ status, attempts, heldUntil }: LogEntry, now: Date, words: Words): Line | string {
  if (status === 'superseded') return words.t('log-superseded');
  if (status !== 'held' || heldUntil === null) return words.t('delivery-status', { status, attempts });
  return sayLine(words, 'log-held', { until: instant(heldUntil, now, words) });
}

const DELAYED_PREFIX = /^delayed by rate limit(: )?/;

/** Reasons that this program gives itself, in words; what a platform said, as it said it. */
const OWN_REASONS: readonly (readonly [RegExp, string])[] = [
  [/^a newer (edit shows|message tells) it$/, 'newer'],
  [/^the message shows it already$/, 'same'],
  [/^there is no message to edit$/, 'no_message'],
  [/^the storm message tells it$/, 'storm'],
  [/^it was fresh again before this was sent$/, 'fresh'],
  [/^quiet hours of (?<name>.+)$/, 'quiet_hours'],
  [/^maintenance: (?<name>.+)$/, 'maintenance'],
];

function reasonText({ reason, delayed }: LogEntry, words: Words): string | null {
  if (reason === null) return null;
  for (const [pattern, key] of OWN_REASONS) {
    const match = pattern.exec(reason);
    if (match) return words.t('log-reason', { reason: key, name: nameText(match.groups?.['name'] ?? '') });
  }
  const text = delayed ? reason.replace(DELAYED_PREFIX, '') : reason;
  return shorten(oneLine(text), REASON_MAX);
}

function retryButton({ id, place, metric, edge }: LogEntry, words: Words): Button {
  const about = nameText(metric ?? words.t('edge', { edge }));
  const label = `${GLYPH.retry} ${words.t('button-retry')} · ${nameText(place)} · ${about}`;
  return { label: shorten(label, LABEL_MAX), press: encodePress({ kind: 'retry', delivery: id }) };
}

function pageRow({ of, isNewestPage, next }: DeliveryLogFacts, words: Words): Button[] {
  const to = (before: string | null, label: string): Button => ({
    label,
    press: encodePress({ kind: 'log', of, before }),
  });
  return [
    ...(isNewestPage ? [] : [to(null, `⏮ ${words.t('button-newest')}`)]),
    ...(next === null ? [] : [to(next, `${words.t('button-older')} →`)]),
  ];
}
