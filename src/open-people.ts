import type { Deps } from './deps.ts';
import { followPeople, forgetLeavers, type PeopleFollower } from './people/index.ts';
import type { Registry, RegistryHolder } from './registry/index.ts';

type PeopleDeps = Pick<Deps, 'db' | 'clock' | 'log' | 'workspaceId'> & { registry: RegistryHolder };

/** Completes the registry's people with what they linked and set, and follows that; those who left meanwhile are forgotten. */
export async function openPeople(deps: PeopleDeps): Promise<PeopleFollower> {
  const { registry, clock } = deps;
  const files = registry.files();
  if (files.broken?.ownersFile !== true)
    await forgetLeavers(deps.db, { workspaceId: deps.workspaceId, people: files.people, now: clock.now() });
  return followPeople({ ...deps, put: (change) => registry.changePeople(change) });
}

/** Forgets what people linked and set who were in the files and are not any more. */
export async function forgetGone(
  deps: Pick<Deps, 'db' | 'clock' | 'workspaceId' | 'people'>,
  before: Registry,
  next: Registry,
): Promise<void> {
  if (next.broken?.ownersFile === true) return;
  const present = new Set(next.people.map(({ email }) => email.toLowerCase()));
  const among = before.people.map(({ email }) => email).filter((email) => !present.has(email.toLowerCase()));
  if (among.length === 0) return;
  const { people } = next;
  const { workspaceId, clock } = deps;
  const changed = await forgetLeavers(deps.db, { workspaceId, people, now: clock.now(), among });
  if (changed) await deps.people.reload();
}
