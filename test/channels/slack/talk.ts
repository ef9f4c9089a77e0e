/** What Slack's door does with a real database behind it and a stand-in of Slack before it. */
import { randomUUID } from 'node:crypto';
import type { DialogueOptions } from '../../../src/channels/slack/context.ts';
import { sql, type Db } from '../../../src/db/index.ts';
import type { Metric, Person } from '../../../src/registry/index.ts';
import { createCommandWorld, vera } from '../../commands/world.ts';
import { aMetric, aRegistry, ivan } from '../../support/deps.ts';
import { SLACK_ROOM } from '../../support/slack.ts';
import { startSlack } from './slack.ts';

export const inSlack: Person = { ...ivan, role: 'operator', slackId: 'U0IVAN' };

/** Starts both; `insertAlerts` opens red alerts of a metric, numbered on from the last. */
export async function startTalk(db: Db, metrics: readonly Metric[] = [aMetric()]) {
  const { slack, channel } = await startSlack();
  const registry = aRegistry([...metrics]);
  const world = await createCommandWorld(db, { metrics: registry.metrics, people: [inSlack, vera] });
  const options = {
    deps: world.deps,
    channel,
    profiles: { find: async () => null },
    reserve: async () => undefined,
  } as unknown as DialogueOptions;
  const actor = { id: '1', userId: 'U0IVAN', teamId: null, channel: SLACK_ROOM };
  let last = 0;
  const insertAlerts = async (count: number, metricIdOf: (number: number) => string): Promise<void> => {
    for (const end = last + count; last < end;)
      await db.prisma.$executeRaw(sql`
        insert into heartbeat.alerts (id, workspace_id, number, metric_id, level, state, version, value, worst_level, opened_at)
        values (${randomUUID()}::uuid, 'shop', ${(last += 1)}::int, ${metricIdOf(last)}, 'red', 'firing', 1, 3.1, 'red',
          ${world.clock.now()})`);
  };
  return { slack, world, options, actor, insertAlerts };
}
