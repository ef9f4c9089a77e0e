import type { Registry, MetricVerification } from './types.ts';

/** The registry that runs now, replaced as a whole when files change. */
export type RegistryHolder = {
  current(): Registry;
  verification(metricId: string): MetricVerification;
  replace(registry: Registry, verifications: ReadonlyMap<string, MetricVerification>): void;
};

/** Holds a registry and what its files' verifications came to. */
export function holdRegistry(
  registry: Registry,
  verifications: ReadonlyMap<string, MetricVerification>,
): RegistryHolder {
  let held = { registry, verifications };
  return {
    current: () => held.registry,
    verification: (metricId) => held.verifications.get(metricId) ?? 'unverified',
    replace: (next, known) => {
      held = { registry: next, verifications: known };
    },
  };
}
