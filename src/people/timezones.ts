import { IANAZone } from 'luxon';

/**
 * Finds the IANA time zone that somebody means: by its name in any case, or by its city, such as `Belgrade`. Undefined for other
 * words.
 */
export function findTimezone(text: string): string | undefined {
  const wanted = text.trim().replaceAll(/\s+/gu, '_').toLowerCase();
  if (wanted === '') return undefined;
  const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  const exact = zones.find((zone) => zone.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const byCity = zones.find((zone) => zone.toLowerCase().split('/').at(-1) === wanted);
  if (byCity !== undefined) return byCity;
  return isZone(text.trim()) ? text.trim() : undefined;
}

/** An older name of a zone is not in the list, and as good. */
function isZone(name: string): boolean {
  return name.includes('/') && IANAZone.isValidZone(name);
}
