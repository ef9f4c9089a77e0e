import type { Fault, FaultKind, FaultPlan } from './types.ts';

/** Calls that are told to go wrong. */
export interface Faults {
  add(plan: FaultPlan): Fault;
  /** Gives the fault of a call and uses it up. */
  take(method: string, chat: string | null): FaultKind | undefined;
}

/** Makes a list of faults; the earliest that matches a call strikes. */
export function createFaults(): Faults {
  const plans: { plan: FaultPlan; left: number }[] = [];
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
    take(method, chat) {
      const entry = plans.find(({ plan, left }) => left > 0 && matches(plan, method, chat));
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left === 0) plans.splice(plans.indexOf(entry), 1);
      return entry.plan.with;
    },
  };
}

function matches(plan: FaultPlan, method: string, chat: string | null): boolean {
  const isMethod = plan.method === undefined || plan.method.toLowerCase() === method.toLowerCase();
  return isMethod && (plan.chat === undefined || String(plan.chat) === chat);
}
