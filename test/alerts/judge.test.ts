import { describe, expect, it } from 'vitest';
import { initialState, judge, judgePolicyOf } from '../../src/alerts/judge.ts';
import type { JudgePolicy } from '../../src/alerts/types.ts';
import { HOUR, MINUTE } from '../../src/lib/time.ts';
import type { Metric, WorkspacePolicies } from '../../src/registry/index.ts';
import { createDriver, minute, policyOf, START } from './judge-driver.ts';

const BANDS = { bandNorm: 4.2, bandAlert: 3.6 };

describe('edges of readings', () => {
  /** values tick by tick, with the kinds of edges each must give */
  const rows: [string, Partial<JudgePolicy>, [number, ...string[]][]][] = [
    ['green to amber, once', {}, [[4.5], [3.5, 'entered_amber'], [3.5], [3.5]]],
    ['green to red', {}, [[4.5], [2.5, 'entered_red'], [2.5]]],
    ['a first red is a crossing', {}, [[2.5, 'entered_red']]],
    [
      'amber to red',
      {},
      [
        [3.5, 'entered_amber'],
        [2.5, 'entered_red'],
      ],
    ],
    ['red to amber is not a recovery', {}, [[2.5, 'entered_red'], [3.5, 'improving'], [3.5]]],
    [
      'unacked red, amber, red again is pushed again',
      {},
      [
        [2.5, 'entered_red'],
        [3.5, 'improving'],
        [2.5, 'entered_red'],
      ],
    ],
    ['amber to green', {}, [[3.5, 'entered_amber'], [4.5, 'resolved'], [4.5]]],
    [
      'red to green',
      {},
      [
        [2.5, 'entered_red'],
        [4.5, 'resolved'],
      ],
    ],
    [
      'crossing again opens a new alert',
      {},
      [
        [2.5, 'entered_red'],
        [4.5, 'resolved'],
        [2.5, 'entered_red'],
      ],
    ],
    ['another value at the same level', {}, [[3.5, 'entered_amber'], [3.4, 'value_changed'], [3.4]]],
    ['a value that changes at green says nothing', {}, [[4.5], [4.6], [4.7]]],
    ['T02 equal to a line is not worse', {}, [[4], [3, 'entered_amber'], [4, 'resolved']]],
    ['enter counts consecutive ticks', { enter: 2 }, [[3.5], [4.5], [3.5], [3.5, 'entered_amber']]],
    [
      'enter counts the level or worse',
      { enter: 2 },
      [[2.5], [3.5, 'entered_amber'], [2.5, 'value_changed']],
    ],
    ['enter counts red by itself', { enter: 2 }, [[3.5], [2.5, 'entered_amber'], [2.5, 'entered_red']]],
    ['both runs complete: red only', { enter: 2 }, [[2.5], [2.5, 'entered_red']]],
    [
      'leave counts consecutive ticks',
      { leave: 2 },
      [
        [3.5, 'entered_amber'],
        [4.5, 'recovering'],
        [3.5, 'relapsed'],
        [4.5, 'recovering'],
        [4.5, 'resolved'],
      ],
    ],
    [
      'recovering is said once',
      { leave: 4 },
      [[3.5, 'entered_amber'], [4.5, 'recovering'], [4.5], [4.6, 'value_changed'], [4.6, 'resolved']],
    ],
    [
      'leave counts for red to amber alike',
      { leave: 2 },
      [
        [2.5, 'entered_red'],
        [3.5, 'value_changed'],
        [3.5, 'improving'],
      ],
    ],
    [
      'red to green directly when both runs are complete',
      { leave: 2 },
      [
        [2.5, 'entered_red'],
        [4.5, 'recovering'],
        [4.5, 'resolved'],
      ],
    ],
    [
      'red is left while the run towards green has only begun',
      { leave: 2 },
      [
        [2.5, 'entered_red'],
        [3.5, 'value_changed'],
        [4.5, 'improving', 'recovering'],
        [4.5, 'resolved'],
      ],
    ],
    [
      'a change of level says the break of the run by itself',
      { leave: 2 },
      [
        [2.5, 'entered_red'],
        [4.5, 'recovering'],
        [3.5, 'improving'],
        [4.5, 'recovering'],
        [2.5, 'entered_red'],
      ],
    ],
    [
      'T03 a recovery is judged against the recovery line, not against norm',
      BANDS,
      [
        [3.5, 'entered_amber'],
        [4.1, 'value_changed'],
        [4.2, 'value_changed'],
        [4.21, 'resolved'],
      ],
    ],
    [
      'T03 red is left beyond its own recovery line',
      BANDS,
      [
        [2.5, 'entered_red'],
        [3.6, 'value_changed'],
        [3.61, 'improving'],
        [4.1, 'value_changed'],
        [4.3, 'resolved'],
      ],
    ],
    [
      'between norm and its band the alert is not entered anew',
      BANDS,
      [[4.1], [3.9, 'entered_amber'], [4.3, 'resolved'], [4.1]],
    ],
    ['only an alert line: no amber', { norm: null }, [[3.5], [2.5, 'entered_red'], [3.5, 'resolved']]],
    [
      'only an alert line with its band',
      { norm: null, bandAlert: 3.6, leave: 2 },
      [
        [2.5, 'entered_red'],
        [3.5, 'value_changed'],
        [3.7, 'recovering'],
        [3.7, 'resolved'],
      ],
    ],
    [
      'only a norm line: no red',
      { alert: null },
      [
        [-9, 'entered_amber'],
        [4, 'resolved'],
      ],
    ],
    ['no lines: no alert', { norm: null, alert: null }, [[-9], [9], [-9]]],
    [
      'down is mirrored',
      { direction: 'down', norm: 10, alert: 20 },
      [[10], [11, 'entered_amber'], [21, 'entered_red'], [20, 'improving'], [10, 'resolved']],
    ],
  ];

  it.each(rows)('%s', (_, changes, ticks) => {
    const driver = createDriver(policyOf(changes));
    expect(driver.readsAll(ticks.map(([value]) => value))).toEqual(ticks.map(([, ...kinds]) => kinds));
  });

  it('a norm that is taken away in mid-alert: red ends without the amber that no longer exists', () => {
    const driver = createDriver(policyOf({ leave: 2 }));
    driver.readsAll([2.5, 3.5]);
    const policy = policyOf({ leave: 2, norm: null });
    const next = judge(driver.state(), { kind: 'reading', value: 3.5, asOf: minute(9) }, policy, START);
    expect(next.edges).toMatchObject([{ kind: 'resolved' }]);
  });
});

