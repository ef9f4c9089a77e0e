import { describe, expect, it } from 'vitest';
import { flapShare } from '../../src/alerts/judge-flapping.ts';
import type { Level } from '../../src/alerts/types.ts';
import { createDriver, policyOf } from './judge-driver.ts';

const RED = 2.5;
const GREEN = 4.5;

describe('the share of changes', () => {
  it('is 0 without changes, and 1 when each of 21 levels differs from the one before', () => {
    expect(flapShare([])).toBe(0);
    expect(flapShare(['red'])).toBe(0);
    expect(flapShare(Array<Level>(21).fill('red'))).toBe(0);
    const restless = Array.from({ length: 21 }, (_, n): Level => (n % 2 === 0 ? 'red' : 'green'));
    expect(flapShare(restless)).toBeCloseTo(1, 10);
  });

  it('weighs the oldest change 0.75 and the newest 1.25 of twenty', () => {
    const oldest: Level[] = ['green', ...Array<Level>(20).fill('red')];
    const newest: Level[] = [...Array<Level>(20).fill('red'), 'green'];
    expect(flapShare(oldest)).toBeCloseTo(0.75 / 20, 10);
    expect(flapShare(newest)).toBeCloseTo(1.25 / 20, 10);
    expect(flapShare(['red', 'green'])).toBeCloseTo(1.25 / 20, 10);
  });
});

/** Red, green, red, green: the third red is a flap. */
function flapping() {
  const driver = createDriver(policyOf());
  const edges = driver.readsAll([RED, GREEN, RED, GREEN, RED]);
  return { driver, edges };
}

describe('a metric that flaps', () => {
  it('T11 starts to on an entry edge, and from then on recoveries are held back', () => {
    const { driver, edges } = flapping();
    expect(edges).toEqual([
      ['entered_red'],
      ['resolved'],
      ['entered_red'],
      ['resolved'],
      ['entered_red', 'flapping_started'],
    ]);
    expect(driver.readsAll([GREEN, RED, GREEN, RED])).toEqual([
      ['recovering'],
      ['relapsed'],
      ['recovering'],
      ['relapsed'],
    ]);
    expect(driver.episode()).toMatchObject({ level: 'red', recovering: false });
  });

  it('T11 does not start on a recovery or on a change inside an alert', () => {
    const driver = createDriver(policyOf());
    const edges = driver.readsAll([RED, 3.5, RED, 3.5, RED, 3.5]).flat();
    expect(edges).toContain('entered_red');
    const green = createDriver(policyOf({ leave: 1 }));
    expect(green.readsAll([RED, GREEN, RED, GREEN]).flat()).not.toContain('flapping_started');
  });

  it('T11 sends the recovery that was held back when flapping stops', () => {
    const { driver } = flapping();
    const after = driver.readsAll(Array<number>(25).fill(GREEN));
    expect(after[0]).toEqual(['recovering']);
    const end = after.findIndex((edges) => edges.includes('flapping_ended'));
    expect(after[end]).toEqual(['flapping_ended', 'resolved']);
    expect(after.slice(1, end).flat()).toEqual([]);
    expect(after.slice(end + 1).flat()).toEqual([]);
    expect(() => driver.episode()).toThrow('no alert is open');
  });

  it('that ends bad stays open, and its next recovery is said as any other', () => {
    const { driver } = flapping();
    const after = driver.readsAll(Array<number>(25).fill(RED));
    expect(after.flat()).toEqual(['flapping_ended']);
    expect(driver.readsAll([GREEN])).toEqual([['resolved']]);
  });

  it('T08 interrupts for red at most once an hour, and then does', () => {
    const { driver } = flapping();
    driver.setMinute(59);
    expect(driver.readsAll([GREEN, RED])).toEqual([['recovering'], ['relapsed']]);
    driver.setMinute(61);
    expect(driver.readsAll([GREEN, RED])).toEqual([['recovering'], ['entered_red']]);
    expect(driver.readsAll([GREEN, RED])).toEqual([['recovering'], ['relapsed']]);
  });

  it('keeps an ack of red through it: nobody is interrupted', () => {
    const { driver } = flapping();
    driver.acks('Ann');
    driver.setMinute(61);
    expect(driver.readsAll([GREEN, RED, GREEN, RED]).flat()).not.toContain('entered_red');
    expect(driver.episode()).toMatchObject({ ack: { by: 'Ann' } });
  });

  it('is withdrawn as any other', () => {
    const { driver } = flapping();
    expect(driver.give({ kind: 'withdraw', reason: 'retired' }).edges).toEqual([
      { kind: 'withdrawn', reason: 'retired' },
    ]);
    expect(driver.readsAll([RED])).toEqual([['entered_red']]);
  });
});
