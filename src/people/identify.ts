import type { Locale, Person, Registry, Workspace } from '../registry/index.ts';

/** Finds the person behind a Telegram user id; never by a handle, which its holder can change. */
export function identifyTelegram(registry: Pick<Registry, 'people'>, telegramUserId: number): Person | null {
  return registry.people.find(({ telegramId }) => telegramId === telegramUserId) ?? null;
}

/** Tells whether a person has a linked chat: only then is anything sent to them, mail included. */
export function isValidated(person: Pick<Person, 'telegramId' | 'slackId'>): boolean {
  return person.telegramId !== null || person.slackId !== null;
}

/** Gives the language a person reads: their own, else the workspace's. */
export function effectiveLocale(
  person: Pick<Person, 'locale'> | null,
  workspace: Pick<Workspace, 'locale'>,
): Locale {
  return person?.locale ?? workspace.locale;
}

/** Gives the IANA time zone a person lives in: their own, else the workspace's. */
export function effectiveTimezone(
  person: Pick<Person, 'timezone'> | null,
  workspace: Pick<Workspace, 'timezone'>,
): string {
  return person?.timezone ?? workspace.timezone;
}

/**
 * Finds the person behind a Slack user: by the id that the file names, else by the account's e-mail, which Slack has confirmed
 * and its holder cannot choose; never by a name. A person whose file names another account is not found by e-mail.
 */
export function identifySlack(
  registry: Pick<Registry, 'people'>,
  { userId, email }: { userId: string; email: string | null },
): Person | null {
  const known = registry.people.find(({ slackId }) => slackId === userId);
  if (known || email === null) return known ?? null;
  const wanted = email.toLowerCase();
  return (
    registry.people.find((person) => person.slackId === null && person.email.toLowerCase() === wanted) ?? null
  );
}
