import { LEASE_MS } from './claim.ts';

/** The leases of this process's deliveries under way, and until when each surely holds by a clock that no sleep stops. */
export interface Leases {
  /** Counts from when the database was asked: it granted the lease later than that. */
  take(ids: readonly string[], askedAtMs: number): void;
  drop(id: string): void;
  isHeld(id: string): boolean;
  /** Prolongs all; what another process took over is held no more. */
  renew(): Promise<void>;
}

/** Makes the register; `prolong` gives the ids that the database still knows as this process's. */
export function createLeases(prolong: (ids: readonly string[]) => Promise<readonly string[]>): Leases {
  const untilMs = new Map<string, number>();

  const take = (ids: readonly string[], askedAtMs: number): void => {
    for (const id of ids) untilMs.set(id, askedAtMs + LEASE_MS);
  };

  return {
    take,
    drop: (id) => void untilMs.delete(id),
    isHeld: (id) => (untilMs.get(id) ?? 0) > performance.now(),
    async renew() {
      const askedAtMs = performance.now();
      const ids = await prolong([...untilMs.keys()]);
      take(
        ids.filter((id) => untilMs.has(id)),
        askedAtMs,
      );
    },
  };
}
