import { RefusedError } from '../errors.ts';
import type { Metric, Role } from '../registry/index.ts';
import type { Caller } from './types.ts';

/** From the least to the most that a person may do. */
const ROLES: readonly Role[] = ['viewer', 'operator', 'approver', 'admin'];

/** What people do, and the least role for it. */
const NEEDED = {
  read: 'viewer',
  star: 'viewer',
  keep_private_watchlist: 'viewer',
  ack: 'operator',
  snooze: 'operator',
  note: 'operator',
  feedback: 'operator',
  refresh: 'operator',
  keep_team_watchlist: 'operator',
  schedule: 'operator',
  verify: 'approver',
  decide_proposal: 'approver',
  change_lines: 'approver',
  plan_maintenance: 'approver',
  retry_delivery: 'approver',
  change_people: 'admin',
  change_policies: 'admin',
  pause: 'admin',
} as const satisfies Record<string, Role>;

/** Something that a person does in Heartbeat and that needs a role. */
export type Action = keyof typeof NEEDED;

/** Tells whether a text is the name of a role. */
export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text);
}

/** Tells whether a role includes another: viewer < operator < approver < admin. A stranger's `null` includes none. */
export function hasRole(role: Role | null, minimum: Role): boolean {
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(minimum);
}

/** Tells whether a role may do something. */
export function may(role: Role | null, action: Action): boolean {
  return hasRole(role, NEEDED[action]);
}

/** Passes a caller of at least this role. Throws RefusedError `not_a_member` for strangers, `role_too_low` for the others. */
export function requireRole(caller: Pick<Caller, 'role'>, minimum: Role): void {
  if (caller.role === null) {
    throw new RefusedError(
      'not_a_member',
      'You are not in this workspace. Ask its admin to add you to owners.yaml.',
    );
  }
  if (!hasRole(caller.role, minimum)) {
    const message = `This needs the role ${minimum}, and yours is ${caller.role}. Ask an admin of the workspace.`;
    throw new RefusedError('role_too_low', message, { details: { needs: minimum, role: caller.role } });
  }
}

/** Passes a caller who may do something. Throws RefusedError `not_a_member` or `role_too_low`. */
export function requireMay(caller: Pick<Caller, 'role'>, action: Action): void {
  requireRole(caller, NEEDED[action]);
}

/** Tells whether a caller may act on a metric: an operator, and its owner whatever their role. */
export function mayOperate(
  { role, person }: Pick<Caller, 'role' | 'person'>,
  metric: Pick<Metric, 'owner'> | null,
): boolean {
  return hasRole(role, 'operator') || (role !== null && person !== null && person.email === metric?.owner);
}

/**
 * Passes an operator, and the owner of the metric whatever their role (`null`: a metric that is no longer there has no
 * owner). Throws RefusedError `not_a_member` or `role_too_low`.
 */
export function requireMayOperate(
  caller: Pick<Caller, 'role' | 'person'>,
  metric: Pick<Metric, 'owner'> | null,
): void {
  if (!mayOperate(caller, metric)) requireRole(caller, 'operator');
}
