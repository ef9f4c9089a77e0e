import { sql, type Tx } from '../db/index.ts';
import type { Metric, MetricVerification, VerificationState } from './types.ts';

/** What is remembered of a metric's verification: who said it, when, and of which definition. */
export type RememberedVerification = { by: string | null; at: string | null; hash: string | null };

export type VerificationDecision = { state: VerificationState; remembered: RememberedVerification };

/**
 * Decides whether "verified" holds for the definition of now. It is remembered by its time: the same `verified.at` stands for
 * the definition it was first seen with, a new one for the definition of now.
 */
export function decideVerification(
  metric: Pick<Metric, 'declared' | 'verified' | 'definitionHash'>,
  remembered: RememberedVerification,
): VerificationDecision {
  const { declared, verified, definitionHash } = metric;
  if (declared === 'unverified' || !verified) return { state: 'unverified', remembered };
  if (verified.at !== remembered.at || remembered.hash === null) {
    return { state: 'verified', remembered: { ...verified, hash: definitionHash } };
  }
  const state = remembered.hash === definitionHash ? 'verified' : 'unverified';
  return { state, remembered: { ...remembered, by: verified.by } };
}

type Row = { id: string; state: string; declared: string | null };

/** Loads whether each metric of a workspace that is not retired may alert. */
export async function loadVerifications(
  db: Pick<Tx, '$queryRaw'>,
  workspaceId: string,
): Promise<Map<string, MetricVerification>> {
  const rows = await db.$queryRaw<Row[]>(sql`
    select id, verification_state as state, definition->>'declared' as declared
    from heartbeat.metric_registry
    where workspace_id = ${workspaceId} and retired_at is null`);
  return new Map(rows.map(({ id, state, declared }) => [id, verificationOf(state, declared)]));
}

function verificationOf(state: string, declared: string | null): MetricVerification {
  if (state === 'verified') return 'verified';
  return declared === 'verified' ? 'changed' : 'unverified';
}
