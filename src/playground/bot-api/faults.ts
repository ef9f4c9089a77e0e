import { planFaults } from '../faults.ts';
import type { FaultKind, FaultPlan } from './types.ts';

/** Makes the list of calls that are told to go wrong. */
export const createFaults = () =>
  planFaults<FaultKind, FaultPlan>((plan, method, chat) => {
    const isMethod = plan.method === undefined || plan.method.toLowerCase() === method.toLowerCase();
    return isMethod && (plan.chat === undefined || String(plan.chat) === chat);
  });

export type Faults = ReturnType<typeof createFaults>;
