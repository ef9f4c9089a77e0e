import { sql, type Db } from '../db/index.ts';

/** How far a proposal is. */
export type ProposalState = 'open' | 'approved' | 'rejected' | 'expired';

/** One proposal as it is stored. */
export type ProposalRecord = {
  id: string;
  number: number;
  kind: string;
  subject: string;
  title: string;
  state: ProposalState;
  version: number;
  proposedBy: string;
  proposedAt: Date;
  expiresAt: Date | null;
  decidedBy: string | null;
  decidedAt: Date | null;
};

export type ProposalFilter = {
  state: ProposalState;
  /** only those with a smaller number */
  before: number | null;
  limit: number;
};

/** Lists proposals of one state, newest first. */
export function listProposals(
  db: Db,
  workspaceId: string,
  { state, before, limit }: ProposalFilter,
): Promise<ProposalRecord[]> {
  return db.prisma.$queryRaw<ProposalRecord[]>(sql`
    select id, number, kind, subject, title, state, version, proposed_by as "proposedBy", proposed_at as "proposedAt",
      expires_at as "expiresAt", decided_by as "decidedBy", decided_at as "decidedAt"
    from heartbeat.proposal
    where workspace_id = ${workspaceId} and state = ${state} and (${before}::int is null or number < ${before}::int)
    order by number desc
    limit ${limit}`);
}
