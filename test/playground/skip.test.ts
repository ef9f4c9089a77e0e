import { describe, expect, it } from 'vitest';
import { createMovableClock } from '../../src/lib/clock.ts';
import { createSkipper, msToMorning } from '../../src/playground/skip.ts';

const HOUR = 3_600_000;
const zone = 'Europe/Madrid';

describe('the next morning', () => {
  it.each([
    ['before eight', '2026-11-20T06:30:00+01:00', 1.5],
    ['at eight', '2026-11-20T08:00:00+01:00', 24],
    ['after eight', '2026-11-20T21:00:00+01:00', 11],
    ['T05 over the night the clocks go forward', '2027-03-27T21:00:00+01:00', 10],
    ['T05 over the night the clocks go back', '2026-10-24T21:00:00+02:00', 12],
  ])('is 08:00 in the workspace’s zone: %s', (_when, now, hours) => {
    expect(msToMorning(new Date(now), zone) / HOUR).toBe(hours);
  });
});

describe('skipping', () => {
  it('fills the data before the clock moves, one skip after the other', async () => {
    const clock = createMovableClock(new Date('2026-11-20T08:00:00Z'));
    const steps: string[] = [];
    const skip = createSkipper(clock, {
      fillTo: async (to) => {
        steps.push(`filled to ${to.toISOString().slice(0, 13)} at ${clock.now().toISOString().slice(0, 13)}`);
      },
    });
    await Promise.all([skip({ ms: HOUR }, zone), skip({ until: 'morning' }, zone)]);
    expect(clock.now().toISOString()).toMatch(/^2026-11-21T07:00/);
    expect(new Set(steps)).toEqual(
      new Set(['filled to 2026-11-20T09 at 2026-11-20T08', 'filled to 2026-11-21T07 at 2026-11-20T09']),
    );
  });

  it('leaves the clock where it is when the data could not be made, and goes on with the next', async () => {
    const clock = createMovableClock(new Date('2026-11-20T08:00:00Z'));
    let fails = true;
    const skip = createSkipper(clock, {
      fillTo: async () => {
        if (fails) throw new Error('the disk is full');
      },
    });
    await expect(skip({ ms: HOUR }, zone)).rejects.toThrow('the disk is full');
    expect(clock.now().toISOString()).toMatch(/^2026-11-20T08:00/);
    fails = false;
    await skip({ ms: HOUR }, zone);
    expect(clock.now().toISOString()).toMatch(/^2026-11-20T09:00/);
  });

  it('needs no demo', async () => {
    const clock = createMovableClock(new Date('2026-11-20T08:00:00Z'));
    await createSkipper(clock, null)({ ms: HOUR }, zone);
    expect(clock.now().toISOString()).toMatch(/^2026-11-20T09:00/);
  });
});
