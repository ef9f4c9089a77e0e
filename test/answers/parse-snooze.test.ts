import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { nextWorkingMorning, parseSnooze, splitSnooze } from '../../src/answers/index.ts';
import { NOW, ZONE } from './facts.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Wall-clock time of the reader. */
const wall = (at: Date, zone = ZONE): string =>
  DateTime.fromJSDate(at, { zone }).toFormat('ccc yyyy-MM-dd HH:mm');

function read(text: string, now = NOW, zone = ZONE): string {
  const parsed = parseSnooze(text, now, zone);
  return parsed.kind === 'until' ? wall(parsed.until, zone) : parsed.kind;
}

describe('until when, in words (it is Friday 2026-11-20, 14:00)', () => {
  it.each([
    ['tomorrow 8:30', 'Sat 2026-11-21 08:30'],
    ['until tomorrow 8:30', 'Sat 2026-11-21 08:30'],
    ['Tomorrow at 9', 'Sat 2026-11-21 09:00'],
    ['tomorrow morning', 'Sat 2026-11-21 09:00'],
    ['tomorrow 9pm', 'Sat 2026-11-21 21:00'],
    ['8 pm', 'Fri 2026-11-20 20:00'],
    ['12am', 'Sat 2026-11-21 00:00'],
    ['day after tomorrow 10:15', 'Sun 2026-11-22 10:15'],
    ['monday', 'Mon 2026-11-23 09:00'],
    ['mon, 10:00', 'Mon 2026-11-23 10:00'],
    ['next Monday', 'Mon 2026-11-23 09:00'],
    ['friday', 'Fri 2026-11-27 09:00'],
    ['friday 18:00', 'Fri 2026-11-20 18:00'],
    ['18:00', 'Fri 2026-11-20 18:00'],
    ['18:00 tomorrow', 'Sat 2026-11-21 18:00'],
    ['14:00', 'Sat 2026-11-21 14:00'],
    ['9:00', 'Sat 2026-11-21 09:00'],
    ['until 9', 'Sat 2026-11-21 09:00'],
    ['noon', 'Sat 2026-11-21 12:00'],
    ['2026-12-01 09:00', 'Tue 2026-12-01 09:00'],
    ['2026-12-01T09:00', 'Tue 2026-12-01 09:00'],
    ['2026-12-01T09:00:00Z', 'Tue 2026-12-01 10:00'],
    ['2026-12-01', 'Tue 2026-12-01 09:00'],
    ['1 dec 9:30', 'Tue 2026-12-01 09:30'],
    ['Dec 1', 'Tue 2026-12-01 09:00'],
    ['next working day', 'Mon 2026-11-23 09:00'],
    ['business day 10:00', 'Mon 2026-11-23 10:00'],
    ['3h 30m', 'Fri 2026-11-20 17:30'],
    ['3h30m', 'Fri 2026-11-20 17:30'],
    ['for 3 hours', 'Fri 2026-11-20 17:00'],
    ['1h and 5 minutes', 'Fri 2026-11-20 15:05'],
    ['an hour', 'Fri 2026-11-20 15:00'],
    ['half an hour', 'Fri 2026-11-20 14:30'],
    ['for 9', 'Fri 2026-11-20 14:09'],
    ['завтра 8:30', 'Sat 2026-11-21 08:30'],
    ['завтра в 9', 'Sat 2026-11-21 09:00'],
    ['до завтра', 'Sat 2026-11-21 09:00'],
    ['завтра утром', 'Sat 2026-11-21 09:00'],
    ['послезавтра в 10:15', 'Sun 2026-11-22 10:15'],
    ['до понедельника', 'Mon 2026-11-23 09:00'],
    ['в среду в 10:00', 'Wed 2026-11-25 10:00'],
    ['пт 18:00', 'Fri 2026-11-20 18:00'],
    ['до следующего рабочего дня', 'Mon 2026-11-23 09:00'],
    ['до 18:00!', 'Fri 2026-11-20 18:00'],
    ['3 ч', 'Fri 2026-11-20 17:00'],
    ['на 3 ч 30 мин', 'Fri 2026-11-20 17:30'],
    ['полчаса', 'Fri 2026-11-20 14:30'],
    ['1 декабря 9:30', 'Tue 2026-12-01 09:30'],
    ['01.12 9:00', 'Tue 2026-12-01 09:00'],
    ['01.12.2026', 'Tue 2026-12-01 09:00'],
    ['today 13:00', 'out_of_range'],
    ['2026-11-19 09:00', 'out_of_range'],
    ['2027-12-01', 'out_of_range'],
    ['5 may', 'out_of_range'],
    ['31d 1s', 'out_of_range'],
    ['today', 'unreadable'],
    ['until', 'unreadable'],
    ['until 30', 'unreadable'],
    ['31.02', 'unreadable'],
    ['2026-13-01', 'unreadable'],
    ['25:00', 'unreadable'],
    ['13pm', 'unreadable'],
    ['9:60', 'unreadable'],
    ['tomorrow tomorrow', 'unreadable'],
    ['monday please', 'unreadable'],
    ['when it is over', 'unreadable'],
    [`tomorrow${' at'.repeat(40)} 9`, 'unreadable'],
  ])('"%s" is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('T09 T05 keeps the wall clock over a change of the clocks', () => {
    const beforeAutumn = new Date('2026-10-24T10:00:00Z');
    expect(parseSnooze('tomorrow 9:00', beforeAutumn, ZONE)).toMatchObject({ forMs: 22 * 60 * MINUTE });
    const beforeSpring = new Date('2027-03-27T10:00:00Z');
    expect(parseSnooze('tomorrow 9:00', beforeSpring, ZONE)).toMatchObject({ forMs: 21 * 60 * MINUTE });
    // 02:30 does not exist on that night
    expect(read('tomorrow 2:30', beforeSpring)).toBe('Sun 2027-03-28 03:30');
  });

  it('T09 means the second 02:30 of the long night when the first is over', () => {
    const betweenThem = new Date('2026-10-25T00:45:00Z');
    expect(parseSnooze('2:30', betweenThem, ZONE)).toMatchObject({ forMs: 45 * MINUTE });
  });

  it('knows only the next year for a day that has passed', () => {
    const december = new Date('2026-12-20T10:00:00Z');
    expect(read('5 jan 9:00', december)).toBe('Tue 2027-01-05 09:00');
  });
});

