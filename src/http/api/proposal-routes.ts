import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Deps } from '../../deps.ts';
import { listProposals, type ProposalRecord } from '../../proposals/index.ts';
import type { AppEnv } from '../env.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { defineRead } from './define-route.ts';
import { listOf, Paging } from './schemas.ts';

const Instant = z.iso.datetime().openapi({ description: 'RFC 3339, UTC' });
const ProposalState = z.enum(['open', 'approved', 'rejected', 'expired']);

/** One proposal: what waits, or waited, for a person's yes. */
export const ProposalItem = z
  .object({
    id: z.uuid(),
    number: z.string().openapi({ example: 'P-7' }),
    kind: z.string(),
    subject: z.string(),
    title: z.string(),
    state: ProposalState,
    version: z.int(),
    proposed_by: z.string(),
    proposed_at: Instant,
    expires_at: Instant.nullable(),
    decided_by: z.string().nullable(),
    decided_at: Instant.nullable(),
  })
  .openapi('Proposal');
type ProposalItem = z.infer<typeof ProposalItem>;

const list = defineRead({
  path: '/api/proposals',
  summary: 'What waits for a yes, newest first; what was decided when state says so. Nothing proposes yet',
  tag: 'proposals',
  request: { query: Paging.extend({ state: ProposalState.default('open') }) },
  answer: listOf(ProposalItem, 'ProposalList'),
});

/** Reads proposals. */
export function addProposalRoutes(api: OpenAPIHono<AppEnv>, deps: Deps): void {
  api.openapi(list, async (c) => {
    const { limit, cursor, state } = c.req.valid('query');
    const rows = await listProposals(deps.db, deps.workspaceId, {
      state,
      before: cursor === undefined ? null : Number(decodeCursor(cursor, /^\d{1,9}$/)),
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const next = rows.length > limit && last ? encodeCursor(String(last.number)) : null;
    return c.json({ items: page.map(presentProposal), next }, 200);
  });
}

function presentProposal(row: ProposalRecord): ProposalItem {
  return {
    id: row.id,
    number: `P-${row.number}`,
    kind: row.kind,
    subject: row.subject,
    title: row.title,
    state: row.state,
    version: row.version,
    proposed_by: row.proposedBy,
    proposed_at: row.proposedAt.toISOString(),
    expires_at: row.expiresAt?.toISOString() ?? null,
    decided_by: row.decidedBy,
    decided_at: row.decidedAt?.toISOString() ?? null,
  };
}