describe('facts of an episode', () => {
  it('entered_red tells the level before; the alert that was amber goes on', () => {
    const driver = createDriver();
    driver.reads(3.5);
    driver.setMinute(5);
    expect(driver.reads(2.5)).toEqual([{ kind: 'entered_red', from: 'amber', brokeSnooze: false }]);
    expect(driver.episode()).toMatchObject({
      level: 'red',
      version: 2,
      openedAt: minute(0),
      levelSince: minute(5),
      worstLevel: 'red',
      lastPushAt: minute(5),
    });
    const other = createDriver();
    expect(other.reads(2.5)).toEqual([{ kind: 'entered_red', from: 'green', brokeSnooze: false }]);
  });

  it('resolved tells duration, worst value and who acked; closed is the whole episode in its last version', () => {
    const driver = createDriver();
    driver.readsAll([3.5, 2.9, 2.1]);
    driver.setMinute(7);
    driver.acks('Ann');
    driver.setMinute(47);
    driver.reads(3.2);
    const judgement = driver.give({ kind: 'reading', value: 4.4, asOf: minute(60) });
    const ack = { by: 'Ann', at: minute(7), level: 'red', timedOut: false };
    expect(judgement.edges).toEqual([
      { kind: 'resolved', durationMs: 47 * MINUTE, worstValue: 2.1, ack, snooze: null },
    ]);
    expect(judgement.closed).toMatchObject({
      version: 5,
      worstLevel: 'red',
      worstValue: 2.1,
      value: 4.4,
      ack,
    });
    expect(judgement.state).toMatchObject({ level: 'green', episode: null });
    expect(judgement.wakeAt).toBeNull();
  });

  it('the worst value is the highest when lower is better', () => {
    const driver = createDriver(policyOf({ direction: 'down', norm: 10, alert: 20 }));
    driver.readsAll([12, 25, 15]);
    expect(driver.episode()).toMatchObject({
      worstValue: 25,
      worstLevel: 'red',
      level: 'amber',
      improving: true,
    });
  });

  it('the version grows with each change of level, not with recovering, relapsed or a value', () => {
    const driver = createDriver(policyOf({ leave: 2 }));
    const versions = [3.5, 3.4, 4.5, 3.5, 2.5, 3.5, 3.5].map((value) => {
      driver.reads(value);
      return driver.episode().version;
    });
    expect(versions).toEqual([1, 1, 1, 1, 2, 2, 3]);
  });

  it('the first reading of a new alert starts it afresh', () => {
    const driver = createDriver();
    driver.reads(2.5);
    driver.acks('Ann');
    driver.readsAll([4.5, 3.5]);
    expect(driver.episode()).toMatchObject({ version: 1, ack: null, level: 'amber', worstLevel: 'amber' });
  });
});

