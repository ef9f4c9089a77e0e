import { DateTime } from 'luxon';

/** Hours of a day, `22:00` to `07:00`, that may pass midnight. */
export type QuietHours = { from: string; to: string };

/**
 * Gives when a person's quiet hours end, or null when it is not quiet now. `zone` is theirs, IANA. A clock that is set forward
 * or back in between is followed: the end is when their clock shows it.
 */
export function quietUntil({ from, to }: QuietHours, now: Date, zone: string): Date | null {
  const local = DateTime.fromJSDate(now, { zone });
  const start = atTime(local, from);
  const end = atTime(local, to);
  const passesMidnight = from > to;
  if (!passesMidnight) return local >= start && local < end ? end.toJSDate() : null;
  if (local >= start) return atTime(local.plus({ days: 1 }), to).toJSDate();
  return local < end ? end.toJSDate() : null;
}

function atTime(day: DateTime, text: string): DateTime {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return day.set({ hour, minute, second: 0, millisecond: 0 });
}
