import type { BotApi, MenuCommand, MenuScope } from './bot-api/index.ts';
import { toPageMessage } from './page-message.ts';
import type { PageMenus, PageSnapshot, PageStatus, Scene, SceneChat, ScenePerson } from './page-types.ts';
import { listScene, openScene } from './scene.ts';
import type { SlackSide } from './slack/start.ts';
import type { PlaygroundOptions } from './types.ts';

/** Messages of a chat that a page begins with. */
const MESSAGES_SHOWN = 200;

export type SnapshotSource = Omit<PlaygroundOptions, 'log'> & {
  botApi: BotApi;
  slack: Pick<SlackSide, 'snapshot'>;
  now: () => Date;
};

/** Gives everything the page shows now; opens the chats of people and rooms that the files have gained since. */
export function makeSnapshot(source: SnapshotSource): PageSnapshot {
  const { botApi, registry, slack } = source;
  const { workspace } = registry.current();
  const scene = listScene(registry.current());
  openScene(botApi, scene);
  return {
    ...scene,
    workspace: { name: workspace.name, timezone: workspace.timezone },
    messages: scene.chats.flatMap((chat) => botApi.messages(chat).slice(-MESSAGES_SHOWN).map(toPageMessage)),
    menus: listMenus(botApi, scene),
    status: makeStatus(source),
    slack: slack.snapshot(),
  };
}

/** Gives what the controls beside the phones show. */
export function makeStatus({ clock, demo, registry, now }: SnapshotSource): PageStatus {
  const { metrics } = registry.current();
  const state = demo?.state();
  return {
    now: now().getTime(),
    canSkip: clock !== null,
    demo: state
      ? {
          fallable: state.fallable.map((metric) => ({ metric, name: metrics.get(metric)?.name ?? metric })),
          falling: state.falling,
        }
      : null,
  };
}

/** Gives the commands Telegram would suggest in each chat. */
export function listMenus(botApi: BotApi, { chats, people }: Scene): PageMenus {
  const languageOf = new Map(people.map(({ id, locale }: ScenePerson) => [id, locale]));
  return Object.fromEntries(
    chats.map((chat) => [String(chat.id), findMenu(botApi, chat, languageOf.get(chat.id))]),
  );
}

/** The narrowest scope that has a list wins, and in it the reader's language (Bot API, BotCommandScope). */
function findMenu(botApi: BotApi, { id, kind }: SceneChat, language = ''): readonly MenuCommand[] {
  const scopes: MenuScope[] = [
    { type: 'chat', chat_id: id },
    { type: kind === 'private' ? 'all_private_chats' : 'all_group_chats' },
    { type: 'default' },
  ];
  const lists = scopes.flatMap((scope) => [botApi.menu(scope, language), botApi.menu(scope)]);
  return lists.find((list) => list.length > 0) ?? [];
}
