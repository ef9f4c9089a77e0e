import { leavePlaces } from './alerts/index.ts';
import type { Deps } from './deps.ts';
import { followPeople, forgetLeavers, type PeopleFollower } from './people/index.ts';
import type { Registry, RegistryHolder } from './registry/index.ts';
import { forgetLists } from './watchlists/index.ts';

type PeopleDeps = Pick<Deps, 'db' | 'clock' | 'log' | 'workspaceId'> & { registry: RegistryHolder };

/** Completes the registry's people with what they linked and set, and follows that; those who left meanwhile are forgotten. */
export async function openPeople(deps: PeopleDeps): Promise<PeopleFollower> {
  const { registry } = deps;
  const files = registry.files();
  if (files.broken?.ownersFile !== true) await forget(deps, files);
  return followPeople({ ...deps, put: (change) => registry.changePeople(change) });
}

/** Forgets what people linked, set and kept who were in the files and are not any more, and the places that they had. */
export async function forgetGone(deps: Deps, before: Registry, next: Registry): Promise<void> {
  if (next.broken?.ownersFile === true) return;
  const present = new Set(next.people.map(({ email }) => email.toLowerCase()));
  const among = before.people.map(({ email }) => email).filter((email) => !present.has(email.toLowerCase()));
  if (among.length > 0) await forget(deps, next, among);
  // a chat that another process has linked meanwhile is somebody's
  await deps.people.reload();
  await leaveGone(deps);
}

/** Ends what goes to chats, mailboxes and phones that are nobody's now, unless the file that says whose they are cannot be read. */
export async function leaveGone(deps: Deps): Promise<void> {
  if (deps.registry.current().broken?.ownersFile !== true) await leavePlaces(deps);
}

async function forget(
  { db, clock, workspaceId }: Pick<Deps, 'db' | 'clock' | 'workspaceId'>,
  { people }: Pick<Registry, 'people'>,
  among?: readonly string[],
): Promise<void> {
  const leaving = { workspaceId, people, ...(among && { among }) };
  await forgetLists(db, leaving);
  await forgetLeavers(db, { ...leaving, now: clock.now() });
}
