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
