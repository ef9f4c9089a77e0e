/** Instants and the time a clock on the wall shows in a zone. Pure. */

/** A zone's offset changes at most once between two looks. */
const LOOKS = 2;

/**
 * Gives an instant as a field for date and time takes it: `2026-11-20T09:00`.
 * @param {number} at ms
 * @param {string} timezone
 */
export function toFieldTime(at, timezone) {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const of = (/** @type {string} */ type) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

/**
 * Gives the instant at which a zone's clocks show a field's time, in ms; NaN for none.
 * @param {string} field
 * @param {string} timezone
 */
export function toInstant(field, timezone) {
  const wall = Date.parse(`${field}Z`);
  let at = wall;
  for (let look = 0; look < LOOKS && !Number.isNaN(at); look += 1)
    at += wall - Date.parse(`${toFieldTime(at, timezone)}Z`);
  return at;
}
