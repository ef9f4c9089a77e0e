import type { Registry, RoomAddress } from '../../registry/index.ts';
import type { SlackChat } from '../page-types.ts';
import type { Person, SlackApi, UserSpec } from '../slack-api/index.ts';

const OPS_NAME = 'ops';
const BOT_NAME = 'Heartbeat';
const LOCALES = { en: 'en-US', ru: 'ru-RU' } as const;

/** Who is in Slack, and which conversations there are. */
export type SlackScene = { users: readonly UserSpec[]; chats: readonly SlackChat[] };

/** Gives everybody with a Slack id and their direct messages, the rooms and the ops inbox of a workspace. */
export function listSlackScene({ people, workspace }: Pick<Registry, 'people' | 'workspace'>): SlackScene {
  const users = people.flatMap(({ slackId, name, email, locale }): UserSpec[] =>
    slackId === null ? [] : [{ id: slackId, name, email, locale: LOCALES[locale ?? workspace.locale] }],
  );
  if (users.length === 0) return { users, chats: [] };
  const direct = users.map(({ id }): SlackChat => ({ id, kind: 'direct', title: BOT_NAME }));
  const { name, rooms, opsInbox } = workspace;
  return { users, chats: [...listRooms(name, rooms), ...direct, ...listOpsInbox(opsInbox.slack, rooms)] };
}

function listRooms(workspace: string, rooms: readonly RoomAddress[]): SlackChat[] {
  const ids = [...new Set(rooms.flatMap(({ slack }) => slack ?? []))];
  return ids.map((id) => {
    const teams = rooms.filter(({ slack }) => slack === id).flatMap((room) => room.teams);
    const name = ids.length === 1 ? workspace : [...new Set(teams)].join(' ') || id;
    return { id, kind: 'channel', title: nameOfChannel(name) };
  });
}

function listOpsInbox(id: string | null, rooms: readonly RoomAddress[]): SlackChat[] {
  if (id === null || rooms.some(({ slack }) => slack === id)) return [];
  return [{ id, kind: 'channel', title: OPS_NAME }];
}

/** Slack's channels have names of small letters, digits and hyphens. */
function nameOfChannel(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'channel'; // oxfmt-ignore
}

/** Opens a scene in the stand-in and gives its people by their ids; what was said there stays. */
export function openSlackScene(api: SlackApi, { users, chats }: SlackScene): ReadonlyMap<string, Person> {
  const members = users.map((user) => api.user(user));
  for (const { id, kind, title } of chats) if (kind === 'channel') api.channel({ id, name: title, members });
  return new Map(members.map((member) => [member.id, member]));
}
