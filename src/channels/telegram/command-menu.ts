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

/** Makes the function that sets Telegram's menu of commands; lists that did not change since are not sent again, and those that are gone are taken away. */
export function createCommandMenu({
  api,
  log,
}: {
  api: Api;
  log: Logger;
}): (lists: readonly CommandList[]) => Promise<void> {
  const known = new Map<string, { content: string; list: CommandList }>();

  async function tell(list: CommandList, call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      const reason = describeTrouble(toTrouble(error));
      log.warn({ scope: list.scope, reason }, 'the menu of commands was not set');
      return false;
    }
  }

  async function setList(list: CommandList): Promise<void> {
    const content = JSON.stringify(list.commands);
    if (known.get(keyOf(list))?.content === content) return;
    const commands = list.commands.map(({ command, description }) => ({
      command,
      description: description.slice(0, DESCRIPTION_MAX),
    }));
    const isSet = await tell(list, () => api.setMyCommands(commands, scopeOf(list)));
    if (isSet) known.set(keyOf(list), { content, list });
  }

  /** Somebody who is no longer here sees what strangers see. */
  async function removeOthers(lists: readonly CommandList[]): Promise<void> {
    const wanted = new Set(lists.map(keyOf));
    for (const [key, { list }] of known) {
      if (wanted.has(key)) continue;
      known.delete(key);
      await tell(list, () => api.deleteMyCommands(scopeOf(list)));
    }
  }

  return async (lists) => {
    for (const list of lists) await setList(list);
    await removeOthers(lists);
  };
}

function keyOf({ scope, languageCode }: CommandList): string {
  return JSON.stringify([scope, languageCode]);
}

function scopeOf({ scope, languageCode }: CommandList) {
  return {
    scope: toScope(scope),
    ...(languageCode ? { language_code: languageOf(languageCode) } : {}),
  };
}

function toScope(scope: CommandScope) {
  return scope.type === 'chat' ? { type: 'chat' as const, chat_id: scope.chat } : { type: scope.type };
}

type LanguageCode = NonNullable<NonNullable<Parameters<Api['setMyCommands']>[1]>['language_code']>;

function languageOf(code: string): LanguageCode {
  return code as LanguageCode;
}
