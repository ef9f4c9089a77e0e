import { afterEach, expect, it } from 'vitest';
import { pageOpenAlerts } from '../../src/alerts/index.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { WORKSPACE } from '../support/deps.ts';
import { openStage, someMetrics, type Stage } from './stage.ts';

describeOnBothDatabases('a page of the open alerts', (database: TestDatabase) => {
  let stage: Stage;
  afterEach(() => stage.close());

  it('has red before amber, the oldest first, and a page past the end is the last one', async () => {
    stage = await openStage(database, someMetrics(5));
    stage.set('m_1', 3.6);
    await stage.tick();
    for (const id of ['m_2', 'm_3', 'm_4']) stage.set(id, 3);
    await stage.tick();
    const page = async (number: number, metricIds?: string[]) => {
      const { alerts, total } = await pageOpenAlerts(database.db, WORKSPACE, {
        page: number,
        size: 3,
        metricIds,
      });
      return [alerts.map(({ level }) => level), total];
    };
    expect(await page(0)).toEqual([['red', 'red', 'red'], 4]);
    expect(await page(1)).toEqual([['amber'], 4]);
    expect(await page(9)).toEqual([['amber'], 4]);
    expect(await page(0, ['m_1'])).toEqual([['amber'], 1]);
    expect(await page(0, ['m_5'])).toEqual([[], 0]);
  });
});
