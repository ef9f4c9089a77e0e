import type { AlertRecord } from '../alerts/index.ts';
import type { AlertPhase, AlertView, NameOf } from '../answers/index.ts';
import type { PictureSpec } from '../pictures/index.ts';
import type { MetricStatus } from '../pulse/index.ts';
import type { Metric } from '../registry/index.ts';

/** A message shows the newest notes. */
const NOTES_SHOWN = 3;

/** Everything an alert's message is made from. `metric` is the last definition known, also of a retired metric. */
export type ViewFacts = {
  alert: AlertRecord;
  metric: Metric;
  /** null when the metric is retired */
  status: MetricStatus | null;
  nameOf: NameOf;
  docsUrl: string | null;
  picture: PictureSpec | null;
  now: Date;
};

/** Gives the facts of an alert's message as they are now. Pure. */
export function alertView({ alert, metric, status, nameOf, docsUrl, picture, now }: ViewFacts): AlertView {
  const comparable = status?.comparable;
  return {
    id: alert.id,
    number: alert.number,
    version: alert.version,
    phase: phaseOf(alert),
    level: alert.level,
    metric: {
      id: metric.id,
      name: metric.name,
      unit: metric.unit,
      direction: metric.direction,
      periodText: metric.period.text,
      runbook: metric.runbook,
    },
    value: alert.value ?? alert.worstValue ?? 0,
    line: lineOf(alert, metric),
    ticks: alert.facts.ticks,
    change: comparable && comparable.ratio !== null ? { ratio: comparable.ratio, at: comparable.at } : null,
    openedAt: alert.openedAt,
    now,
    ack: alert.ack && { ...alert.ack, by: nameOf(alert.ack.by) },
    ackTimedOut: alert.facts.ackTimedOut ?? false,
    snooze: alert.snooze && { ...alert.snooze, by: nameOf(alert.snooze.by) },
    resolved: resolvedOf(alert),
    withdrawnReason: alert.resolution === 'recovered' ? null : alert.resolution,
    owner: metric.owner === null ? null : nameOf(metric.owner),
    unowned: alert.facts.unowned,
    unusual: status?.unusual ?? false,
    improving: alert.facts.improving,
    flapping: alert.facts.flapping ?? false,
    escalatedSteps: alert.facts.escalatedSteps ?? 0,
    notes: alert.notes.slice(0, NOTES_SHOWN).map((note) => ({ ...note, by: nameOf(note.by) })),
    noteCount: alert.noteCount,
    feedback: alert.feedback,
    url: docsUrl,
    picture,
  };
}

function phaseOf(alert: AlertRecord): AlertPhase {
  if (alert.state === 'resolved') return alert.resolution === 'recovered' ? 'resolved' : 'withdrawn';
  if (alert.facts.recovering) return 'recovering';
  if (alert.state === 'acked') return 'acked';
  if (alert.state === 'snoozed') return 'snoozed';
  return alert.facts.improving ? 'improving' : 'firing';
}

function lineOf(alert: AlertRecord, metric: Metric): AlertView['line'] {
  const kind = alert.level === 'red' ? 'alert' : 'norm';
  const value = metric[kind];
  return value === null ? null : { kind, value };
}

function resolvedOf(alert: AlertRecord): AlertView['resolved'] {
  if (!alert.resolvedAt) return null;
  const durationMs = Math.max(0, alert.resolvedAt.getTime() - alert.openedAt.getTime());
  return { at: alert.resolvedAt, durationMs, worstValue: alert.worstValue ?? 0 };
}
