import type { Locale, Unit } from '../registry/index.ts';

/** The wording of one reader: language, zone, numbers, durations. Pure; made by `createWords(locale, timezone)`. */
export interface Words {
  readonly locale: Locale;
  readonly timezone: string;
  /** A message of locales/*.ftl; throws on a missing key, so that a test finds it. */
  t(key: string, args?: Record<string, string | number>): string;
  /** Tells whether the message exists. */
  has(key: string): boolean;
  /** `3.14 %`, `€1,234`, `1 h 5 min`: three significant digits, whole counts exact. */
  value(value: number, unit: Unit): string;
  /** A relative change with sign: `−18 %`. */
  change(ratio: number): string;
  /** `47 min`, `3 h 5 min`, `2 days`. */
  duration(ms: number): string;
  /** `13:45` today, `Fri 13:45` within a week, else a date with time; in the reader's zone. */
  time(at: Date, now: Date): string;
  /** relative when younger than a day (`15 min ago`), absolute when older. */
  ago(at: Date, now: Date): string;
  /** `12 Nov 2026`: a day in the reader's zone. */
  day(at: Date): string;
}
