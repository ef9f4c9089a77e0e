import { LOCALES, type Words } from '../../answers/index.ts';
import { commands } from '../../commands/index.ts';
import { hasRole } from '../../people/index.ts';
import type { Locale, Registry, Role } from '../../registry/index.ts';
import type { CommandList } from './command-menu.ts';

/**
 * The lists of commands that Telegram offers while somebody types: strangers see what is for anyone; each person sees, in a private
 * chat, what this role may do, in the person's language; groups see what viewers may.
 */
export function listMenus(registry: Registry, wordsIn: (locale: Locale) => Words): CommandList[] {
  const { locale } = registry.workspace;
  const general = [undefined, ...LOCALES].flatMap((language): CommandList[] => {
    const words = wordsIn(language ?? locale);
    const spoken = language ? { languageCode: language } : {};
    return [
      { scope: { type: 'default' }, ...spoken, commands: listCommands(null, words) },
      { scope: { type: 'all_group_chats' }, ...spoken, commands: listCommands('viewer', words) },
    ];
  });
  const own = registry.people.flatMap((person): CommandList[] => {
    if (person.telegramId === null) return [];
    const list = listCommands(person.role, wordsIn(person.locale ?? locale));
    return [{ scope: { type: 'chat', chat: String(person.telegramId) }, commands: list }];
  });
  return [...general, ...own];
}

function listCommands(role: Role | null, words: Words): CommandList['commands'] {
  return commands
    .filter((command) => command.role === 'anyone' || hasRole(role, command.role))
    .map(({ name }) => ({ command: name, description: words.t(`command-${name}`) }));
}
