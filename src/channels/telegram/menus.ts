import { LOCALES, type Words } from '../../answers/index.ts';
import { commands, commandsOf, type Command } from '../../commands/index.ts';
import type { Locale, Registry } from '../../registry/index.ts';
import type { CommandList } from './command-menu.ts';

/**
 * The lists of commands that Telegram offers while somebody types: strangers see what is for anyone; each person sees, in a private
 * chat, what this person may do, in the person's language; a group has one list for people of every role.
 */
export function listMenus(registry: Registry, wordsIn: (locale: Locale) => Words): CommandList[] {
  const { locale } = registry.workspace;
  const forGroups = commands.filter(({ role }) => role === 'anyone' || role === 'viewer');
  const general = [undefined, ...LOCALES].flatMap((language): CommandList[] => {
    const words = wordsIn(language ?? locale);
    const spoken = language ? { languageCode: language } : {};
    return [
      {
        scope: { type: 'default' },
        ...spoken,
        commands: describe(commandsOf(commands, null, registry), words),
      },
      { scope: { type: 'all_group_chats' }, ...spoken, commands: describe(forGroups, words) },
    ];
  });
  const own = registry.people.flatMap((person): CommandList[] => {
    if (person.telegramId === null) return [];
    const list = describe(commandsOf(commands, person, registry), wordsIn(person.locale ?? locale));
    return [{ scope: { type: 'chat', chat: String(person.telegramId) }, commands: list }];
  });
  return [...general, ...own];
}

function describe(listed: readonly Command[], words: Words): CommandList['commands'] {
  return listed.map(({ name }) => ({ command: name, description: words.t(`command-${name}`) }));
}
