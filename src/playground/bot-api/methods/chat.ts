import { badRequest } from '../failure.ts';
import { getFile as findFile } from '../files.ts';
import { menuKey, readCommands, readScope } from '../menus.ts';
import type { MenuScope } from '../types.ts';
import { wireChat } from '../wire.ts';
import type { Call, Method } from './types.ts';

/** https://core.telegram.org/bots/api#getme */
export const getMe: Method = ({ bot }) => ({
  ...bot.user,
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: bot.isInline,
  can_connect_to_business: false,
  has_main_web_app: false,
});

/** https://core.telegram.org/bots/api#getchat */
export const getChat: Method = ({ world, params }) => ({
  ...wireChat(world.chats.getForCall(params.text('chat_id'))),
  accent_color_id: 0,
  max_reaction_count: 11,
});

/** https://core.telegram.org/bots/api#getfile */
export const getFile: Method = ({ world, bot, params }) => {
  const { fileId, path, bytes } = findFile(world.files, bot.id, params.text('file_id'));
  return { file_id: fileId, file_unique_id: fileId.slice(-16), file_size: bytes.length, file_path: path };
};

/** https://core.telegram.org/bots/api#setmycommands */
export const setMyCommands: Method = (call) => {
  const { world, bot, params } = call;
  world.menus.set(bot.id, keyOf(call), readCommands(params));
  world.changes.emit(() => ({ kind: 'menu' }));
  return true;
};

/** https://core.telegram.org/bots/api#deletemycommands */
export const deleteMyCommands: Method = (call) => {
  call.world.menus.set(call.bot.id, keyOf(call), []);
  call.world.changes.emit(() => ({ kind: 'menu' }));
  return true;
};

/** https://core.telegram.org/bots/api#getmycommands */
export const getMyCommands: Method = (call) => call.world.menus.get(call.bot.id, keyOf(call));

function keyOf({ world, params }: Call): string {
  const scope: MenuScope = readScope(params);
  if (scope.chat_id !== undefined) world.chats.getForCall(String(scope.chat_id));
  const language = params.text('language_code');
  if (!/^([a-z]{2})?$/.test(language)) throw badRequest('invalid language code specified');
  return menuKey(scope, language);
}
