import { z } from 'zod';
import { answerTeam, answerWhichTeam, findNamed, isSameName, type Answer } from '../answers/index.ts';
import { labelOf } from '../messages/index.ts';
import { loadStatuses } from '../pulse/index.ts';
import type { Place } from '../delivery/index.ts';
import type { RoomAddress } from '../registry/index.ts';
import { listTeams } from '../watchlists/index.ts';
import { defineCommand, type CommandContext } from './types.ts';

/** A team's people, rooms, metrics and open alerts; the teams as buttons where the words name none. */
export async function showTeam(context: CommandContext, query: string): Promise<Answer> {
  const { deps, words } = context;
  const teams = listTeams(deps);
  const team = teams.find((known) => isSameName(known, query)) ?? findTeam(teams, query);
  if (typeof team !== 'string')
    return answerWhichTeam({ query, teams: query === '' ? teams : team.nearest }, words);
  const { people, metrics, workspace } = deps.registry.current();
  const isIn = (named: readonly string[]): boolean => named.some((one) => isSameName(one, team));
  const metricIds = [...metrics.values()].filter((metric) => isIn(metric.teams)).map(({ id }) => id);
  return answerTeam(
    {
      team,
      people: people.filter((person) => isIn(person.teams)).map(({ name }) => name),
      rooms: workspace.rooms.filter((room) => isIn(room.teams)).map((room) => roomName(context, room)),
      statuses: await loadStatuses(deps, metricIds),
    },
    words,
  );
}

function findTeam(teams: readonly string[], query: string): string | { nearest: readonly string[] } {
  const found = findNamed(query, teams, (team) => [team]);
  return found.kind === 'one' ? found.value : found;
}

/** A room has one address. */
function roomName({ deps }: CommandContext, room: RoomAddress): string {
  const { telegram, telegramTopic: topic, slack, hooks } = room;
  if (telegram !== null) return labelOf(deps, { channel: 'telegram', chat: String(telegram), topic });
  if (slack !== null) return labelOf(deps, { channel: 'slack', conversation: slack });
  const [hook] = Object.entries(hooks).flatMap(([channel, name]) =>
    name === null ? [] : [labelOf(deps, { channel, name } as Place)],
  );
  return hook ?? '';
}

export const team = defineCommand({
  name: 'team',
  role: 'viewer',
  args: z.object({ team: z.string().optional() }),
  positional: ['team'],
  reads: () => true,
  run: (context, args) => showTeam(context, args.team ?? ''),
});
