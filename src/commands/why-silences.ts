import {
  findWindow,
  listHearers,
  listWindows,
  quietUntil,
  type AlertRecord,
  type AlertState,
} from '../alerts/index.ts';
import type { WhySilence } from '../answers/index.ts';
import { sql } from '../db/index.ts';
import { parsePlaceKey } from '../delivery/index.ts';
import { labelOf } from '../messages/index.ts';
import type { Metric } from '../registry/index.ts';
import type { CommandDeps } from './types.ts';

/** What keeps a metric's messages back, folds or replaces them now. */
export async function listSilences(
  deps: CommandDeps,
  metric: Metric,
  { alert, judged }: { alert: AlertRecord | undefined; judged: AlertState | null },
): Promise<WhySilence[]> {
  const [windows, storms, source] = await Promise.all([
    openWindows(deps, metric),
    alert ? listStorms(deps, alert.id) : [],
    findSource(deps, metric.id),
  ]);
  const flapping: WhySilence[] = judged?.flapping ? [{ kind: 'flapping' }] : [];
  return [...windows, ...storms, ...flapping, ...source, ...quietPeople(deps, metric, alert)];
}

async function openWindows(deps: CommandDeps, metric: Metric): Promise<WhySilence[]> {
  const now = deps.clock.now();
  const chat = await listWindows(deps.db, deps.workspaceId, now);
  const all = [
    ...deps.maintenanceAt(now),
    ...chat.filter(({ startsAt }) => startsAt <= now).map((window) => ({ ...window, until: window.endsAt })),
  ];
  const window = findWindow(metric, all);
  return window ? [{ kind: 'maintenance', name: window.name, until: window.until }] : [];
}

/** Quiet hours of whoever would hear of it now: the owner, people of the ladder, who acked it. */
function quietPeople(deps: CommandDeps, metric: Metric, alert: AlertRecord | undefined): WhySilence[] {
  const { people, workspace } = deps.registry.current();
  const acker = alert?.state === 'acked' && alert.ack ? [alert.ack.by] : [];
  const ladder = [...workspace.policies.escalation, ...acker];
  const hearers = listHearers({ metric, people, workspace, channels: deps.channels }, ladder);
  return hearers.flatMap(({ name, quietHours, timezone }): WhySilence[] => {
    const zone = timezone ?? workspace.timezone;
    const until = quietHours && quietUntil(quietHours, deps.clock.now(), zone);
    return until ? [{ kind: 'quiet', name, until }] : [];
  });
}

async function listStorms(deps: CommandDeps, alertId: string): Promise<WhySilence[]> {
  const rows = await deps.db.prisma.$queryRaw<{ place: string; alerts: number }[]>(sql`
    select s.place, (select count(*)::int from heartbeat.storm_alert m where m.storm_id = s.id) as alerts
    from heartbeat.storm_alert a join heartbeat.storm s on s.id = a.storm_id
    where a.alert_id = ${alertId}::uuid order by s.opened_at desc limit 3`);
  return rows.map(({ place, alerts }) => ({
    kind: 'storm',
    place: labelOf(deps, parsePlaceKey(place)),
    alerts,
  }));
}

async function findSource(deps: CommandDeps, metricId: string): Promise<WhySilence[]> {
  const rows = await deps.db.prisma.$queryRaw<{ number: number; source: string; at: Date }[]>(sql`
    select a.number, a.source, a.opened_at as at from heartbeat.metric_state s
    join heartbeat.source_alert a on a.id = s.source_alert_id
    where s.workspace_id = ${deps.workspaceId} and s.metric_id = ${metricId}`);
  return rows.map(({ number, source, at }) => ({ kind: 'source', number, source, at }));
}
