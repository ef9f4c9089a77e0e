import { describe, expect, it } from 'vitest';
import { createDriver, minute, policyOf } from './judge-driver.ts';

function redAlert() {
  const driver = createDriver();
  driver.reads(2.5);
  return driver;
}

describe('ack', () => {
  it('is one edge and one version', () => {
    const driver = redAlert();
    driver.setMinute(3);
    const judgement = driver.acks('Ann', 1);
    expect(judgement.edges).toEqual([{ kind: 'acked', by: 'Ann' }]);
    expect(judgement.refusal).toBeNull();
    expect(driver.episode()).toMatchObject({
      version: 2,
      ack: { by: 'Ann', at: minute(3), level: 'red', timedOut: false },
    });
  });

  it('T10 two people at once: one effect, the second is told who and when', () => {
    const driver = redAlert();
    driver.setMinute(2);
    driver.acks('Ann', 1);
    driver.setMinute(4);
    for (const version of [1, 2, null]) {
      const before = driver.state();
      const judgement = driver.acks('Bob', version);
      expect(judgement.refusal).toEqual({ kind: 'already_acked', by: 'Ann', at: minute(2) });
      expect(judgement.edges).toEqual([]);
      expect(judgement.state).toBe(before);
    }
  });

  it('T10 a late ack never reopens a resolved alert', () => {
    const driver = redAlert();
    driver.reads(4.5);
    const before = driver.state();
    const judgement = driver.acks('Ann', 1);
    expect(judgement).toMatchObject({ edges: [], refusal: { kind: 'no_alert' } });
    expect(judgement.state).toBe(before);
  });

  it('of an old version is refused when nobody did the same', () => {
    const driver = redAlert();
    driver.reads(3.5);
    expect(driver.acks('Ann', 1).refusal).toEqual({ kind: 'outdated', version: 2 });
    expect(driver.acks('Ann', 7).refusal).toEqual({ kind: 'outdated', version: 2 });
    expect(driver.acks('Ann', null).refusal).toBeNull();
  });

  it('of amber does not cover red', () => {
    const driver = createDriver();
    driver.reads(3.5);
    driver.acks('Ann');
    expect(driver.reads(2.5)).toEqual([{ kind: 'entered_red', from: 'amber', brokeSnooze: false }]);
    expect(driver.episode()).toMatchObject({ ack: null, version: 3 });
  });

  it('of red covers amber and red again: silent until green and a new crossing', () => {
    const driver = redAlert();
    driver.acks('Ann');
    expect(driver.readsAll([3.5, 2.5, 3.5, 2.4])).toEqual([
      ['improving'],
      ['relapsed'],
      ['improving'],
      ['relapsed'],
    ]);
    expect(driver.episode()).toMatchObject({
      level: 'red',
      improving: false,
      version: 6,
      ack: { by: 'Ann' },
    });
    expect(driver.readsAll([4.5, 2.5])).toEqual([['resolved'], ['entered_red', 'flapping_started']]);
  });

  it('given while improving covers amber only', () => {
    const driver = redAlert();
    driver.reads(3.5);
    driver.acks('Ann');
    expect(driver.readsAll([2.5])).toEqual([['entered_red']]);
  });
});

describe('un-ack', () => {
  it('makes the alert nobody’s again', () => {
    const driver = redAlert();
    driver.acks('Ann');
    expect(driver.unacks('Bob', 2).edges).toEqual([{ kind: 'unacked', by: 'Bob' }]);
    expect(driver.episode()).toMatchObject({ ack: null, version: 3 });
    expect(driver.readsAll([3.5, 2.5])).toEqual([['improving'], ['entered_red']]);
  });

  it('is refused when nobody acked, or of an old version', () => {
    const driver = redAlert();
    expect(driver.unacks('Ann', 1).refusal).toEqual({ kind: 'not_acked' });
    driver.acks('Ann');
    expect(driver.unacks('Ann', 1).refusal).toEqual({ kind: 'outdated', version: 2 });
    driver.reads(4.5);
    expect(driver.unacks('Ann').refusal).toEqual({ kind: 'no_alert' });
  });
});

