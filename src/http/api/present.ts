import type { AlertRecord } from '../../alerts/index.ts';
import type { DeliveryRecord } from '../../delivery/index.ts';
import type { Deps } from '../../deps.ts';
import { docsUrlOf } from '../../messages/index.ts';
import type { MetricStatus } from '../../pulse/index.ts';
import { unitText, type Cut } from '../../registry/index.ts';
import type { AlertItem, CutItem, DeliveryItem, MetricDetail, MetricItem } from './schemas.ts';

type UrlDeps = Pick<Deps, 'publicUrl'>;

/** Gives a metric as lists show it. */
export function presentMetric(deps: UrlDeps, status: MetricStatus): MetricItem {
  const { metric, observation, comparable, alert, typical } = status;
  return {
    id: metric.id,
    name: metric.name,
    domain: metric.domain,
    teams: [...metric.teams],
    unit: unitText(metric.unit),
    direction: metric.direction,
    period: metric.period.text,
    schedule: metric.schedule,
    norm: metric.norm,
    alert: metric.alert,
    target: metric.target,
    target_due: metric.targetDue,
    owner: metric.owner,
    verification: status.verification,
    verification_state: status.verification === 'verified' ? 'verified' : 'unverified',
    level: status.level,
    value: observation?.value ?? null,
    as_of: toText(observation?.asOf),
    computed_at: toText(observation?.computedAt),
    age_ms: status.ageMs,
    stale: status.stale,
    late: status.late,
    unusual: status.unusual,
    typical: typical && { mean: typical.mean, deviation: typical.deviation, count: typical.count },
    comparable: comparable && { ...comparable, at: comparable.at.toISOString() },
    open_alert: alert && {
      id: alert.id,
      number: numberText(alert.number),
      level: alert.level,
      state: alert.state,
      version: alert.version,
      opened_at: alert.openedAt.toISOString(),
    },
    error: status.error,
    url: docsUrlOf(deps, metric),
  };
}

/** Gives a metric with its whole definition. */
export function presentMetricDetail(deps: UrlDeps, status: MetricStatus): MetricDetail {
  const { metric } = status;
  return {
    ...presentMetric(deps, status),
    how_to_read: metric.howToRead,
    methodology: metric.methodology,
    notes: metric.notes,
    sources: [...metric.sources],
    synonyms: [...metric.synonyms],
    tags: [...metric.tags],
    runbook: metric.runbook,
    hysteresis: metric.hysteresis,
    band: metric.band,
    stale_after_ms: metric.staleAfterMs,
    timeout_ms: metric.timeoutMs,
    verified: metric.verified,
    cuts: metric.cuts.map(({ cut, role }) => ({ cut, role })),
    file: metric.file,
    sql: metric.sql,
    definition_hash: metric.definitionHash,
  };
}

/** Gives an alert; its address is that of its metric, while there is one. */
export function presentAlert(deps: UrlDeps & Pick<Deps, 'registry'>, alert: AlertRecord): AlertItem {
  const metric = deps.registry.current().metrics.get(alert.metricId);
  return {
    id: alert.id,
    number: numberText(alert.number),
    metric: alert.metricId,
    level: alert.level,
    state: alert.state,
    version: alert.version,
    opened_at: alert.openedAt.toISOString(),
    value: alert.value,
    value_at: toText(alert.valueAt),
    worst_value: alert.worstValue,
    acked_by: alert.ack?.by ?? null,
    acked_at: toText(alert.ack?.at),
    snoozed_by: alert.snooze?.by ?? null,
    snoozed_until: toText(alert.snooze?.until),
    resolved_at: toText(alert.resolvedAt),
    resolution: alert.resolution,
    notes: alert.notes.map((note) => ({ ...note, at: note.at.toISOString() })),
    note_count: alert.noteCount,
    feedback: alert.feedback,
    url: metric ? docsUrlOf(deps, metric) : null,
  };
}

/** Gives a cut and the metrics it belongs to. */
export function presentCut({ publicUrl }: UrlDeps, cut: Cut): CutItem {
  return {
    id: cut.id,
    title: cut.title,
    page: cut.page,
    chart: cut.chart,
    window: cut.window,
    windows: [...cut.windows],
    prose: cut.prose,
    how_to_read: cut.howToRead,
    min_group: cut.minGroup,
    owner: cut.owner,
    verification: cut.declared,
    verification_state: cut.declared,
    verified: cut.verified,
    metrics: cut.feeds.map(({ metric, role }) => ({ metric, role })),
    file: cut.file,
    sql: cut.sql,
    definition_hash: cut.definitionHash,
    url: `${publicUrl()}/audit/${cut.page}#${cut.id}`,
  };
}

/** Gives a delivery with its attempts. */
export function presentDelivery(delivery: DeliveryRecord): DeliveryItem {
  return {
    id: delivery.id,
    alert: delivery.alertNumber === null ? null : numberText(delivery.alertNumber),
    alert_id: delivery.alertId,
    metric: delivery.metric,
    source: delivery.source,
    edge: delivery.edge,
    channel: delivery.channel,
    place: delivery.place,
    operation: delivery.operation,
    status: delivery.status,
    attempts: delivery.attempts,
    reason: delivery.reason,
    maybe_sent: delivery.maybeSent,
    delayed: delivery.delayed,
    created_at: new Date(delivery.createdAt).toISOString(),
    next_attempt_at: new Date(delivery.nextAttemptAt).toISOString(),
    held_until: toText(delivery.heldUntil),
    sent_at: toText(delivery.sentAt),
    message_id: delivery.messageId,
    tries: delivery.tries.map((attempt) => ({
      number: attempt.number,
      started_at: new Date(attempt.startedAt).toISOString(),
      ended_at: toText(attempt.endedAt),
      outcome: attempt.outcome,
      status_code: attempt.statusCode,
      error: attempt.error,
      retry_after_ms: attempt.retryAfterMs,
    })),
  };
}

/** An alert's number as people write it. */
export function numberText(number: number): string {
  return `A-${number}`;
}

function toText(at: Date | string | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}
