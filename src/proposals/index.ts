/**
 * WHAT waits for a person's yes. In: a workspace. Out: its proposals, newest first. Nothing proposes yet, and deciding is not
 * done here.
 */
export { listProposals, type ProposalFilter, type ProposalRecord, type ProposalState } from './list.ts';
