import type { Level } from '../alerts/index.ts';
import type { PictureSpec } from '../pictures/index.ts';
import type { Unit } from '../registry/index.ts';

/** The phase an alert's message shows in its first line. */
export type AlertPhase =
  | 'firing'
  | 'improving'
  | 'recovering'
  | 'acked'
  | 'snoozed'
  | 'resolved'
  | 'withdrawn';

/** Everything an alert's message says, as facts: no language, no platform. */
export type AlertView = {
  id: string;
  number: number;
  version: number;
  phase: AlertPhase;
  level: Exclude<Level, 'green'>;
  metric: {
    id: string;
    name: string;
    unit: Unit;
    direction: 'up' | 'down';
    periodText: string;
    runbook: string | null;
  };
  value: number;
  /** the line the value is judged against at this level; null where none */
  line: { kind: 'norm' | 'alert'; value: number } | null;
  /** consecutive ticks at the level */
  ticks: number;
  /** against the comparable earlier reading */
  change: { ratio: number; at: Date } | null;
  openedAt: Date;
  now: Date;
  ack: { by: string; at: Date } | null;
  /** the ack was said to be forgotten */
  ackTimedOut: boolean;
  snooze: { by: string; until: Date } | null;
  /** set when resolved */
  resolved: { at: Date; durationMs: number; worstValue: number } | null;
  withdrawnReason: 'unverified' | 'retired' | 'unjudged' | null;
  owner: string | null;
  /** the owner is missing, unknown or not validated */
  unowned: boolean;
  /** beyond two sigma of typical */
  unusual: boolean;
  /** it was red and is amber */
  improving: boolean;
  /** it comes and goes: recoveries are held back */
  flapping: boolean;
  /** how many rungs of the ladder heard of it beyond the first */
  escalatedSteps: number;
  /** what people wrote, newest first; at most three */
  notes: readonly { by: string; at: Date; text: string }[];
  /** all notes, those that are not shown too */
  noteCount: number;
  /** how many people found the alert real, and how many noise */
  feedback: { real: number; noise: number };
  url: string | null;
  picture: PictureSpec | null;
};

/** What a reply under the alert's message is about. */
export type ReplyKind =
  | { kind: 'entered_amber' | 'resolved' | 'withdrawn' | 'escalated' }
  /** from green: its recovery was held back while it flaps */
  | { kind: 'entered_red'; from: 'green' | 'amber' }
  | { kind: 'snooze_ended' | 'unacked'; by: string }
  | { kind: 'acked'; by: string; at: Date }
  | { kind: 'snoozed'; by: string; until: Date }
  | { kind: 'ack_timed_out'; by: string; ackedAt: Date };