describe('the next working day', () => {
  it.each([
    ['2026-11-20T13:00:00Z', 'Mon 2026-11-23 09:00'],
    ['2026-11-21T13:00:00Z', 'Mon 2026-11-23 09:00'],
    ['2026-11-22T23:30:00Z', 'Mon 2026-11-23 09:00'],
    ['2026-11-23T13:00:00Z', 'Tue 2026-11-24 09:00'],
    // a night that is woken up sleeps on
    ['2026-11-24T02:00:00Z', 'Tue 2026-11-24 09:00'],
  ])('after %s is %s', (now, expected) => {
    expect(wall(nextWorkingMorning(new Date(now), ZONE))).toBe(expected);
  });

  it('is the person’s own: another zone is another instant', () => {
    const sunday = new Date('2026-11-22T20:00:00Z');
    expect(wall(nextWorkingMorning(sunday, 'Asia/Tokyo'), 'Asia/Tokyo')).toBe('Mon 2026-11-23 09:00');
    expect(nextWorkingMorning(sunday, 'Asia/Tokyo')).not.toEqual(nextWorkingMorning(sunday, ZONE));
  });
});

const instants = fc.date({
  min: new Date('2026-01-01T00:00:00Z'),
  max: new Date('2028-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const zones = fc.constantFrom(
  'Europe/Madrid',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'UTC',
);
const saidTimes = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([h, m]) => ({ h, m, text: `${h}:${String(m).padStart(2, '0')}` }));

describe('properties', () => {
  it('a time of day is within 25 hours, later than now, and on the wall clock unless the clocks leave it out', () => {
    fc.assert(
      fc.property(instants, zones, saidTimes, (now, zone, { h, m, text }) => {
        const parsed = parseSnooze(`until ${text}`, now, zone);
        // less than a second ahead
        fc.pre(parsed.kind === 'until');
        expect(parsed.forMs).toBeGreaterThan(0);
        expect(parsed.forMs).toBeLessThanOrEqual(DAY + 2 * 60 * MINUTE);
        const at = DateTime.fromJSDate(parsed.until, { zone });
        const asked = at.startOf('day').set({ hour: h, minute: m });
        expect(at.toFormat('HH:mm')).toBe(asked.toFormat('HH:mm'));
      }),
      { numRuns: 500 },
    );
  });

  it('whatever is read lies between a second and thirty days ahead', () => {
    const words = fc.constantFrom(
      'until',
      'tomorrow',
      'monday',
      'вс',
      'at',
      '9',
      '9:30',
      '3h',
      '30 мин',
      '2026-12-01',
      'завтра',
      'в',
      '1 dec',
      'noon',
      '9pm',
      ',',
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(words, { maxLength: 5 }).map((said) => said.join(' ')),
    );
    fc.assert(
      fc.property(texts, instants, zones, (text, now, zone) => {
        const parsed = parseSnooze(text, now, zone);
        if (parsed.kind !== 'until') return;
        expect(parsed.until.getTime() - now.getTime()).toBe(parsed.forMs);
        expect(parsed.forMs).toBeGreaterThanOrEqual(1000);
        expect(parsed.forMs).toBeLessThanOrEqual(30 * DAY + 2 * 60 * MINUTE);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads a long text in no time', () => {
    const started = performance.now();
    for (const part of ['1h ', 'next ', '9', 'ч и ', ' ', 'monday ', ','])
      parseSnooze(part.repeat(20_000), NOW, ZONE);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('a command’s words', () => {
  it.each([
    ['A-1042 until tomorrow 8:30', 'A-1042', 'until tomorrow 8:30'],
    ['cr 3h', 'cr', '3h'],
    ['paid orders 2d 3h', 'paid orders', '2d 3h'],
    ['tomorrow 8:30', undefined, 'tomorrow 8:30'],
    ['A-1042 до понедельника', 'A-1042', 'до понедельника'],
    ['cr до утра', 'cr', 'до утра'],
    ['1042 3h', '1042', '3h'],
    ['1042', '1042', null],
    ['A-1042', 'A-1042', null],
    ['cr', 'cr', null],
    ['', undefined, null],
  ])('"%s": %s, %s', (text, query, until) => {
    const split = splitSnooze(text, NOW, ZONE);
    expect(split.query).toBe(query);
    expect(split.until && [split.until.kind, split.until.text]).toEqual(
      until === null ? null : ['until', until],
    );
  });

  it.each([
    ['cr 5x', 'cr', '5x'],
    ['cr until whenever', 'cr', 'until whenever'],
    ['до морковки', undefined, 'до морковки'],
  ])('"%s": a time that cannot be used', (text, query, said) => {
    const split = splitSnooze(text, NOW, ZONE);
    expect([split.query, split.until?.kind, split.until?.text]).toEqual([query, 'unreadable', said]);
  });

  it('says that a time has passed, or is too far away', () => {
    expect(splitSnooze('cr 31d', NOW, ZONE).until?.kind).toBe('out_of_range');
    expect(splitSnooze('cr until today 9:00', NOW, ZONE).until?.kind).toBe('out_of_range');
  });
});
