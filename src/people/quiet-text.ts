import type { Person } from '../registry/index.ts';

type QuietHours = NonNullable<Person['quietHours']>;

const HOURS = /^(\d{1,2})(?::(\d{2}))?\s*(?:-|–|—|to|до)\s*(\d{1,2})(?::(\d{2}))?$/u;

/** Reads `22:00-07:00`, `22-7` or `22 to 7`; null for other words, and for hours of no length. */
export function parseQuiet(text: string): QuietHours | null {
  const [, fromHour, fromMinute, toHour, toMinute] = HOURS.exec(text.trim().toLowerCase()) ?? [];
  const from = clockText(fromHour, fromMinute);
  const to = clockText(toHour, toMinute);
  return from === null || to === null || from === to ? null : { from, to };
}

function clockText(hour: string | undefined, minute = '00'): string | null {
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return null;
  return `${hour.padStart(2, '0')}:${minute}`;
}

/** Gives hours as they are stored and shown: `22:00-07:00`. */
export function quietText({ from, to }: QuietHours): string {
  return `${from}-${to}`;
}
