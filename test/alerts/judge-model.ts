import type { Edge, JudgeInput, JudgePolicy, Level, PressRefusal } from '../../src/alerts/types.ts';
import type { Moment } from './judge-steps.ts';

/**
 * The reference: it remembers nothing between calls and tells the whole history again from its first moment, with windows
 * of ticks where the judge has counters. Slow and plain on purpose; shares no code with the judge.
 */
export type Told = {
  edges: Edge[];
  refusal: PressRefusal | null;
  level: Level;
  version: number;
  hold: Hold | null;
  worstValue: number | null;
  wakeAt: string | null;
  closedVersion: number | null;
};

type Hold = {
  kind: 'ack' | 'snooze';
  by: string;
  at: string;
  until: string;
  level: Level;
  forgotten: boolean;
};
type Reading = Extract<JudgeInput, { kind: 'reading' }>;
type Press = Extract<JudgeInput, { kind: 'ack' | 'unack' | 'snooze' }>;

/** Gives what the last moment of a history must yield. */
export function tell(history: readonly Moment[], policy: JudgePolicy): Told {
  const story = createStory(policy);
  for (const moment of history) story.live(moment);
  return story.told();
}

/** Gives what each moment of a history must yield. */
export function tellAll(history: readonly Moment[], policy: JudgePolicy): Told[] {
  const story = createStory(policy);
  return history.map((moment) => {
    story.live(moment);
    return story.told();
  });
}

