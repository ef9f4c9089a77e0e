import { badRequest } from './failure.ts';
import type { Params } from './params.ts';
import type { MenuCommand, MenuScope } from './types.ts';

const COMMANDS_MAX = 100;
const DESCRIPTION_MAX = 256;
const SCOPES = new Set([
  'default',
  'all_private_chats',
  'all_group_chats',
  'all_chat_administrators',
  'chat',
  'chat_administrators',
  'chat_member',
]);

/** Menus of commands, by scope and language. */
export interface Menus {
  set(bot: string, key: string, commands: readonly MenuCommand[]): void;
  get(bot: string, key: string): readonly MenuCommand[];
}

export function createMenus(): Menus {
  const menus = new Map<string, readonly MenuCommand[]>();
  return {
    set: (bot, key, commands) => void menus.set(`${bot} ${key}`, commands),
    get: (bot, key) => menus.get(`${bot} ${key}`) ?? [],
  };
}

/** Gives the name under which a scope's menu in a language is kept. */
export function menuKey(scope: MenuScope, language: string): string {
  return [scope.type, scope.chat_id ?? '', scope.user_id ?? '', language].join(' ');
}

/** Reads the scope of a call, as the Bot API checks it. */
export function readScope(params: Params): MenuScope {
  if (!params.has('scope')) return { type: 'default' };
  const scope = params.json('scope', "can't parse BotCommandScope JSON object");
  if (typeof scope !== 'object' || scope === null || !('type' in scope))
    throw badRequest("can't parse BotCommandScope: BotCommandScope must be an Object");
  const { type } = scope;
  if (typeof type !== 'string' || !SCOPES.has(type))
    throw badRequest("can't parse BotCommandScope: Unsupported type specified");
  return scope as MenuScope;
}

/** Reads the commands of a call, as the Bot API checks them. */
export function readCommands(params: Params): MenuCommand[] {
  const commands = params.json('commands', "can't parse commands JSON object");
  if (!Array.isArray(commands)) throw badRequest('expected an Array of BotCommand');
  if (commands.length > COMMANDS_MAX) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  return commands.map(readCommand);
}

function readCommand(value: unknown): MenuCommand {
  const { command, description } = (
    typeof value === 'object' && value !== null ? value : {}
  ) as Partial<MenuCommand>;
  if (typeof command !== 'string' || typeof description !== 'string')
    throw badRequest("can't parse BotCommand: a field is missing");
  const name = command.replace(/^\//, '');
  if (!/^[a-z0-9_]{1,32}$/.test(name)) throw badRequest('BOT_COMMAND_INVALID');
  if (description.length < 1 || description.length > DESCRIPTION_MAX)
    throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  return { command: name, description };
}
