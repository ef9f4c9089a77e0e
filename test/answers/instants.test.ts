import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDays, formatTime } from '../../src/answers/instants.ts';
import { DAY, HOUR, inZone } from '../../src/lib/time.ts';

const ZONES = [
  'UTC',
  'Europe/Madrid',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Santiago',
];

describe('calendar days', () => {
  it('T05 are those between midnights of the zone, over clock changes too', () => {
    const instants = integer({ min: Date.UTC(1995, 0), max: Date.UTC(2040, 0) });
    assert(
      property(
        instants,
        integer({ min: -400 * 24, max: 400 * 24 }),
        constantFrom(...ZONES),
        (at, hours, zone) => {
          const [from, to] = [new Date(at), new Date(at + hours * HOUR)];
          const day = (instant: Date): number => {
            const { year, month, day: ofMonth } = inZone(instant, zone);
            return Date.UTC(year, month - 1, ofMonth) / DAY;
          };
          expect(calendarDays(from, to, zone)).toBe(day(to) - day(from));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('T05 decide how an instant is written: the night the clock goes back has 25 hours', () => {
    const now = new Date('2026-10-25T22:30:00Z');
    const reader = { locale: 'en', timezone: 'Europe/Madrid' } as const;
    expect(formatTime(new Date('2026-10-24T22:00:00Z'), now, reader)).toBe('00:00');
    expect(formatTime(new Date('2026-10-24T21:59:00Z'), now, reader)).toBe('Sat 23:59');
    expect(formatTime(new Date('2026-10-18T21:59:00Z'), now, reader)).toBe('18 Oct 23:59');
    expect(formatTime(new Date('2025-12-31T22:59:00Z'), now, reader)).toBe('31 Dec 2025 23:59');
  });
});
