import { z } from 'zod';
import { answerHealth } from '../answers/index.ts';
import { sql } from '../db/index.ts';
import { listPlaceTroubles, parsePlaceKey, readLogDay, readQueue } from '../delivery/index.ts';
import { labelOf } from '../messages/index.ts';
import { readTickLag } from '../pulse/index.ts';
import { defineCommand, type CommandDeps } from './types.ts';

export const health = defineCommand({
  name: 'health',
  role: 'viewer',
  args: z.object({}),
  positional: [],
  reads: () => true,
  async run({ deps, words }) {
    const { db, workspaceId, clock, registry } = deps;
    const now = clock.now();
    const { workspace, metrics } = registry.current();
    const { from: since } = readLogDay('today', { zone: workspace.timezone, now });
    const [readiness, lag, queue, silent, places] = await Promise.all([
      deps.readiness(),
      readTickLag(deps),
      readQueue(db, { workspaceId, since }),
      listSilentSources(deps),
      listPlaceTroubles(db, workspaceId),
    ]);
    return answerHealth(
      {
        ...readiness,
        lag: { ...lag, overdue: lag.overdue.map((id) => metrics.get(id)?.name ?? id) },
        queue,
        silent,
        places: places.map((place) => ({ ...place, label: labelOfKey(deps, place.key) })),
        now,
      },
      words,
    );
  },
});

/** The row of a whole bot is called by its channel. */
function labelOfKey(deps: CommandDeps, key: string): string {
  return key.endsWith(':*') ? key.slice(0, -':*'.length) : labelOf(deps, parsePlaceKey(key));
}

function listSilentSources({
  db,
  workspaceId,
}: CommandDeps): Promise<{ source: string; metrics: number; since: Date }[]> {
  return db.prisma.$queryRaw(sql`
    select source, cardinality(metrics) as metrics, opened_at as since from heartbeat.source_alert
    where workspace_id = ${workspaceId} and recovered_at is null order by opened_at, source`);
}
