import type { MetricStatus } from '../pulse/index.ts';
import { findStanding } from './standings.ts';

/**
 * Gives a word that changes when a cockpit's state does: standings, values as stored, alerts and their states. Ages and the
 * instant of the reading are not part of it.
 */
export function cockpitMark(statuses: readonly MetricStatus[]): string {
  const rows = statuses
    .map((status) => [
      status.metric.id,
      status.metric.name,
      findStanding(status),
      status.observation?.value ?? null,
      status.alert?.number ?? null,
      status.alert?.level ?? null,
      status.alert?.state ?? null,
    ])
    .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));
  return JSON.stringify(rows);
}
