import type { Deps } from '../../deps.ts';
import { effectiveLocale, effectiveTimezone } from '../../people/index.ts';
import type { Person, Registry } from '../../registry/index.ts';
import type { MailReader } from './types.ts';

/** Gives who reads a mailbox, and in which words. The ops inbox hears what nobody else does: it may not be silenced. */
export function readerOf(deps: Pick<Deps, 'registry' | 'wordsFor'>, address: string): MailReader {
  const registry = deps.registry.current();
  const { workspace } = registry;
  const isOps = isSameAddress(workspace.opsInbox.email, address);
  const person = findPersonByAddress(registry, address) ?? null;
  const words = deps.wordsFor(effectiveLocale(person, workspace), effectiveTimezone(person, workspace));
  return { address, person, words, isOps, maySilence: person !== null && !isOps };
}

/** Finds the person of a mailbox; upper and lower case are the same. */
export function findPersonByAddress(
  { people }: Pick<Registry, 'people'>,
  address: string,
): Person | undefined {
  return people.find(({ email }) => isSameAddress(email, address));
}

function isSameAddress(left: string | null, right: string): boolean {
  return left !== null && left.toLowerCase() === right.toLowerCase();
}