describe('snooze', () => {
  it('is one edge and one version, and names when time matters next', () => {
    const driver = redAlert();
    const judgement = driver.snoozes('Ann', 60, 1);
    expect(judgement.edges).toEqual([{ kind: 'snoozed', by: 'Ann', until: minute(60) }]);
    expect(judgement.wakeAt).toBe(minute(60));
    expect(driver.episode()).toMatchObject({
      version: 2,
      snooze: { by: 'Ann', at: minute(0), until: minute(60), level: 'red' },
    });
  });

  it('T09 ends exactly once, by time, also over a restart and a clock that jumps back', () => {
    const driver = redAlert();
    driver.snoozes('Ann', 60);
    driver.setMinute(59.99);
    expect(driver.timePasses()).toEqual([]);
    driver.restart();
    driver.setMinute(60);
    expect(driver.timePasses()).toEqual([{ kind: 'snooze_ended', by: 'Ann' }]);
    expect(driver.episode()).toMatchObject({ snooze: null, version: 3, lastPushAt: minute(60) });
    driver.restart();
    for (const minutes of [60, 10, 61, 600]) {
      driver.setMinute(minutes);
      expect(driver.timePasses()).toEqual([]);
    }
    expect(driver.give({ kind: 'time' }).wakeAt).toBeNull();
  });

  it('T09 ends by the first reading that is late enough, with the edge that drew it', () => {
    const driver = redAlert();
    driver.snoozes('Ann', 10);
    driver.setMinute(11);
    expect(driver.give({ kind: 'no_data' }).edges).toEqual([]);
    expect(driver.readsAll([2.4, 2.4])).toEqual([['snooze_ended'], []]);
  });

  it('T09 recovery during a snooze is announced, also when the snooze runs out in the same tick', () => {
    for (const minutes of [5, 10, 15]) {
      const driver = redAlert();
      driver.snoozes('Ann', 10);
      driver.setMinute(minutes);
      expect(driver.reads(4.5)).toMatchObject([
        { kind: 'resolved', snooze: { by: 'Ann', until: minute(10) } },
      ]);
      driver.setMinute(30);
      expect(driver.timePasses()).toEqual([]);
    }
  });

  it('at amber ends quietly: nobody was interrupted', () => {
    const driver = createDriver();
    driver.reads(3.5);
    driver.snoozes('Ann', 10);
    driver.setMinute(10);
    expect(driver.timePasses()).toHaveLength(1);
    expect(driver.episode().lastPushAt).toBeNull();
  });

  it('at amber breaks on red', () => {
    const driver = createDriver();
    driver.reads(3.5);
    driver.snoozes('Ann', 60);
    expect(driver.reads(2.5)).toEqual([{ kind: 'entered_red', from: 'amber', brokeSnooze: true }]);
    expect(driver.episode()).toMatchObject({ snooze: null, version: 3 });
    driver.setMinute(61);
    expect(driver.timePasses()).toEqual([]);
  });

  it('at red covers red again; its end is still said', () => {
    const driver = redAlert();
    driver.snoozes('Ann', 60);
    expect(driver.readsAll([3.5, 2.5, 3.5])).toEqual([['improving'], ['relapsed'], ['improving']]);
    driver.setMinute(60);
    expect(driver.readsAll([2.5])).toEqual([['relapsed', 'snooze_ended']]);
    expect(driver.episode()).toMatchObject({ version: 7, level: 'red', lastPushAt: minute(60) });
  });

  it('may be moved by somebody who saw it, and by nobody else', () => {
    const driver = redAlert();
    driver.snoozes('Ann', 60, 1);
    const refusal = { kind: 'already_snoozed', by: 'Ann', until: minute(60) };
    expect(driver.snoozes('Bob', 90, 1).refusal).toEqual(refusal);
    expect(driver.snoozes('Bob', 60, 2).refusal).toEqual(refusal);
    expect(driver.snoozes('Bob', 60).refusal).toEqual(refusal);
    expect(driver.snoozes('Bob', 90, 2).edges).toEqual([{ kind: 'snoozed', by: 'Bob', until: minute(90) }]);
    expect(driver.episode().version).toBe(3);
  });

  it('must end in the future', () => {
    const driver = redAlert();
    driver.setMinute(5);
    for (const until of [5, 4])
      expect(driver.snoozes('Ann', until).refusal).toEqual({ kind: 'not_in_future' });
    const judgement = driver.give({ kind: 'snooze', by: 'Ann', until: 'tomorrow', version: null });
    expect(judgement.refusal).toEqual({ kind: 'not_in_future' });
    expect(driver.episode().version).toBe(1);
  });

  it('that has run out unsaid no longer answers for the alert', () => {
    const driver = redAlert();
    driver.snoozes('Ann', 10);
    driver.setMinute(12);
    expect(driver.snoozes('Bob', 30, 1).refusal).toEqual({ kind: 'outdated', version: 2 });
    expect(driver.snoozes('Bob', 30, 2).refusal).toBeNull();
  });

  it('of an old version, or without an alert, is refused', () => {
    const driver = redAlert();
    driver.reads(3.5);
    expect(driver.snoozes('Ann', 60, 1).refusal).toEqual({ kind: 'outdated', version: 2 });
    driver.reads(4.5);
    expect(driver.snoozes('Ann', 60).refusal).toEqual({ kind: 'no_alert' });
  });

  it('keeps its end as a UTC instant', () => {
    const driver = redAlert();
    const until = '2026-11-20T12:00:00+01:00';
    const judgement = driver.give({ kind: 'snooze', by: 'Ann', until, version: null });
    expect(judgement.edges).toEqual([{ kind: 'snoozed', by: 'Ann', until: minute(60) }]);
    expect(judgement.wakeAt).toBe(minute(60));
  });
});

describe('an alert is in one hand', () => {
  it('an ack replaces a snooze: no end is said', () => {
    const driver = redAlert();
    driver.snoozes('Ann', 10);
    expect(driver.acks('Bob', 2)).toMatchObject({
      edges: [{ kind: 'acked', by: 'Bob' }],
      wakeAt: minute(4 * 60),
    });
    expect(driver.episode()).toMatchObject({ snooze: null, ack: { by: 'Bob' } });
    driver.setMinute(20);
    expect(driver.timePasses()).toEqual([]);
  });

  it('a snooze replaces an ack: the alert comes back at its end', () => {
    const driver = redAlert();
    driver.acks('Ann');
    driver.snoozes('Bob', 10, 2);
    expect(driver.episode()).toMatchObject({ ack: null, snooze: { by: 'Bob' } });
    driver.setMinute(10);
    expect(driver.timePasses()).toEqual([{ kind: 'snooze_ended', by: 'Bob' }]);
  });

  it('recovery ends both, and a new crossing is a new alert', () => {
    const driver = createDriver(policyOf({ leave: 2 }));
    driver.reads(2.5);
    driver.acks('Ann');
    expect(driver.readsAll([4.5, 4.5, 2.5])).toEqual([['recovering'], ['resolved'], ['entered_red']]);
    expect(driver.episode()).toMatchObject({ version: 1, ack: null });
  });
});