function createStory(policy: JudgePolicy) {
  const sign = policy.direction === 'up' ? 1 : -1;
  const isRed = (v: number) => policy.alert !== null && sign * v < sign * policy.alert;
  const isBad = (v: number) => isRed(v) || (policy.norm !== null && sign * v < sign * policy.norm);
  const clears = (v: number, band: number | null) => band === null || sign * v > sign * band;
  const isOffRed = (v: number) => !isRed(v) && (policy.alert === null || clears(v, policy.bandAlert));
  const isOffAmber = (v: number) =>
    policy.norm === null ? isOffRed(v) : !isBad(v) && clears(v, policy.bandNorm);

  let values: number[] = [];
  let seenUpTo = '';
  let levels: Level[] = [];
  let opened: { index: number; at: number } | null = null;
  /** the level an open alert shows: its last one that is not green */
  let shown: Level = 'green';
  let changes = 0;
  let hold: Hold | null = null;
  let waitsSince: number | null = null;
  let rungs = 0;
  let pushedAt: number | null = null;
  let flaps = false;
  let edges: Edge[] = [];
  let refusal: PressRefusal | null = null;
  let closedVersion: number | null = null;

  const level = () => levels.at(-1) ?? 'green';
  const lastAll = (count: number, test: (v: number) => boolean) =>
    values.length >= count && values.slice(-count).every(test);

  function levelAfterTick(): Level {
    const before = level();
    if (lastAll(policy.enter, isRed)) return 'red';
    if (before === 'green') return lastAll(policy.enter, isBad) ? 'amber' : 'green';
    const offAmber = lastAll(policy.leave, isOffAmber);
    if (before === 'amber') return offAmber ? 'green' : 'amber';
    if (!lastAll(policy.leave, isOffRed)) return 'red';
    return offAmber ? 'green' : 'amber';
  }

  function worst(): number | null {
    if (opened === null) return null;
    const sorted = values.slice(opened.index).map((v) => sign * v);
    return sign * Math.min(...sorted);
  }

  /** Weighted changes among the last 21 levels, as a share of twenty. */
  function restlessness(): number {
    const [oldest = 'green'] = levels;
    const window = [...Array.from({ length: 21 }, () => oldest), ...levels].slice(-21);
    const weights = window.slice(1).map((one, n) => (one === window[n] ? 0 : 0.75 + 0.5 * (n / 19)));
    const share = weights.reduce((sum, weight) => sum + weight, 0) / 20;
    return Math.round(share * 1e9) / 1e9;
  }

  function read({ value, asOf }: Reading, now: Date): void {
    if (asOf <= seenUpTo) return;
    seenUpTo = asOf;
    const before = level();
    values.push(value);
    const after = levelAfterTick();
    levels.push(after);
    const flapped = flaps;
    flaps &&= restlessness() > 0.05;
    if (opened === null && after !== 'green') open(after, now);
    else if (opened !== null && after === 'green' && !flaps) recover(now);
    else if (opened !== null) goOn(before, after, now);
    if (flapped && !flaps)
      edges = [{ kind: 'flapping_ended' }, ...edges.filter(({ kind }) => kind !== 'value_changed')];
    const entered = edges.some(({ kind }) => kind === 'entered_red' || kind === 'entered_amber');
    if (!flaps && entered && restlessness() >= 0.2) {
      flaps = true;
      edges.push({ kind: 'flapping_started' });
    }
  }

  function open(after: Level, now: Date): void {
    opened = { index: values.length - 1, at: now.getTime() };
    shown = after;
    changes = 0;
    hold = null;
    pushedAt = null;
    waitsSince = null;
    if (after === 'red') push('green', now);
    else edges.push({ kind: 'entered_amber' });
  }

  function push(from: 'green' | 'amber', now: Date): void {
    edges.push({ kind: 'entered_red', from, brokeSnooze: hold?.kind === 'snooze' });
    hold = null;
    rungs = 0;
    waitsSince = now.getTime();
    pushedAt = now.getTime();
  }

  function recover(now: Date): void {
    if (opened === null) throw new Error('nothing to recover from');
    edges.push({
      kind: 'resolved',
      durationMs: Math.max(0, now.getTime() - opened.at),
      worstValue: worst() ?? Number.NaN,
      ack:
        hold?.kind === 'ack'
          ? { by: hold.by, at: hold.at, level: amberOrRed(hold), timedOut: hold.forgotten }
          : null,
      snooze:
        hold?.kind === 'snooze'
          ? { by: hold.by, at: hold.at, until: hold.until, level: amberOrRed(hold) }
          : null,
    });
    close();
  }

  function close(): void {
    closedVersion = 1 + changes + 1;
    opened = null;
    hold = null;
    waitsSince = null;
    changes = 0;
  }

  function goOn(before: Level, after: Level, now: Date): void {
    const [earlier, latest] = values.slice(-2);
    if (earlier === undefined || latest === undefined) throw new Error('an open alert has two ticks here');
    const moves = after !== 'green' && before !== after;
    if (moves && after === 'red') becomeRed(before, now);
    if (moves && after === 'amber') {
      edges.push({ kind: shown === 'red' ? 'improving' : 'relapsed' });
      waitsSince = null;
    }
    if (moves) changes += 1;
    if (after !== 'green') shown = after;
    const [recovered, recovering] = [isBetter(earlier, before), isBetter(latest, after)];
    if (recovering && !recovered) edges.push({ kind: 'recovering' });
    if (recovered && !recovering && !moves) edges.push({ kind: 'relapsed' });
    letTimePass(now);
    if (edges.length === 0 && earlier !== latest) edges.push({ kind: 'value_changed' });
  }

  function becomeRed(before: Level, now: Date): void {
    const tiresome = flaps && pushedAt !== null && now.getTime() - pushedAt < 3_600_000;
    if (hold?.level !== 'red' && !tiresome) return push(before === 'green' ? 'green' : 'amber', now);
    edges.push({ kind: 'relapsed' });
    waitsSince = hold === null ? now.getTime() : null;
  }

  /** On the way to green, or there with its recovery held back. */
  const isBetter = (v: number, at: Level) => at === 'green' || isOffAmber(v);
  const recovers = () => isBetter(values.at(-1) ?? Number.NaN, level());

  function forgottenAt(): number | null {
    if (hold?.kind !== 'ack' || hold.forgotten || shown !== 'red' || recovers()) return null;
    return Date.parse(hold.at) + policy.ackTimeoutMs;
  }

  function nextRungAt(): number | null {
    if (waitsSince === null || recovers() || rungs >= policy.escalationSteps) return null;
    return waitsSince + policy.escalateAfterMs;
  }

  function letTimePass(now: Date): void {
    if (opened === null) return;
    const t = now.getTime();
    if (hold?.kind === 'snooze' && now.toISOString() >= hold.until) {
      edges.push({ kind: 'snooze_ended', by: hold.by });
      changes += 1;
      hold = null;
      if (shown === 'red') {
        waitsSince = t;
        pushedAt = t;
      }
    }
    const forgotten = forgottenAt();
    if (hold && forgotten !== null && t >= forgotten) {
      edges.push({ kind: 'ack_timed_out', by: hold.by, at: hold.at });
      hold.forgotten = true;
      pushedAt = t;
    }
    const rung = nextRungAt();
    if (rung !== null && t >= rung) {
      rungs += 1;
      waitsSince = t;
      pushedAt = t;
      edges.push({ kind: 'escalated', step: rungs });
    }
  }

  function reasonAgainst(press: Press, now: Date): PressRefusal | null {
    if (opened === null) return { kind: 'no_alert' };
    const isOld = press.version !== null && press.version !== 1 + changes;
    const old: PressRefusal | null = isOld ? { kind: 'outdated', version: 1 + changes } : null;
    if (press.kind === 'ack')
      return hold?.kind === 'ack' ? { kind: 'already_acked', by: hold.by, at: hold.at } : old;
    if (press.kind === 'unack') return hold?.kind === 'ack' ? old : { kind: 'not_acked' };
    if (hold?.kind === 'snooze' && hold.until > now.toISOString() && (isOld || hold.until === press.until)) {
      return { kind: 'already_snoozed', by: hold.by, until: hold.until };
    }
    if (old !== null) return old;
    return press.until <= now.toISOString() ? { kind: 'not_in_future' } : null;
  }

  function press(input: Press, now: Date): void {
    refusal = reasonAgainst(input, now);
    if (refusal !== null) return;
    changes += 1;
    const taken = { by: input.by, at: now.toISOString(), level: shown, forgotten: false };
    waitsSince = input.kind === 'unack' && shown === 'red' ? now.getTime() : null;
    if (input.kind === 'ack') {
      hold = { kind: 'ack', until: '', ...taken };
      edges.push({ kind: 'acked', by: input.by });
    } else if (input.kind === 'unack') {
      hold = null;
      edges.push({ kind: 'unacked', by: input.by });
    } else {
      hold = { kind: 'snooze', until: input.until, ...taken };
      edges.push({ kind: 'snoozed', by: input.by, until: input.until });
    }
  }

  function live({ input, now }: Moment): void {
    edges = [];
    refusal = null;
    closedVersion = null;
    if (input === 'restart' || input.kind === 'no_data') return;
    if (input.kind === 'reading') return read(input, now);
    if (input.kind === 'time') return letTimePass(now);
    if (input.kind !== 'withdraw') return press(input, now);
    if (opened !== null) {
      edges.push({ kind: 'withdrawn', reason: input.reason });
      close();
    }
    values = [];
    levels = [];
    seenUpTo = '';
    flaps = false;
  }

  function told(): Told {
    const version = opened === null ? 0 : 1 + changes;
    const due = [
      hold?.kind === 'snooze' ? Date.parse(hold.until) : null,
      opened === null ? null : forgottenAt(),
      opened === null ? null : nextRungAt(),
    ].filter((at) => at !== null);
    const wakeAt = due.length === 0 ? null : new Date(due.sort((x, y) => x - y)[0] ?? 0).toISOString();
    return { edges, refusal, level: level(), version, hold, worstValue: worst(), wakeAt, closedVersion };
  }

  return { live, told };
}

function amberOrRed({ level }: Hold): 'amber' | 'red' {
  return level === 'red' ? 'red' : 'amber';
}
