import { maskValues, WAREHOUSE_SOURCE } from '../alerts/index.ts';
import {
  describeFreshSource,
  describeStaleSource,
  type StaleSourceView,
  type Words,
} from '../answers/index.ts';
import { sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { hashAnswer, type Composed, type Thread } from '../delivery/index.ts';
import { loadStatuses } from '../pulse/index.ts';
import { findMessage, keepMark, sameThread, standalone, type OwnDelivery } from './composed.ts';

type SourceRow = {
  id: string;
  number: number;
  source: string;
  opened_at: Date;
  recovered_at: Date | null;
  metrics: string[];
  ever_metrics: string[];
};

/** Makes the message of a silent source, its redrawing, or the reply when it is back. */
export async function composeSource(deps: Deps, delivery: OwnDelivery, words: Words): Promise<Composed> {
  const [message, row] = await Promise.all([findMessage(deps, delivery), findSource(deps, delivery.alertId)]);
  if (!row) return { kind: 'skip', reason: 'the alert is not stored' };
  if (delivery.operation === 'edit' && !message)
    return { kind: 'skip', reason: 'there is no message to edit' };
  if (delivery.operation === 'post' && row.recovered_at !== null)
    return { kind: 'skip', reason: 'it was fresh again before this was sent' };
  const view = await toSourceView(deps, row);
  const thread = sameThread(message, threadOf(row, words));
  const messageId = message?.message_id ?? null;
  if (delivery.operation === 'reply')
    return standalone(describeFreshSource(view, words), { thread, messageId });
  const described = describeStaleSource(view, words);
  const answer = delivery.operation === 'edit' ? keepMark(described, message, words) : described;
  if (delivery.operation === 'edit' && message?.content_hash === hashAnswer(answer))
    return { kind: 'skip', reason: 'the message shows it already' };
  return standalone(answer, { thread, messageId });
}

async function findSource(deps: Deps, id: string): Promise<SourceRow | undefined> {
  const rows = await deps.db.prisma.$queryRaw<SourceRow[]>(sql`
    select id, number, source, opened_at, recovered_at, metrics, ever_metrics
    from heartbeat.source_alert where workspace_id = ${deps.workspaceId} and id = ${id}::uuid`);
  return rows[0];
}

async function toSourceView(deps: Deps, row: SourceRow): Promise<StaleSourceView> {
  const named = row.recovered_at === null ? row.metrics : row.ever_metrics;
  const statuses = await loadStatuses(deps, named);
  return {
    number: row.number,
    source: sourceOf(row),
    openedAt: row.opened_at,
    now: deps.clock.now(),
    recoveredAt: row.recovered_at,
    metrics: statuses.map(({ metric, ageMs, error }) => ({
      id: metric.id,
      name: metric.name,
      ageMs,
      error: error === null ? null : maskValues(error),
    })),
  };
}

function sourceOf({ source }: SourceRow): string | null {
  return source === WAREHOUSE_SOURCE ? null : source;
}

function threadOf(row: SourceRow, words: Words): Thread {
  const name = sourceOf(row) ?? words.t('stale-warehouse');
  return { id: row.id, subject: `${words.t('stale-title')}: ${name} (A-${row.number})` };
}
