import type { MetricVerification, Person, Registry } from './types.ts';

/** How the people of the files become those of the program. */
export type PeopleChange = (people: readonly Person[]) => readonly Person[];

/** The registry that runs now, replaced as a whole when files change. */
export type RegistryHolder = {
  /** with what people linked and set for themselves */
  current(): Registry;
  /** as the files say */
  files(): Registry;
  verification(metricId: string): MetricVerification;
  replace(registry: Registry, verifications: ReadonlyMap<string, MetricVerification>): void;
  /** Takes another way to complete the people; it holds for later files too. */
  changePeople(change: PeopleChange): void;
};

/** Holds a registry and what its files' verifications came to. */
export function holdRegistry(
  registry: Registry,
  verifications: ReadonlyMap<string, MetricVerification>,
): RegistryHolder {
  let held = { registry, verifications };
  let complete: PeopleChange = (people) => people;
  let current = registry;
  const put = (): void => {
    current = { ...held.registry, people: complete(held.registry.people) };
  };
  return {
    current: () => current,
    files: () => held.registry,
    verification: (metricId) => held.verifications.get(metricId) ?? 'unverified',
    replace: (next, known) => {
      held = { registry: next, verifications: known };
      put();
    },
    changePeople: (change) => {
      complete = change;
      put();
    },
  };
}
