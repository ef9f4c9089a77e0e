import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { inTransaction, sql } from '../../src/db/index.ts';
import { moveLane, repostChannels } from '../../src/delivery/index.ts';
import { describeOnBothDatabases } from '../support/database.ts';

const WORKSPACE = 'shop';

type Posted = {
  alert_id: string;
  edge: string;
  place: string;
  lane: string;
  operation: string;
  silent: boolean;
};

describeOnBothDatabases('messages that cannot be edited any more', (database) => {
  const [alert, pastAlert, storm, pastStorm, source, pastSource] = Array.from({ length: 6 }, () =>
    randomUUID(),
  );
  const run = (query: ReturnType<typeof sql>) => database.db.prisma.$executeRaw(query);

  beforeEach(async () => {
    await database.clear();
    await run(sql`
      insert into heartbeat.alerts (id, workspace_id, number, metric_id, level, state, version, worst_level, opened_at) values
        (${alert}::uuid, ${WORKSPACE}, 1, 'conversion', 'red', 'acked', 1, 'red', now()),
        (${pastAlert}::uuid, ${WORKSPACE}, 2, 'conversion', 'red', 'resolved', 1, 'red', now())`);
    await run(sql`
      insert into heartbeat.storm (id, workspace_id, place, over_at) values
        (${storm}::uuid, ${WORKSPACE}, 'telegram:-5', null), (${pastStorm}::uuid, ${WORKSPACE}, 'telegram:-5', now())`);
    await run(sql`
      insert into heartbeat.source_alert (id, workspace_id, number, source, opened_at, recovered_at, metrics, ever_metrics) values
        (${source}::uuid, ${WORKSPACE}, 3, 'marts.a', now(), null, '{a}', '{a}'),
        (${pastSource}::uuid, ${WORKSPACE}, 4, 'marts.b', now(), now(), '{}', '{b}')`);
  });

  async function stand(place: string, ...ids: (string | undefined)[]): Promise<void> {
    for (const id of ids)
      await run(sql`
        insert into heartbeat.alert_message (workspace_id, alert_id, place, message_id)
        values (${WORKSPACE}, ${id}::uuid, ${place}, '7')`);
  }

  const posted = (): Promise<Posted[]> =>
    database.db.prisma.$queryRaw<Posted[]>(sql`
      select alert_id, edge, place, lane, operation, silent from heartbeat.delivery order by edge, place`);

  const left = (): Promise<{ place: string }[]> =>
    database.db.prisma.$queryRaw(sql`select place from heartbeat.alert_message order by place`);

  it('T13 are forgotten with a group that moved: alerts, storms and sources that are not over are posted there', async () => {
    await stand('telegram:-5', alert, pastAlert, storm, pastStorm, source, pastSource);
    await stand('telegram:-5:7', alert);
    await stand('telegram:-55', alert);
    await inTransaction(database.db, (tx) =>
      moveLane(tx, WORKSPACE, { from: 'telegram:-5', to: 'telegram:-1005' }),
    );
    const post = { lane: 'telegram:-1005', operation: 'post', silent: true };
    expect(await posted()).toEqual([
      { ...post, alert_id: alert, edge: 'group_moved', place: 'telegram:-1005' },
      { ...post, alert_id: alert, edge: 'group_moved', place: 'telegram:-1005:7' },
      { ...post, alert_id: source, edge: 'stale', place: 'telegram:-1005' },
      { ...post, alert_id: storm, edge: 'storm', place: 'telegram:-1005' },
    ]);
    expect(await left()).toEqual([{ place: 'telegram:-55' }]);
  });

  it('are forgotten with a channel that lost them all, each time it does; other channels keep theirs', async () => {
    for (const times of [1, 2]) {
      await stand('telegram:-5:7', alert, pastAlert, storm);
      await stand('slack:C0GROWTH', alert);
      await inTransaction(database.db, (tx) => repostChannels(tx, WORKSPACE, ['telegram', 'slack']));
      const posts = await posted();
      expect(posts).toHaveLength(3 * times);
      expect(posts[0]).toMatchObject({
        alert_id: alert,
        edge: 'reposted',
        place: 'slack:C0GROWTH',
        lane: 'slack:C0GROWTH',
      });
      expect(posts.at(-1)).toMatchObject({
        alert_id: storm,
        edge: 'storm',
        place: 'telegram:-5:7',
        lane: 'telegram:-5',
      });
      expect(posts.every(({ operation, silent }) => operation === 'post' && silent)).toBe(true);
    }
    await stand('mail:ann@shop.test', alert);
    await inTransaction(database.db, (tx) => repostChannels(tx, WORKSPACE, ['telegram', 'slack']));
    expect(await left()).toEqual([{ place: 'mail:ann@shop.test' }]);
  });
});
