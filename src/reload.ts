import { withdrawAlerts, type Withdrawal } from './alerts/index.ts';
import { inTransaction, sql } from './db/index.ts';
import { enqueueDeliveries, reviewHeld, type DeliveryDraft } from './delivery/index.ts';
import type { Deps } from './deps.ts';
import { noticeDrafts } from './messages/index.ts';
import { forgetGone, leaveGone } from './open-people.ts';
import { queueBackfills, type Pulse } from './pulse/index.ts';
import {
  loadVerifications,
  syncRegistry,
  type Metric,
  type MetricVerification,
  type Problem,
  type Registry,
  type RegistryHolder,
} from './registry/index.ts';

/** Stores a registry, and gives what verification came to. */
export async function storeRegistry(deps: Pick<Deps, 'db' | 'clock' | 'workspaceId'>, registry: Registry) {
  const changes = await inTransaction(deps.db, (tx) => syncRegistry(tx, registry, deps.clock.now()));
  return { changes, verifications: await loadVerifications(deps.db.prisma, deps.workspaceId) };
}

export type ReloadDeps = Deps & { registry: RegistryHolder };

/**
 * Puts changed files into force (the last good definition stands in for a broken one): what may no longer alert is withdrawn,
 * what silences kept back is decided anew, new metrics are scheduled and backfilled, and owners hear of a broken file or a lost verification.
 */
export async function applyRegistry(
  deps: ReloadDeps,
  pulse: Pick<Pulse, 'reschedule' | 'kick'>,
  next: Registry,
): Promise<void> {
  const before = deps.registry.current();
  const { changes, verifications } = await storeRegistry(deps, next);
  deps.registry.replace(next, verifications);
  await forgetGone(deps, before, next);
  await reviewSilences(deps);
  await withdrawAlerts(deps, listWithdrawals({ before, next, verifications }));
  await tell(deps, [
    ...brokenFileNotices(deps, before, deps.registry.current()),
    ...lostNotices(deps, changes.verificationLost, deps.registry.current()),
  ]);
  await pulse.reschedule();
  await queueBackfills(deps);
  pulse.kick();
  deps.log.info({ metrics: next.metrics.size, problems: next.problems.length }, 'the workspace changed');
}

type Change = { before: Registry; next: Registry; verifications: ReadonlyMap<string, MetricVerification> };

type Withdrawn = { metric: Metric; reason: Withdrawal };

/** Metrics whose open alerts end without a recovery: gone, not verified any more, or without lines. Pure. */
export function listWithdrawals({ before, next, verifications }: Change): Withdrawn[] {
  return [...before.metrics.values()].flatMap((old): Withdrawn[] => {
    const metric = next.metrics.get(old.id);
    if (!metric) return [{ metric: old, reason: 'retired' }];
    if (verifications.get(old.id) !== 'verified') return [{ metric, reason: 'unverified' }];
    return metric.norm === null && metric.alert === null ? [{ metric, reason: 'unjudged' }] : [];
  });
}

/**
 * Puts changed people into force: what goes to chats that are nobody's ends, what silences kept back is decided anew. Each
 * process does it once it knows of the change: one that did not know yet may have kept a message back again.
 */
export async function applyPeople(deps: Deps): Promise<void> {
  await leaveGone(deps);
  await reviewSilences(deps);
}

async function reviewSilences({ db, workspaceId, clock }: Deps): Promise<void> {
  await inTransaction(db, (tx) => reviewHeld(tx, { workspaceId, now: clock.now() }));
}

/** Makes up for changes of the files while no process ran: alerts of deleted metrics are closed, silences are looked at anew. */
export async function withdrawOrphans(deps: Deps): Promise<void> {
  await reviewSilences(deps);
  const { metrics } = deps.registry.current();
  const rows = await deps.db.prisma.$queryRaw<{ definition: Metric }[]>(sql`
    select r.definition from heartbeat.metric_state s
    join heartbeat.metric_registry r on r.workspace_id = s.workspace_id and r.id = s.metric_id
    where s.workspace_id = ${deps.workspaceId} and s.alert_id is not null`);
  const gone = rows.filter(({ definition }) => !metrics.has(definition.id));
  await withdrawAlerts(
    deps,
    gone.map(({ definition }) => ({ metric: definition, reason: 'retired' })),
  );
}

function brokenFileNotices(deps: Deps, before: Registry, next: Registry): DeliveryDraft[] {
  const known = new Set(before.problems.map(problemKey));
  const news = next.problems.filter(
    (problem) => problem.severity === 'error' && !known.has(problemKey(problem)),
  );
  return news.flatMap((problem) => {
    const { file, line, reason, hint } = problem;
    const metric = [...next.metrics.values()].find((one) => one.file === file);
    const owner = next.people.find((person) => person.email === metric?.owner);
    const key = `file:${problemKey(problem)}:${deps.clock.now().getTime()}`;
    return noticeDrafts(deps, owner, { key, notice: { kind: 'file_broken', file, line, reason, hint } });
  });
}

function problemKey({ file, line, reason }: Problem): string {
  return `${file}:${line}:${reason}`;
}

function lostNotices(deps: Deps, lost: readonly string[], next: Registry): DeliveryDraft[] {
  return lost.flatMap((id) => {
    const metric = next.metrics.get(id);
    if (!metric) return [];
    const owner = next.people.find((person) => person.email === metric.owner);
    const key = `unverified:${id}:${metric.definitionHash}`;
    return noticeDrafts(deps, owner, {
      key,
      notice: { kind: 'verification_lost', metric: id, name: metric.name },
    });
  });
}

async function tell(deps: Deps, drafts: readonly DeliveryDraft[]): Promise<void> {
  if (drafts.length === 0) return;
  const { workspaceId, jobs, clock } = deps;
  await inTransaction(deps.db, (tx) =>
    enqueueDeliveries(tx, jobs, { workspaceId, drafts, now: clock.now() }),
  );
  deps.outbox.kick();
}
