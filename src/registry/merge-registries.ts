import { linkBothWays } from './links.ts';
import type { BrokenParts, Person, Registry } from './types.ts';

const NOTHING_BROKEN: BrokenParts = { metrics: [], cuts: [], people: [], ownersFile: false };

/**
 * Puts what ran before in the place of what is there now but broken: metrics, cuts, people. What is gone is gone, and the
 * problems are the new ones. Merging twice changes nothing.
 */
export function mergeRegistries(previous: Registry, next: Registry): Registry {
  const broken = brokenPartsOf(next);
  return {
    ...next,
    people: mergePeople(previous.people, next.people, broken),
    ...linkBothWays(
      withLastGood(next.metrics, previous.metrics, broken.metrics),
      withLastGood(next.cuts, previous.cuts, broken.cuts),
    ),
  };
}

/** What of a registry's folder is broken; nothing when it does not say. */
export function brokenPartsOf(registry: Pick<Registry, 'broken'>): BrokenParts {
  return registry.broken ?? NOTHING_BROKEN;
}

function withLastGood<T>(
  next: ReadonlyMap<string, T>,
  previous: ReadonlyMap<string, T>,
  broken: readonly string[],
): Map<string, T> {
  const kept = broken.flatMap((id) => {
    const lastGood = next.has(id) ? undefined : previous.get(id);
    return lastGood ? [[id, lastGood] as const] : [];
  });
  return new Map([...next, ...kept].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

// A chat account that somebody else has by now is not given back to the person whose entry is broken.
function mergePeople(
  previous: readonly Person[],
  next: readonly Person[],
  broken: BrokenParts,
): readonly Person[] {
  if (broken.ownersFile) return next.length > 0 ? next : previous;
  const kept = previous.filter(
    (person) => broken.people.includes(person.email) && !next.some((other) => isSamePerson(person, other)),
  );
  return [...next, ...kept];
}

function isSamePerson(left: Person, right: Person): boolean {
  return (
    left.email === right.email ||
    (left.telegramId !== null && left.telegramId === right.telegramId) ||
    (left.slackId !== null && left.slackId === right.slackId)
  );
}
