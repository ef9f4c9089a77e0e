import { expect, it } from 'vitest';
import { contextOf } from '../../src/channels/telegram/dialogue-context.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aMetric, aRegistry } from '../support/deps.ts';
import { createCommandWorld, textOf, vera } from './world.ts';

const database = withEmbeddedDatabase();
const FORUM = -100500;

const { workspace, metrics } = aRegistry([
  aMetric({ id: 'growing', name: 'Growing', teams: ['growth'] }),
  aMetric({ id: 'risky', name: 'Risky', teams: ['risk'] }),
  aMetric({ id: 'common', name: 'Common', teams: ['all'] }),
]);
const [room] = workspace.rooms;
const roomOf = (telegramTopic: number | null, team: string) => ({
  telegramTopic,
  telegram: FORUM,
  slack: null,
  hooks: room?.hooks ?? { webhook: null, msteams: null, discord: null },
  teams: [team],
});
const rooms = [roomOf(7, 'growth'), roomOf(8, 'risk'), roomOf(null, 'all')];
const start = (some = rooms) =>
  createCommandWorld(database.db, { metrics, workspace: { ...workspace, rooms: some } });
const placeOf = (topic: number | null) => ({ channel: 'telegram', chat: String(FORUM), topic }) as const;

it.each([
  [7, 'growth'],
  [8, 'risk'],
  [9, 'all'],
  [null, 'all'],
])('topic %s of a forum is the room of %s, for who asks and for the clock', async (topic, team) => {
  const { deps } = await start();
  const place = placeOf(topic);
  const actor = { fromId: 1003, fromName: 'Vera', languageCode: undefined, place };
  expect(contextOf({ deps, username: () => null }, actor).caller.roomTeams).toEqual([team]);
  const wanted = { what: 'cockpit', argument: '', by: vera.email } as const;
  const posted = textOf((await deps.standing.answer(place, wanted))?.answer);
  expect(posted.split('\n')[0]).toMatch(new RegExp(` · ${team}\\b`, 'u'));
});

it('a topic without a room is nobody’s where the forum has none', async () => {
  const { deps } = await start(rooms.slice(0, 2));
  const actor = { fromId: 1003, fromName: 'Vera', languageCode: undefined, place: placeOf(9) };
  expect(contextOf({ deps, username: () => null }, actor).caller.roomTeams).toEqual([]);
});
