import { conclude } from './judge-outcome.ts';
import type { AlertState, Edge, Episode, JudgeInput, JudgePolicy, Judgement, PressRefusal } from './types.ts';

/** What a person may do with an open alert. `version` is the one the person saw; null: whatever is now. */
export type Press = Extract<JudgeInput, { kind: 'ack' | 'unack' | 'snooze' }>;

/** Judges a press: it changes the episode and its version, or is refused with the reason and changes nothing. */
export function judgePress(
  state: AlertState,
  press: Press,
  { policy, now }: { policy: JudgePolicy; now: Date },
): Judgement {
  const { episode } = state;
  if (episode === null) return conclude(state, policy, { refusal: { kind: 'no_alert' } });
  const refusal = findRefusal(episode, press, now);
  if (refusal !== undefined) return conclude(state, policy, { refusal });
  const after = { ...applyPress(episode, press, now), version: episode.version + 1 };
  return conclude({ ...state, episode: after }, policy, { edges: [edgeOf(press)] });
}

/** What somebody else has done already says more than that the version is old. */
function findRefusal(episode: Episode, press: Press, now: Date): PressRefusal | undefined {
  const outdated: PressRefusal | undefined =
    press.version === null || press.version === episode.version
      ? undefined
      : { kind: 'outdated', version: episode.version };
  switch (press.kind) {
    case 'ack':
      return episode.ack === null
        ? outdated
        : { kind: 'already_acked', by: episode.ack.by, at: episode.ack.at };
    case 'unack':
      return episode.ack === null ? { kind: 'not_acked' } : outdated;
    case 'snooze':
      return findSnoozeRefusal(episode, press.until, { outdated, now });
  }
}

/** A snooze may be moved to another end by somebody who saw it; the same end is the same thing. */
function findSnoozeRefusal(
  { snooze }: Episode,
  until: string,
  { outdated, now }: { outdated: PressRefusal | undefined; now: Date },
): PressRefusal | undefined {
  const isRunning = snooze !== null && isAfter(snooze.until, now);
  if (isRunning && (outdated !== undefined || Date.parse(until) === Date.parse(snooze.until))) {
    return { kind: 'already_snoozed', by: snooze.by, until: snooze.until };
  }
  return outdated ?? (isAfter(until, now) ? undefined : { kind: 'not_in_future' });
}

function isAfter(instant: string, now: Date): boolean {
  return Date.parse(instant) > now.getTime();
}

/** An ack replaces a snooze and a snooze replaces an ack: an alert is in one hand. */
function applyPress(episode: Episode, press: Press, now: Date): Episode {
  const { level } = episode;
  const at = now.toISOString();
  switch (press.kind) {
    case 'ack':
      return {
        ...episode,
        snooze: null,
        unattendedSince: null,
        ack: { by: press.by, at, level, timedOut: false },
      };
    case 'unack':
      return { ...episode, ack: null, unattendedSince: level === 'red' ? at : null };
    case 'snooze': {
      const until = new Date(press.until).toISOString();
      return { ...episode, ack: null, unattendedSince: null, snooze: { by: press.by, at, until, level } };
    }
  }
}

function edgeOf(press: Press): Edge {
  switch (press.kind) {
    case 'ack':
      return { kind: 'acked', by: press.by };
    case 'unack':
      return { kind: 'unacked', by: press.by };
    case 'snooze':
      return { kind: 'snoozed', by: press.by, until: new Date(press.until).toISOString() };
  }
}
