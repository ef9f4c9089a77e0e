import { DateTime } from 'luxon';
import type { ActiveWindow } from '../alerts/index.ts';
import { parseDuration } from '../lib/time.ts';
import type { MaintenanceWindow, Workspace } from '../registry/index.ts';
import { lastRun } from './due.ts';

/** Gives the windows of workspace.yaml that are open at an instant; times without a zone are the workspace's. */
export function listOpenWindows(
  { maintenance, timezone }: Pick<Workspace, 'maintenance' | 'timezone'>,
  now: Date,
): ActiveWindow[] {
  return maintenance.flatMap((window) => {
    const span = spanAt(window, now, timezone);
    if (span === undefined || now < span.from || now >= span.until) return [];
    const { name, metrics, domains, sources } = window;
    return [{ name, until: span.until, metrics, domains, sources }];
  });
}

type Span = { from: Date; until: Date };

function spanAt(window: MaintenanceWindow, now: Date, zone: string): Span | undefined {
  const { from, to, cron, for: length } = window;
  if (from !== null && to !== null)
    return {
      from: DateTime.fromISO(from, { zone }).toJSDate(),
      until: DateTime.fromISO(to, { zone }).toJSDate(),
    };
  const span = length === null ? undefined : parseDuration(length);
  if (cron === null || span === undefined) return undefined;
  const started = lastRun(cron, now, zone);
  return { from: started, until: new Date(started.getTime() + span.ms) };
}
