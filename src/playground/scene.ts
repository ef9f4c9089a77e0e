import type { Person as Owner, RoomAddress, Registry, Workspace } from '../registry/index.ts';
import type { BotApi } from './bot-api/index.ts';
import type { Scene, SceneChat, ScenePerson } from './page-types.ts';

const OPS_TITLE = 'Ops inbox';

/** Gives who has a phone and which chats there are: everybody with an id of a chat, the rooms, the ops inbox. */
export function listScene({ people, workspace }: Pick<Registry, 'people' | 'workspace'>): Scene {
  const linked = people.flatMap((person, index) => toPerson(person, { workspace, index }));
  if (linked.length === 0) return { people: [], chats: [] };
  const privates = linked.filter(hasTelegram).map(({ id, name }): SceneChat => ({
    id,
    kind: 'private',
    title: name,
    topics: [],
  }));
  return { people: linked, chats: [...listRooms(workspace), ...privates, ...listOpsInbox(workspace)] };
}

function toPerson(
  { telegramId, slackId, name, locale, timezone }: Owner,
  { workspace, index }: { workspace: Workspace; index: number },
): ScenePerson[] {
  if (telegramId === null && slackId === null) return [];
  return [
    {
      id: telegramId ?? -1 - index,
      name,
      locale: locale ?? workspace.locale,
      timezone: timezone ?? workspace.timezone,
      slack: slackId,
    },
  ];
}

/** Tells whether somebody is in Telegram, where people have positive numbers. */
export function hasTelegram({ id }: Pick<ScenePerson, 'id'>): boolean {
  return id > 0;
}

function listRooms({ name, rooms }: Workspace): SceneChat[] {
  const byChat = Map.groupBy(
    rooms.filter(({ telegram }) => telegram !== null),
    ({ telegram }) => Number(telegram),
  );
  return [...byChat].map(([id, sharing]) => ({
    id,
    kind: 'group',
    title: byChat.size === 1 ? name : `${name} · ${labelOf(id, sharing)}`,
    topics: listTopics(sharing),
  }));
}

function listOpsInbox({ rooms, opsInbox: { telegram } }: Workspace): SceneChat[] {
  if (telegram === null || rooms.some((room) => room.telegram === telegram)) return [];
  return [{ id: telegram, kind: 'group', title: OPS_TITLE, topics: [] }];
}

function labelOf(id: number, rooms: readonly RoomAddress[]): string {
  const teams = [...new Set(rooms.flatMap((room) => room.teams))];
  return teams.length > 0 ? teams.join(', ') : String(id);
}

function listTopics(rooms: readonly RoomAddress[]): number[] {
  return [...new Set(rooms.flatMap(({ telegramTopic }) => telegramTopic ?? []))];
}

/** Opens a scene's chats in the stand-in; what is open already stays as it is. */
export function openScene(botApi: BotApi, { people, chats }: Scene): void {
  const members = people
    .filter(hasTelegram)
    .map(({ id, name, locale }) => botApi.user({ id, first_name: name, language_code: locale }));
  for (const member of members) botApi.privateChat(member);
  for (const { id, kind, title, topics } of chats)
    if (kind === 'group') botApi.group({ id, title, members, ...(topics.length > 0 ? { topics } : {}) });
}
