import { z } from 'zod';
import { answerRefresh, type Answer, type RefreshPhase } from '../answers/index.ts';
import { inTransaction } from '../db/index.ts';
import { recordAct } from '../journal/index.ts';
import { requireMayOperate } from '../people/index.ts';
import { findStatus, type Refreshed } from '../pulse/index.ts';
import type { Metric } from '../registry/index.ts';
import { chooseMetric } from './choose.ts';
import { defineCommand, type CommandContext } from './types.ts';

/** Computes a metric now and says so in one message: first that it runs, then what it gave. The journal says who asked. */
export async function* refreshMetric(context: CommandContext, metric: Metric): AsyncGenerator<Answer> {
  const { deps, caller, words } = context;
  requireMayOperate(caller, metric);
  const before = (await findStatus(deps, metric.id))?.observation?.value ?? null;
  yield answerRefresh({ metric, phase: { kind: 'running' } }, words);
  await recordAsked(context, metric);
  const startedMs = performance.now();
  const refreshed = await deps.pulse.refresh(metric.id);
  const tookMs = performance.now() - startedMs;
  yield answerRefresh(
    { metric, phase: await phaseOf(context, metric, { refreshed, before, tookMs }) },
    words,
  );
}

function recordAsked({ deps, caller }: CommandContext, { id }: Metric): Promise<void> {
  const act = {
    at: deps.clock.now(),
    verb: 'metric.refresh',
    subject: `metric:${id}`,
    before: null,
    after: null,
  };
  return inTransaction(deps.db, (tx) => recordAct(tx, caller, act));
}

type Outcome = { refreshed: Refreshed; before: number | null; tookMs: number };

async function phaseOf(
  { deps, words }: CommandContext,
  metric: Metric,
  { refreshed, before, tookMs }: Outcome,
): Promise<RefreshPhase> {
  if (refreshed.kind === 'timed_out') return { kind: 'failed', reason: words.t('refresh-timed-out') };
  if (refreshed.kind === 'computed') {
    const { outcome } = refreshed;
    if (outcome.kind === 'error') return { kind: 'failed', reason: outcome.reason };
    if (outcome.kind === 'no_data') return { kind: 'no_data', tookMs };
    return { kind: 'done', value: outcome.reading.value, before, tookMs };
  }
  const status = await findStatus(deps, metric.id);
  if (status?.error) return { kind: 'failed', reason: status.error };
  return status?.observation
    ? { kind: 'done', value: status.observation.value, before, tookMs }
    : { kind: 'no_data', tookMs };
}

export const refresh = defineCommand({
  name: 'refresh',
  role: 'viewer',
  acts: { role: 'operator', orOwner: true },
  args: z.object({ metric: z.string().optional() }),
  positional: ['metric'],
  async *run(context, args) {
    const chosen = chooseMetric(context, args.metric);
    if (chosen.kind === 'ask') yield chosen.answer;
    else yield* refreshMetric(context, chosen.value);
  },
});
