import type { Locale, Person, Role } from '../registry/index.ts';

/** Who asks, from where, and how to answer: made by a channel from the platform's own ids, never from text. */
export type Caller = {
  workspaceId: string;
  /** null: somebody who is not in owners.yaml */
  person: Person | null;
  /** journal's actor: the person's e-mail, `api:<name>`, or `telegram:<id>` of a stranger */
  actor: string;
  role: Role | null;
  channel: 'telegram' | 'slack' | 'api' | 'cli' | 'mail';
  locale: Locale;
  timezone: string;
  /** teams of the room the command came from; empty in a private chat */
  roomTeams: readonly string[];
  requestId: string;
};
