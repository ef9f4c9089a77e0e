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

type Hold = { kind: 'ack' | 'snooze'; by: string; at: string; until: string; level: Level };
type Reading = Extract<JudgeInput, { kind: 'reading' }>;
type Press = Extract<JudgeInput, { kind: 'ack' | 'unack' | 'snooze' }>;

/** Gives what the last moment of a history must yield. */
export function tell(history: readonly Moment[], policy: JudgePolicy): Told {
  const story = createStory(policy);
  for (const moment of history) story.live(moment);
  return story.told();
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
  let changes = 0;
  let hold: Hold | null = null;
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

  function read({ value, asOf }: Reading, now: Date): void {
    if (asOf <= seenUpTo) return;
    seenUpTo = asOf;
    const before = level();
    values.push(value);
    const after = levelAfterTick();
    levels.push(after);
    if (before === 'green' && after === 'green') return;
    if (before === 'green') return open(after, now);
    if (after === 'green') return recover(now);
    goOn(before, after, now);
  }

  function open(after: Level, now: Date): void {
    opened = { index: values.length - 1, at: now.getTime() };
    changes = 0;
    hold = null;
    edges.push(
      after === 'red'
        ? { kind: 'entered_red', from: 'green', brokeSnooze: false }
        : { kind: 'entered_amber' },
    );
  }

  function recover(now: Date): void {
    if (opened === null) throw new Error('nothing to recover from');
    edges.push({
      kind: 'resolved',
      durationMs: Math.max(0, now.getTime() - opened.at),
      worstValue: worst() ?? Number.NaN,
      ack:
        hold?.kind === 'ack' ? { by: hold.by, at: hold.at, level: amberOrRed(hold), timedOut: false } : null,
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
    changes = 0;
  }

  function goOn(before: Level, after: Level, now: Date): void {
    const [earlier, latest] = values.slice(-2);
    if (earlier === undefined || latest === undefined) throw new Error('an open alert has two ticks here');
    if (before === 'amber' && after === 'red' && hold?.level !== 'red') {
      edges.push({ kind: 'entered_red', from: 'amber', brokeSnooze: hold?.kind === 'snooze' });
      hold = null;
    } else if (before === 'amber' && after === 'red') edges.push({ kind: 'relapsed' });
    else if (before === 'red' && after === 'amber') edges.push({ kind: 'improving' });
    if (before !== after) changes += 1;
    if (isOffAmber(latest) && !isOffAmber(earlier)) edges.push({ kind: 'recovering' });
    if (isOffAmber(earlier) && !isOffAmber(latest) && before === after) edges.push({ kind: 'relapsed' });
    endSnooze(now);
    if (edges.length === 0 && earlier !== latest) edges.push({ kind: 'value_changed' });
  }

  function endSnooze(now: Date): void {
    if (hold?.kind !== 'snooze' || now.toISOString() < hold.until) return;
    edges.push({ kind: 'snooze_ended', by: hold.by });
    changes += 1;
    hold = null;
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
    const taken = { by: input.by, at: now.toISOString(), level: level() };
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
    if (input.kind === 'time') return endSnooze(now);
    if (input.kind !== 'withdraw') return press(input, now);
    if (opened !== null) {
      edges.push({ kind: 'withdrawn', reason: input.reason });
      close();
    }
    values = [];
    levels = [];
    seenUpTo = '';
  }

  function told(): Told {
    const version = opened === null ? 0 : 1 + changes;
    const wakeAt = hold?.kind === 'snooze' ? hold.until : null;
    return { edges, refusal, level: level(), version, hold, worstValue: worst(), wakeAt, closedVersion };
  }

  return { live, told };
}

function amberOrRed({ level }: Hold): 'amber' | 'red' {
  return level === 'red' ? 'red' : 'amber';
}
