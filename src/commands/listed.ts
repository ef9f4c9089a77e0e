import { hasRole } from '../people/index.ts';
import type { Person, Registry } from '../registry/index.ts';
import type { Command } from './types.ts';

/** The commands of a table that help and menus list for somebody: what this person may do; null is a stranger. */
export function commandsOf(
  commands: readonly Command[],
  person: Pick<Person, 'email' | 'role'> | null,
  { metrics }: Pick<Registry, 'metrics'>,
): Command[] {
  const role = person?.role ?? null;
  const isOwner = person !== null && [...metrics.values()].some(({ owner }) => owner === person.email);
  return commands.filter(({ role: least, acts }) => {
    if (least !== 'anyone' && !hasRole(role, least)) return false;
    return acts === undefined || hasRole(role, acts.role) || (acts.orOwner && isOwner);
  });
}
