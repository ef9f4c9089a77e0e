import type { FaultKind, FaultPlan } from './types.ts';

/** Calls that are told to go wrong; the earliest plan that matches strikes. */
export interface Faults {
  add(plan: FaultPlan): void;
  take(method: string, channel: string | null): FaultKind | undefined;
}

export function createFaults(): Faults {
  const plans: { plan: FaultPlan; left: number }[] = [];
  return {
    add(plan) {
      plans.push({ plan, left: plan.times ?? 1 });
    },
    take(method, channel) {
      const entry = plans.find(
        ({ plan, left }) =>
          left > 0 &&
          (plan.method ?? method) === method &&
          (plan.channel === undefined || plan.channel === channel),
      );
      if (entry === undefined) return undefined;
      entry.left -= 1;
      return entry.plan.with;
    },
  };
}
