import { describe, expect, it } from 'vitest';
import { createDriver, minute, policyOf } from './judge-driver.ts';

const ESCALATION = { escalateAfterMs: 15 * 60_000, escalationSteps: 2 };

function redAlert(changes: Parameters<typeof policyOf>[0] = {}) {
  const driver = createDriver(policyOf(changes));
  driver.reads(2.5);
  return driver;
}

describe('a red alert that nobody takes', () => {
  it('goes up the ladder, one rung each escalate_after, and no further than its top', () => {
    const driver = redAlert(ESCALATION);
    expect(driver.give({ kind: 'time' }).wakeAt).toBe(minute(15));
    driver.setMinute(15);
    expect(driver.give({ kind: 'time' })).toMatchObject({
      edges: [{ kind: 'escalated', step: 1 }],
      wakeAt: minute(30),
    });
    driver.setMinute(30);
    expect(driver.give({ kind: 'time' })).toMatchObject({
      edges: [{ kind: 'escalated', step: 2 }],
      wakeAt: null,
    });
    driver.setMinute(600);
    expect(driver.timePasses()).toEqual([]);
  });

  it('goes nowhere on a ladder of one rung, which is who heard at once', () => {
    const driver = redAlert({ ...ESCALATION, escalationSteps: 0 });
    expect(driver.give({ kind: 'time' }).wakeAt).toBeNull();
    driver.setMinute(600);
    expect(driver.timePasses()).toEqual([]);
  });

  it('goes up one rung only after a long sleep of the program: each rung has its time to answer', () => {
    const driver = redAlert(ESCALATION);
    driver.setMinute(120);
    expect(driver.timePasses()).toEqual([{ kind: 'escalated', step: 1 }]);
    driver.setMinute(134.9);
    expect(driver.timePasses()).toEqual([]);
    driver.setMinute(135);
    expect(driver.timePasses()).toEqual([{ kind: 'escalated', step: 2 }]);
  });

  it('T09 says each rung once, also over a restart and a clock that jumps back', () => {
    const driver = redAlert(ESCALATION);
    driver.setMinute(15);
    expect(driver.timePasses()).toHaveLength(1);
    driver.restart();
    for (const minutes of [15, 3, 16]) {
      driver.setMinute(minutes);
      expect(driver.timePasses()).toEqual([]);
    }
  });

  it.each(['ack', 'snooze'] as const)('stays where it is from its %s on', (kind) => {
    const driver = redAlert(ESCALATION);
    if (kind === 'ack') driver.acks('Ann');
    else driver.snoozes('Ann', 60);
    driver.setMinute(59);
    expect(driver.timePasses()).toEqual([]);
  });

  it('an ack that is taken back starts the wait anew', () => {
    const driver = redAlert(ESCALATION);
    driver.acks('Ann');
    driver.setMinute(20);
    expect(driver.unacks('Ann').wakeAt).toBe(minute(35));
    driver.setMinute(35);
    expect(driver.timePasses()).toEqual([{ kind: 'escalated', step: 1 }]);
  });

  it('the end of a snooze starts the wait anew and goes on with the next rung', () => {
    const driver = redAlert(ESCALATION);
    driver.setMinute(15);
    driver.timePasses();
    driver.snoozes('Ann', 60);
    driver.setMinute(60);
    expect(driver.give({ kind: 'time' })).toMatchObject({
      edges: [{ kind: 'snooze_ended', by: 'Ann' }],
      wakeAt: minute(75),
    });
    driver.setMinute(75);
    expect(driver.timePasses()).toEqual([{ kind: 'escalated', step: 2 }]);
  });

  it('does not go up while it is amber or recovers', () => {
    const amber = redAlert(ESCALATION);
    amber.reads(3.5);
    amber.setMinute(60);
    expect(amber.timePasses()).toEqual([]);

    const recovering = redAlert({ ...ESCALATION, leave: 3 });
    recovering.reads(4.5);
    recovering.setMinute(60);
    expect(recovering.timePasses()).toEqual([]);
  });

  it('of amber only never goes up', () => {
    const driver = createDriver(policyOf(ESCALATION));
    driver.reads(3.5);
    driver.setMinute(60);
    expect(driver.give({ kind: 'time' })).toMatchObject({ edges: [], wakeAt: null });
  });
});

describe('a forgotten ack', () => {
  const policy = { ackTimeoutMs: 240 * 60_000 };

  it('of an alert that is still red is said once, and stays an ack', () => {
    const driver = redAlert(policy);
    expect(driver.acks('Ann').wakeAt).toBe(minute(240));
    driver.setMinute(240);
    expect(driver.give({ kind: 'time' })).toMatchObject({
      edges: [{ kind: 'ack_timed_out', by: 'Ann', at: minute(0) }],
      wakeAt: null,
    });
    expect(driver.episode()).toMatchObject({ ack: { by: 'Ann', timedOut: true }, version: 2 });
    driver.restart();
    driver.setMinute(2000);
    expect(driver.timePasses()).toEqual([]);
  });

  it('is not said of amber, nor of a red that recovers, until that is red again', () => {
    const driver = redAlert({ ...policy, leave: 2 });
    driver.acks('Ann');
    driver.reads(4.5);
    driver.setMinute(240);
    expect(driver.give({ kind: 'time' })).toMatchObject({ edges: [], wakeAt: null });
    expect(driver.reads(2.4)).toEqual([
      { kind: 'relapsed' },
      { kind: 'ack_timed_out', by: 'Ann', at: minute(0) },
    ]);
  });
});