describe('readings that are no ticks', () => {
  it('T01 no data is not zero, not red, and not a reason to recover', () => {
    const driver = createDriver(policyOf({ enter: 2, leave: 2 }));
    driver.reads(2.5);
    const before = driver.state();
    const judgement = driver.give({ kind: 'no_data' });
    expect(judgement).toEqual({
      state: before,
      edges: [],
      readingLevel: null,
      refusal: null,
      closed: null,
      wakeAt: null,
    });
    expect(driver.readsAll([2.5])).toEqual([['entered_red']]);
    driver.reads(4.5);
    driver.give({ kind: 'no_data' });
    expect(driver.readsAll([4.5])).toEqual([['resolved']]);
  });

  it('T04 a value that is no finite number is no reading', () => {
    const driver = createDriver();
    driver.reads(2.5);
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      const before = driver.state();
      const judgement = driver.give({ kind: 'reading', value, asOf: minute(50) });
      expect(judgement).toMatchObject({ edges: [], readingLevel: null });
      expect(judgement.state).toBe(before);
    }
  });

  it('T05 one as_of is one tick, also when it comes again or late, with another value', () => {
    const driver = createDriver(policyOf({ enter: 2 }));
    driver.give({ kind: 'reading', value: 2.5, asOf: minute(10) });
    for (const asOf of [minute(10), minute(9), '2026-11-20T11:10:00+01:00', 'never']) {
      const before = driver.state();
      const judgement = driver.give({ kind: 'reading', value: 1, asOf });
      expect(judgement).toMatchObject({ edges: [], readingLevel: 'red' });
      expect(judgement.state).toBe(before);
    }
    expect(driver.give({ kind: 'reading', value: 2.5, asOf: minute(11) }).edges).toHaveLength(1);
  });

  it('T05 a clock that jumps back gives no negative duration and no second edge', () => {
    const driver = createDriver();
    driver.setMinute(30);
    driver.reads(2.5);
    driver.setMinute(-30);
    expect(driver.timePasses()).toEqual([]);
    expect(driver.reads(4.5)).toMatchObject([{ kind: 'resolved', durationMs: 0 }]);
  });

  it('T06 the same state over 100 ticks gives one edge', () => {
    const driver = createDriver();
    const edges = Array.from({ length: 100 }, () => driver.reads(2.5)).flat();
    expect(edges.map(({ kind }) => kind)).toEqual(['entered_red']);
    driver.give({ kind: 'no_data' });
    expect(driver.reads(2.5)).toEqual([]);
  });

  it('the level by the lines alone is told beside the level after hysteresis', () => {
    const driver = createDriver(policyOf({ enter: 3 }));
    const judgement = driver.give({ kind: 'reading', value: 3.5, asOf: minute(0) });
    expect(judgement.readingLevel).toBe('amber');
    expect(judgement.state.level).toBe('green');
  });
});

describe('what is kept for flapping', () => {
  it('T11 keeps the levels of the last 21 ticks and nothing of no data', () => {
    const driver = createDriver();
    driver.readsAll([4.5, 3.5, 2.5]);
    driver.give({ kind: 'no_data' });
    expect(driver.state().recent).toEqual(['green', 'amber', 'red']);
    driver.readsAll(Array.from({ length: 20 }, () => 4.5));
    expect(driver.state().recent).toHaveLength(21);
    expect(driver.state().recent[0]).toBe('red');
    expect(driver.state().flapping).toBe(false);
  });
});

describe('withdrawing', () => {
  it('closes the open alert without a recovery and forgets the metric', () => {
    const driver = createDriver();
    driver.reads(2.5);
    driver.snoozes('Ann', 30);
    const judgement = driver.give({ kind: 'withdraw', reason: 'retired' });
    expect(judgement.edges).toEqual([{ kind: 'withdrawn', reason: 'retired' }]);
    expect(judgement.closed).toMatchObject({ version: 3, level: 'red', snooze: { by: 'Ann' } });
    expect(judgement.state).toEqual(initialState());
    expect(judgement.wakeAt).toBeNull();
  });

  it('says nothing when no alert is open', () => {
    const driver = createDriver();
    driver.reads(4.5);
    const judgement = driver.give({ kind: 'withdraw', reason: 'unverified' });
    expect(judgement).toMatchObject({ edges: [], closed: null });
    expect(judgement.state).toEqual(initialState());
  });
});

describe('policy of a metric', () => {
  it('is its file and its workspace', () => {
    const metric = {
      direction: 'down',
      norm: 1,
      alert: null,
      band: { norm: 0.5, alert: null },
      hysteresis: { enter: 2, leave: 3 },
    } as Metric;
    const policies: WorkspacePolicies = {
      storm: { moreThan: 5, withinMs: MINUTE },
      escalateAfterMs: 15 * MINUTE,
      ackTimeoutMs: 4 * HOUR,
      escalation: ['owner', 'rooms', 'ops'],
      inline: false,
      selfWatch: false,
    };
    expect(judgePolicyOf(metric, policies)).toEqual({
      direction: 'down',
      norm: 1,
      alert: null,
      bandNorm: 0.5,
      bandAlert: null,
      enter: 2,
      leave: 3,
      ackTimeoutMs: 4 * HOUR,
      escalateAfterMs: 15 * MINUTE,
      escalationSteps: 2,
    });
    expect(judgePolicyOf(metric, { ...policies, escalation: [] }).escalationSteps).toBe(0);
    expect(judgePolicyOf(metric, { ...policies, escalation: ['owner'] }).escalationSteps).toBe(0);
  });
});
