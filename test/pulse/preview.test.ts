import { beforeEach, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/lib/time.ts';
import { loadPreview, type Preview, type PreviewRequest } from '../../src/pulse/index.ts';
import { readHistory } from '../../src/pulse/read-history.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import {
  aMetric,
  aRegistry,
  createDeps,
  fakeWarehouse,
  NO_ROWS,
  quietJobs,
  stoppedClock,
  WORKSPACE,
  type TestDeps,
} from '../support/deps.ts';
import { storeHistory, storeMarked, storeSeries, type StoredReading } from '../support/history.ts';

const NOW = '2026-11-20T10:00:00.000Z';
const ago = (ms: number): Date => new Date(Date.parse(NOW) - ms);

/** Readings a minute apart that end at now; red where the index is told. */
function minutes(count: number, isBad: (index: number) => boolean): StoredReading[] {
  return Array.from({ length: count }, (_, index) => ({
    at: ago((count - index) * MINUTE),
    value: isBad(index) ? 3 : 4.5 + (index % 7) / 100,
  }));
}

describeOnBothDatabases('a preview', (database: TestDatabase) => {
  let deps: TestDeps;

  beforeEach(async () => {
    await database.clear();
    deps = await createDeps({
      db: database.db,
      jobs: quietJobs,
      clock: stoppedClock(NOW),
      warehouse: fakeWarehouse(() => NO_ROWS).warehouse,
      registry: aRegistry([aMetric()]),
    });
  });

  const load = (over: Partial<PreviewRequest> = {}): Promise<Preview> =>
    loadPreview(deps, { metric: aMetric(), trial: {}, ...over });

  it('replays what is stored by the lines of the file, or by others beside them', async () => {
    await storeHistory(
      database.db,
      minutes(600, (index) => index % 100 === 50),
    );
    const present = await load();
    expect(present).toMatchObject({
      readings: 600,
      before: null,
      stats: { fired: 6, redPushes: 6, short: 6 },
    });
    const tried = await load({ trial: { enter: 2 } });
    expect(tried).toMatchObject({ stats: { fired: 0 }, before: { fired: 6 }, trial: { enter: 2 } });
    expect(present.suggestions[0]).toMatchObject({ trial: { enter: 2 }, drops: 6, noise: 6, known: 'short' });
    // what is tried already is quiet
    expect(tried.suggestions).toEqual([]);
  });

  it('takes of each as_of the value that was computed last', async () => {
    const at = ago(HOUR);
    await storeHistory(database.db, [
      { at, value: 3, computedAt: at },
      { at, value: 4.2, computedAt: ago(1000) },
      { at, value: 2, computedAt: ago(2000) },
    ]);
    expect(await load()).toMatchObject({ readings: 1, stats: { fired: 0 } });
  });

  it('reads page by page, in order, and loses none where pages meet', async () => {
    await storeHistory(
      database.db,
      minutes(12_345, () => false).map((reading, index) => ({ ...reading, value: index })),
    );
    const { atMs, values } = await readHistory(deps, {
      metricId: 'conversion',
      from: new Date(0),
      to: new Date(NOW),
      lagMs: 0,
    });
    expect(values).toEqual(Float64Array.from({ length: 12_345 }, (_, index) => index));
    expect(atMs.at(-1)).toBe(Date.parse(NOW) - MINUTE);
    expect(atMs[0]).toBe(Date.parse(NOW) - 12_345 * MINUTE);
  });

  it('reads a whole number of pages', async () => {
    await storeHistory(
      database.db,
      minutes(5000, () => false),
    );
    expect((await load()).readings).toBe(5000);
  });

  it('begins at the window, at most a year ago', async () => {
    const days = (count: number): Date => ago(count * 24 * HOUR - MINUTE);
    await storeHistory(
      database.db,
      [400, 200, 20, 1].map((count) => ({ at: days(count), value: 4.5 })),
    );
    expect(await load()).toMatchObject({ readings: 3, fromMs: days(200).getTime() });
    expect(await load({ days: 30 })).toMatchObject({ readings: 2, fromMs: days(20).getTime() });
  });

  it('judges a series when its period is over', async () => {
    await storeHistory(database.db, [{ at: ago(HOUR), value: 3 }]);
    expect((await load()).episodes[0]?.fromMs).toBe(ago(HOUR).getTime());
    await storeSeries(database.db, true);
    expect((await load()).episodes[0]?.fromMs).toBe(ago(HOUR).getTime() + MINUTE);
  });

  it('counts what people said of the alerts that were', async () => {
    await storeHistory(
      database.db,
      minutes(600, (index) => index % 100 === 50),
    );
    const at = (index: number): Date => ago((600 - index) * MINUTE);
    const alert = (number: number, index: number, verdicts: Record<string, 'real' | 'noise'>) =>
      storeMarked(database.db, { number, from: at(index), to: at(index + 1), verdicts });
    await alert(1001, 50, { 'ann@shop.test': 'noise' });
    // whoever found it real is believed
    await alert(1002, 150, { 'ann@shop.test': 'noise', 'ivan@shop.test': 'real' });
    await alert(1003, 300, { 'ann@shop.test': 'noise' });
    await alert(1004, 450, {});
    const { marked, suggestions } = await load();
    expect(marked).toEqual({ real: 1, noise: 1 });
    // the real one is as short as the others: no change of ticks keeps it
    expect(suggestions.map(({ kind }) => kind)).not.toContain('ticks');
  });

  it('T02 proposes lines for a metric that has none, and tries what is given', async () => {
    await storeHistory(
      database.db,
      minutes(600, (index) => index % 100 < 2),
    );
    const metric = aMetric({ norm: null, alert: null });
    const bare = await load({ metric });
    expect(bare).toMatchObject({ stats: { fired: 0 }, suggestions: [], proposed: { norm: 4.5, alert: 3 } });
    expect(await load({ metric, trial: { alert: 4 } })).toMatchObject({
      stats: { fired: 6 },
      proposed: null,
    });
  });

  it('T01 says nothing of a metric without readings', async () => {
    expect(await load()).toMatchObject({
      readings: 0,
      fromMs: null,
      stats: { fired: 0 },
      points: [],
      suggestions: [],
    });
  });

  it('makes some wait their turn, and tells too many to come again', async () => {
    await storeHistory(
      database.db,
      minutes(10, () => false),
    );
    const asked = await Promise.allSettled(Array.from({ length: 12 }, () => load()));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(refused).toHaveLength(4);
    for (const reason of refused) expect(reason).toMatchObject({ code: 'preview_busy' });
    expect((await load()).readings).toBe(10);
  });

  it('knows the metric of its own workspace alone', async () => {
    await storeHistory(
      database.db,
      minutes(10, () => true),
      'another',
    );
    const elsewhere = { ...deps, workspaceId: `not-${WORKSPACE}` };
    await storeHistory(
      database.db,
      minutes(10, () => true),
    );
    expect((await loadPreview(elsewhere, { metric: aMetric(), trial: {} })).readings).toBe(0);
    expect((await load()).readings).toBe(10);
  });

  it.each([
    [{ trial: { enter: 0 } }, 'preview_ticks'],
    [{ trial: { leave: 1.5 } }, 'preview_ticks'],
    [{ trial: { enter: 101 } }, 'preview_ticks'],
    [{ trial: { norm: Number.POSITIVE_INFINITY } }, 'preview_number'],
    [{ trial: { norm: 3 } }, 'preview_lines'],
    [{ trial: { alert: 4.1 } }, 'preview_lines'],
    [{ trial: {}, days: 0 }, 'preview_days'],
    [{ trial: {}, days: 366 }, 'preview_days'],
  ])('refuses %j: %s', async (request, code) => {
    await expect(load(request)).rejects.toMatchObject({ code });
  });

  it('leaves recovery lines out that a new line has passed', async () => {
    const metric = aMetric({ band: { norm: 4.2, alert: 3.6 } });
    expect((await load({ metric, trial: { norm: 4.3 } })).trial).toEqual({ norm: 4.3, bandNorm: null });
    expect((await load({ metric, trial: { norm: null } })).tried).toMatchObject({
      bandNorm: null,
      bandAlert: 3.6,
    });
    expect((await load({ metric, trial: { norm: 4.1 } })).trial).toEqual({ norm: 4.1 });
  });
});
