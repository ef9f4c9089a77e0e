import { errorAt, type Finding, findNearest, quoted } from './finding.ts';
import { isZoneName, ZONE_NAMES } from './names.ts';

/** Finds a time zone that does not exist. */
export function zoneFindings(zone: string | undefined, line: number): Finding[] {
  if (zone === undefined || isZoneName(zone)) return [];
  const nearest = findNearestZone(zone);
  const hint = nearest ? `Did you mean ${nearest}?` : 'Use an IANA name such as Europe/Madrid.';
  return [errorAt(line, `timezone ${quoted(zone)} does not exist.`, hint)];
}

function findNearestZone(zone: string): string | undefined {
  const city = zone.toLowerCase().replaceAll(' ', '_');
  const byCity = ZONE_NAMES.find((name) => name.toLowerCase().split('/').at(-1) === city);
  const lower = findNearest(
    city,
    ZONE_NAMES.map((name) => name.toLowerCase()),
  );
  return byCity ?? ZONE_NAMES.find((name) => name.toLowerCase() === lower);
}
