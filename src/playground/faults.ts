import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What can happen to the connection of any call. */
export type ConnectionFault =
  | { delayMs: number }
  /** no answer, ever */
  | 'hang'
  /** the connection is cut before the call has an effect */
  | 'cut_before'
  /** the connection is cut after the call had its effect */
  | 'cut_after_accept';

export interface Fault {
  readonly left: number;
  cancel(): void;
}

type PlanOf<Kind> = {
  /** once unless given */
  times?: number;
  with: Kind;
};

/** Calls that are told to go wrong; the earliest plan that matches strikes. */
export interface Faults<Kind, Plan extends PlanOf<Kind>> {
  add(plan: Plan): Fault;
  /** Gives the fault of a call and uses it up. */
  take(method: string, place: string | null): Kind | undefined;
}

/** Makes the list; `matches` says which calls a plan is for. */
export function planFaults<Kind, Plan extends PlanOf<Kind>>(
  matches: (plan: Plan, method: string, place: string | null) => boolean,
): Faults<Kind, Plan> {
  const plans: { plan: Plan; left: number }[] = [];
  return {
    add(plan) {
      const entry = { plan, left: plan.times ?? 1 };
      plans.push(entry);
      return {
        get left() {
          return entry.left;
        },
        cancel() {
          entry.left = 0;
        },
      };
    },
    take(method, place) {
      const entry = plans.find(({ plan, left }) => left > 0 && matches(plan, method, place));
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left === 0) plans.splice(plans.indexOf(entry), 1);
      return entry.plan.with;
    },
  };
}

/** Tells a fault of the connection from what a platform answers. */
export function isConnectionFault(fault: object | string): fault is ConnectionFault {
  return typeof fault === 'string' || 'delayMs' in fault;
}

/** Strikes a call before it has an effect; gives true when nothing more is left to do. */
export async function strikeConnection(
  fault: ConnectionFault,
  entry: { error: string | null },
  response: ServerResponse,
): Promise<boolean> {
  if (fault === 'cut_after_accept') return false;
  if (fault === 'hang' || fault === 'cut_before') {
    entry.error = fault;
    if (fault === 'cut_before') response.socket?.destroy();
    return true;
  }
  await sleep(fault.delayMs, undefined, { ref: false });
  return false;
}
