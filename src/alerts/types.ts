import type { Direction } from '../registry/index.ts';

export type Level = 'green' | 'amber' | 'red';

/** The lines of a metric and how many ticks make an edge; everything the judge needs of a definition. */
export type JudgePolicy = {
  direction: Direction;
  norm: number | null;
  alert: number | null;
  /** recovery lines; null = the line itself */
  bandNorm: number | null;
  bandAlert: number | null;
  enter: number;
  leave: number;
  ackTimeoutMs: number;
  escalateAfterMs: number;
  /** rungs of the escalation ladder above the first */
  escalationSteps: number;
};

/** Consecutive ticks; no data neither adds nor resets. */
export type Runs = {
  /** at red */
  red: number;
  /** at amber or worse */
  amber: number;
  /** better than the recovery line of red */
  offRed: number;
  /** better than the recovery line of amber (or of red, where no norm exists) */
  offAmber: number;
};

export type Ack = { by: string; at: string; level: 'amber' | 'red'; timedOut: boolean };
export type Snooze = { by: string; at: string; until: string; level: 'amber' | 'red' };

/** One alert while it is open. Instants are ISO 8601 UTC, so that a state is plain JSON. */
export type Episode = {
  /** level after hysteresis */
  level: 'amber' | 'red';
  version: number;
  openedAt: string;
  /** when the present level was entered */
  levelSince: string;
  worstLevel: 'amber' | 'red';
  /** worst and newest value since the episode was opened */
  worstValue: number;
  value: number;
  ack: Ack | null;
  snooze: Snooze | null;
  /** the run towards green has begun and is not complete */
  recovering: boolean;
  /** red → amber has been said, and it is not red again */
  improving: boolean;
  escalatedSteps: number;
  /** since when a red alert waits for somebody to take it; null while somebody has it, or it is not red */
  unattendedSince: string | null;
  /** when a person was last interrupted for this alert */
  lastPushAt: string | null;
};

/** What the judge remembers of one metric. */
export type AlertState = {
  /** level after hysteresis; green before any reading */
  level: Level;
  runs: Runs;
  /** as_of of the newest judged reading: one as_of is one tick */
  lastAsOf: string | null;
  /** the levels after hysteresis of the last ticks, newest last, at most 21: for flapping */
  recent: Level[];
  flapping: boolean;
  episode: Episode | null;
};

/** Something that happened to a metric. */
export type JudgeInput =
  | { kind: 'reading'; value: number; asOf: string }
  | { kind: 'no_data' }
  /** only time has passed */
  | { kind: 'time' }
  | { kind: 'ack'; by: string; version: number | null }
  | { kind: 'unack'; by: string; version: number | null }
  | { kind: 'snooze'; by: string; until: string; version: number | null }
  /** the metric may no longer alert, or is gone: closes what is open without a recovery */
  | { kind: 'withdraw'; reason: Withdrawal };

export type Withdrawal = 'unverified' | 'retired' | 'unjudged';

/** A change of state that somebody may have to hear about. `pushes` of an edge is decided in routing, not here. */
export type Edge =
  | { kind: 'entered_amber' }
  /** `from` is the level before; an alert that was amber keeps its number */
  | { kind: 'entered_red'; from: 'green' | 'amber'; brokeSnooze: boolean }
  | { kind: 'improving' }
  | { kind: 'recovering' }
  /** the run towards green was broken, or red came back under an ack or a snooze of red: nobody is interrupted */
  | { kind: 'relapsed' }
  | { kind: 'resolved'; durationMs: number; worstValue: number; ack: Ack | null; snooze: Snooze | null }
  | { kind: 'acked'; by: string }
  | { kind: 'unacked'; by: string }
  | { kind: 'snoozed'; by: string; until: string }
  | { kind: 'snooze_ended'; by: string }
  /** `at`: when it was acked */
  | { kind: 'ack_timed_out'; by: string; at: string }
  | { kind: 'escalated'; step: number }
  | { kind: 'flapping_started' }
  | { kind: 'flapping_ended' }
  /** same level, another value: only edits what is there */
  | { kind: 'value_changed' }
  | { kind: 'withdrawn'; reason: Withdrawal };

/** Why a press did nothing. */
export type PressRefusal =
  | { kind: 'no_alert' }
  | { kind: 'already_acked'; by: string; at: string }
  | { kind: 'not_acked' }
  | { kind: 'already_snoozed'; by: string; until: string }
  | { kind: 'not_in_future' }
  /** the version named is not the alert's version */
  | { kind: 'outdated'; version: number };

/** What the judge gives: the state after, the edges in order, a refusal of a press, and when time alone matters next. */
export type Judgement = {
  state: AlertState;
  edges: Edge[];
  /** the level of this reading by the lines alone; null without a reading */
  readingLevel: Level | null;
  refusal: PressRefusal | null;
  /** the episode that this input closed, in its last version (its facts are needed for the last message) */
  closed: Episode | null;
  /** next instant at which `{kind: 'time'}` can yield an edge; null = never */
  wakeAt: string | null;
};
