import type { Locale, Person } from '../registry/index.ts';
import { parseQuiet } from './quiet-text.ts';

/** A chat account that proved whose mailbox it reads. */
export type LinkedAccount = { channel: LinkChannel; account: string; email: string };

/** The chats that people link. */
export type LinkChannel = 'telegram' | 'slack';

/** What a person said about themselves in a chat; null says nothing. `quiet` is `22:00-07:00` or `off`. */
export type PersonSetting = {
  email: string;
  locale: Locale | null;
  timezone: string | null;
  quiet: string | null;
};

/** Everything that the database knows of people besides the files. */
export type PeopleRecord = {
  version: bigint;
  links: readonly LinkedAccount[];
  settings: readonly PersonSetting[];
};

/**
 * Gives the people of owners.yaml with the chats they linked and what they set for themselves. An account that the file names
 * is that person's alone: no link changes it. Who is not in the file is not there.
 */
export function mergeLinked(
  people: readonly Person[],
  { links, settings }: Pick<PeopleRecord, 'links' | 'settings'>,
): readonly Person[] {
  if (links.length + settings.length === 0) return people;
  const named = new Set(people.flatMap(accountsOf));
  const free = links.filter((link) => !named.has(accountKey(link)));
  const linkOf = new Map(free.map((link) => [`${link.channel} ${link.email}`, link.account]));
  const settingOf = new Map(settings.map((setting) => [setting.email, setting]));
  return people.map((person) => {
    const email = person.email.toLowerCase();
    const telegram = linkOf.get(`telegram ${email}`);
    return withSetting(
      {
        ...person,
        telegramId: person.telegramId ?? (telegram === undefined ? null : Number(telegram)),
        slackId: person.slackId ?? linkOf.get(`slack ${email}`) ?? null,
      },
      settingOf.get(email),
    );
  });
}

function withSetting(person: Person, setting: PersonSetting | undefined): Person {
  if (!setting) return person;
  return {
    ...person,
    locale: setting.locale ?? person.locale,
    timezone: setting.timezone ?? person.timezone,
    quietHours: setting.quiet === null ? person.quietHours : parseQuiet(setting.quiet),
  };
}

/** Gives an account as one word. */
export function accountKey({ channel, account }: Pick<LinkedAccount, 'channel' | 'account'>): string {
  return `${channel}:${account}`;
}

function accountsOf({ telegramId, slackId }: Person): string[] {
  return [
    ...(telegramId === null ? [] : [accountKey({ channel: 'telegram', account: String(telegramId) })]),
    ...(slackId === null ? [] : [accountKey({ channel: 'slack', account: slackId })]),
  ];
}
