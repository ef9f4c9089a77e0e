import type { PageCommand, SlackDelta, SlackMessage, SlackState, SlackView } from '../page-types.ts';
import type { MessageView, SlackApi } from '../slack-api/index.ts';
import { toSlackMessage, toSlackView } from './page-message.ts';
import type { SlackScene } from './scene.ts';

/** Messages of a chat, and messages that one person sees, that a page begins with. */
const MESSAGES_SHOWN = 200;

const BOT_NAME = 'Heartbeat';

/** Gives everything the page shows of Slack now. */
export function readSlackState(
  api: SlackApi,
  scene: SlackScene,
  commands: readonly PageCommand[],
): SlackState {
  const { users, chats } = scene;
  const names = new Map(users.map(({ id, name }) => [id, name]));
  const findFile = (id: string): Uint8Array | undefined => api.file(id);
  const write = (
    messages: readonly MessageView[],
    chatOf: (message: MessageView) => string,
  ): SlackMessage[] =>
    messages.slice(-MESSAGES_SHOWN).map((message) =>
      toSlackMessage(message, {
        chat: chatOf(message),
        nameOf: (user) => names.get(user) ?? BOT_NAME,
        findFile,
      }),
    );
  const isChannel = (id: string): boolean => chats.some((chat) => chat.id === id);
  const views = users.flatMap(({ id }) => [
    ...[api.home(id)].filter((home) => home !== undefined),
    ...api.modals(id).filter(({ isClosed }) => !isClosed),
  ]);
  return {
    chats,
    messages: [
      ...chats.flatMap(({ id }) => write(api.messages(id), () => id)),
      // what only one person sees in direct messages names these by an id of their own
      ...users.flatMap((user) =>
        write(api.ephemerals(user.id), ({ channel }) => (isChannel(channel) ? channel : user.id)),
      ),
    ],
    views: views.map((view) => toSlackView(view, findFile)),
    commands,
  };
}

/** What was told before: each thing by its key, as it was written. */
export type Told = ReadonlyMap<string, string>;

/** Gives what changed since something was told, or null when nothing did; and what is told now. Pure. */
export function compareSlack(
  told: Told,
  { messages, views }: Pick<SlackState, 'messages' | 'views'>,
): { delta: SlackDelta | null; told: Told } {
  const now = new Map<string, string>();
  const isNew = (key: string, value: SlackMessage | SlackView): boolean => {
    const written = JSON.stringify(value);
    now.set(key, written);
    return told.get(key) !== written;
  };
  const changed = {
    messages: messages.filter((each) => isNew(`m ${each.chat} ${each.id}`, each)),
    views: views.filter((each) => isNew(`v ${each.id}`, each)),
  };
  const lost = [...told.keys()].filter((key) => !now.has(key)).map((key) => key.split(' '));
  const gone = lost.flatMap(([kind, chat, id]) => (kind === 'm' && chat && id ? [{ chat, id }] : []));
  const closed = lost.flatMap(([kind, id]) => (kind === 'v' && id ? [id] : []));
  const isSame = [changed.messages, changed.views, gone, closed].every(({ length }) => length === 0);
  return { delta: isSame ? null : { ...changed, gone, closed }, told: now };
}
