import type { Person } from '../registry/index.ts';
import { nameText } from './name-text.ts';

/** Gives the name of a person from the journal's actor: an e-mail, `api:<name>` or `heartbeat`. */
export type NameOf = (actor: string) => string;

/** Gives a NameOf over the people of a workspace; an actor who is not among them is named as written. */
export function createNameOf(people: Iterable<Pick<Person, 'email' | 'name'>>): NameOf {
  const names = new Map<string, string>();
  for (const { email, name } of people) names.set(email.toLowerCase(), name);
  return (actor) => nameText(names.get(actor.toLowerCase()) ?? actor.replace(/^api:/, ''));
}
