import { afterAll, beforeAll, expect, it } from 'vitest';
import { aShop, createWorld, type World } from '../http/world.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aMetric } from '../support/deps.ts';

const database = withEmbeddedDatabase();
let world: World;

beforeAll(async () => {
  const metrics = [
    aMetric(),
    aMetric({ id: 'heartbeat_tick_lag', name: 'Tick lag', domain: 'heartbeat', teams: [], builtIn: true }),
  ];
  world = await createWorld({
    db: database.db,
    registry: aShop({ metrics: new Map(metrics.map((metric) => [metric.id, metric])) }),
  });
});
afterAll(() => world.close());

const tableOf = async (path: string): Promise<string> => {
  const page = await (await world.ask(path)).text();
  return page.slice(page.indexOf('<table'));
};

it('leaves metrics about Heartbeat itself out of the cockpit, except out of their own', async () => {
  expect(await tableOf('/cockpit')).toContain('Checkout conversion');
  expect(await tableOf('/cockpit')).not.toContain('Tick lag');
  expect(await tableOf('/cockpit?team=growth')).not.toContain('Tick lag');
  expect(await tableOf('/cockpit?domain=heartbeat')).toContain('Tick lag');
  expect((await world.ask('/docs')).status).toBe(200);
  expect(await (await world.ask('/docs')).text()).toContain('Tick lag');
});
