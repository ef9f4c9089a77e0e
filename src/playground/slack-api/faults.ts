import { planFaults } from '../faults.ts';
import type { FaultKind, FaultPlan } from './types.ts';

/** Makes the list of calls that are told to go wrong. */
export const createFaults = () =>
  planFaults<FaultKind, FaultPlan>(
    (plan, method, channel) =>
      (plan.method ?? method) === method && (plan.channel === undefined || plan.channel === channel),
  );

export type Faults = ReturnType<typeof createFaults>;
