import type { Api } from 'grammy';
import type { Logger } from 'pino';
import { describeTrouble, toTrouble } from './trouble.ts';

/** Who sees a list of commands: everybody, all private chats, all groups, or one chat. */
export type CommandScope =
  | { type: 'default' | 'all_private_chats' | 'all_group_chats' }
  | { type: 'chat'; chat: string };

/** Commands as Telegram offers them in its menu, for one scope and language (every language when none is named). */
export type CommandList = {
  scope: CommandScope;
  languageCode?: string;
  commands: readonly { command: string; description: string }[];
};

const DESCRIPTION_MAX = 256;

/** Makes the function that sets Telegram's menu of commands; lists that did not change since are not sent again. */
export function createCommandMenu({
  api,
  log,
}: {
  api: Api;
  log: Logger;
}): (lists: readonly CommandList[]) => Promise<void> {
  const known = new Map<string, string>();

  async function setList(list: CommandList): Promise<void> {
    const key = JSON.stringify([list.scope, list.languageCode]);
    const content = JSON.stringify(list.commands);
    if (known.get(key) === content) return;
    try {
      await api.setMyCommands(
        list.commands.map(({ command, description }) => ({
          command,
          description: description.slice(0, DESCRIPTION_MAX),
        })),
        {
          scope: toScope(list.scope),
          ...(list.languageCode ? { language_code: languageOf(list.languageCode) } : {}),
        },
      );
      known.set(key, content);
    } catch (error) {
      log.warn(
        { scope: list.scope, reason: describeTrouble(toTrouble(error)) },
        'the menu of commands was not set',
      );
    }
  }

  return async (lists) => {
    for (const list of lists) await setList(list);
  };
}

function toScope(scope: CommandScope) {
  return scope.type === 'chat' ? { type: 'chat' as const, chat_id: scope.chat } : { type: scope.type };
}

type LanguageCode = NonNullable<NonNullable<Parameters<Api['setMyCommands']>[1]>['language_code']>;

function languageOf(code: string): LanguageCode {
  return code as LanguageCode;
}
