import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCron } from '../../src/pulse/index.ts';
import { parseSchedule, whenTextOf } from './schedule-text.ts';

describe('what follows /schedule', () => {
  it.each([
    ['cockpit every weekday 08:30', 'cockpit', '', '30 8 * * 1-5'],
    ['watchlist compliance monday 9:00', 'watchlist', 'compliance', '0 9 * * 1'],
    ['metric cr daily 18:00', 'metric', 'cr', '0 18 * * *'],
    ['metric cr 90d every day at 9am', 'metric', 'cr 90d', '0 9 * * *'],
    ['cockpit growth mon, thu 12.15', 'cockpit', 'growth', '15 12 * * 1,4'],
    ['cockpit mon-fri 7', 'cockpit', '', '0 7 * * 1-5'],
    ['cockpit fri-mon 7pm', 'cockpit', '', '0 19 * * 0,1,5,6'],
    ['cockpit every weekend at 10:00', 'cockpit', '', '0 10 * * 0,6'],
    ['cockpit 18:00', 'cockpit', '', '0 18 * * *'],
    ['metric orders 2 daily 12am', 'metric', 'orders 2', '0 0 * * *'],
    ['watchlist monday report monday 9:00', 'watchlist', 'monday report', '0 9 * * 1'],
    ['cockpit every tuesday and friday 23:59', 'cockpit', '', '59 23 * * 2,5'],
    ['сводка по будням 8:30', 'cockpit', '', '30 8 * * 1-5'],
    ['сводку каждый будний день в 8:30', 'cockpit', '', '30 8 * * 1-5'],
    ['список compliance понедельник 9:00', 'watchlist', 'compliance', '0 9 * * 1'],
    ['показатель cr ежедневно 18:00', 'metric', 'cr', '0 18 * * *'],
    ['метрику cr каждый день в 9', 'metric', 'cr', '0 9 * * *'],
    ['кокпит growth по вторникам и четвергам в 10:00', 'cockpit', 'growth', '0 10 * * 2,4'],
    ['сводка каждую среду 9', 'cockpit', '', '0 9 * * 3'],
    ['сводка по выходным 11:00', 'cockpit', '', '0 11 * * 0,6'],
    ['сводка пн-ср в 9:05', 'cockpit', '', '5 9 * * 1,2,3'],
    ['COCKPIT Every Weekday 08:30', 'cockpit', '', '30 8 * * 1-5'],
  ])('%s', (text, what, argument, cron) => {
    expect(parseSchedule(text)).toEqual({ kind: 'schedule', what, argument, cron });
    expect(checkCron(cron, 'Europe/Madrid')).toBeNull();
  });

  it.each([
    ['', 'list'],
    ['lunch daily 12:00', 'no_what'],
    ['cockpit', 'no_when'],
    ['cockpit every weekday', 'no_when'],
    ['cockpit every someday 9:00', 'no_when'],
    ['cockpit daily 25:00', 'no_when'],
    ['cockpit daily 9:70', 'no_when'],
    ['cockpit daily 13pm', 'no_when'],
    ['metric cr', 'no_when'],
    ['list', 'list'],
    ['Список', 'list'],
    ['pause', 'no_number'],
    ['remove all', 'no_number'],
    ['убрать 1 2', 'no_number'],
  ])('%s: %s', (text, kind) => {
    expect(parseSchedule(text)).toEqual({ kind });
  });

  it.each([
    ['pause 2', 'pause', 2],
    ['Resume #12', 'resume', 12],
    ['remove 3', 'remove', 3],
    ['пауза 2', 'pause', 2],
    ['продолжить №2', 'resume', 2],
    ['убрать 7', 'remove', 7],
  ])('%s is done to one there is', (text, change, number) => {
    expect(parseSchedule(text)).toEqual({ kind: 'change', change, number });
  });

  it('T14 takes any text, and what it takes is a time that comes', () => {
    const text = string({ unit: 'grapheme', maxLength: 80 });
    assert(
      property(text, string({ maxLength: 20 }), (left, right) => {
        const read = parseSchedule(`metric ${left} ${right}`);
        expect(read.kind === 'schedule' ? checkCron(read.cron, 'UTC') : null).toBeNull();
      }),
      { numRuns: 500 },
    );
    const startedMs = performance.now();
    parseSchedule(`metric ${'every '.repeat(2_000)}9:00`);
    parseSchedule(`metric ${'mon,'.repeat(5_000)} 9:00`);
    expect(performance.now() - startedMs).toBeLessThan(500);
  });
});

describe('a time of a schedule in words', () => {
  it.each([
    ['30 8 * * 1-5', 'on weekdays at 08:30', 'по будням в 08:30'],
    ['0 18 * * *', 'every day at 18:00', 'каждый день в 18:00'],
    ['5 9 * * 0,6', 'on weekends at 09:05', 'по выходным в 09:05'],
    ['0 9 * * 1,4', 'Mon, Thu at 09:00', 'пн, чт в 09:00'],
  ])('%s', (cron, en, ru) => {
    expect(whenTextOf(cron)).toEqual([en, ru]);
  });
});
