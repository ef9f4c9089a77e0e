import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Incident, INCIDENTS, listIncidents, seedDemo } from '../../packs/demo/index.ts';
import { findBankEnd } from '../../packs/demo/generator-goods.ts';
import { DAY, HOUR, parseDuration } from '../../src/lib/time.ts';
import { checkSources } from '../../src/marts/check-sources.ts';
import { checkSql } from '../../src/marts/check-sql.ts';
import type { QueryWindow } from '../../src/marts/index.ts';
import {
  type FileFacts,
  getMetric,
  isWorse,
  listFiles,
  measureCpuMs,
  openTestMarts,
  type TestMarts,
  ZONE,
} from './demo-marts.ts';

// Eighteen months are made in two seconds on an idle machine, and in many on a busy one.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const NOW = new Date('2026-11-20T07:20:13Z');
const HISTORY_START = new Date(NOW.getTime() - 540 * DAY);
const METRICS = listFiles('metrics');
const CUTS = listFiles('cuts');
const SLOWEST_MS = 100;

let marts: TestMarts;
beforeAll(async () => {
  marts = await openTestMarts();
  await seedDemo(marts, NOW);
});
afterAll(async () => {
  await marts.pg.close();
});

/** Up to the last whole period before now: from so many days ago, or three periods where no series is given. */
function windowOf(metric: FileFacts, days: number): QueryWindow {
  const zoned = DateTime.fromJSDate(NOW, { zone: ZONE });
  const { ms, unit } = parseDuration(metric.period ?? '1d') ?? { ms: DAY, unit: 'd' };
  const end =
    unit === 'w'
      ? zoned.startOf('week')
      : unit === 'd'
        ? zoned.startOf('day')
        : DateTime.fromMillis(Math.floor(NOW.getTime() / ms) * ms, { zone: ZONE });
  return { from: end.minus({ days }).toJSDate(), to: end.toJSDate() };
}

function isRed(metric: FileFacts, value: number): boolean {
  return isWorse(value, metric.direction, metric.alert_value);
}

describe.each(METRICS)('metric $id', (metric) => {
  it('is one SELECT that reads what sources lists', () => {
    const checked = checkSql(metric.sql, { columns: ['value'] });
    expect(checked).toHaveProperty('ok');
    expect('ok' in checked ? checkSources(checked.ok, metric.sources) : null).toEqual([]);
  });

  it('gives numbers inside its window, each instant once', async () => {
    const window = windowOf(metric, 90);
    const readings = await marts.compute(metric.sql, window);
    expect(readings.length).toBeGreaterThan(0);
    expect(readings.length).toBeLessThanOrEqual(10_000);
    expect(readings.every(({ value }) => Number.isFinite(value))).toBe(true);
    const instants = readings.map(({ asOf }) => asOf);
    expect(new Set(instants).size).toBe(readings.length);
    const dated = instants.filter((asOf) => asOf !== null);
    expect(dated.length === instants.length || instants.length === 1).toBe(true);
    const weekBefore = window.from.getTime() - 7 * DAY;
    expect(dated.filter((asOf) => asOf < weekBefore || asOf >= window.to.getTime())).toEqual([]);
  });

  it('answers 90 days in the blink of an eye', async () => {
    const window = windowOf(metric, 90);
    const durations: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      durations.push(await measureCpuMs(() => marts.compute(metric.sql, window)));
    }
    expect(Math.min(...durations)).toBeLessThan(SLOWEST_MS);
  });

  it('gives nothing, and no error, where there are no data', async () => {
    const readings = await marts.compute(metric.sql, {
      from: new Date('2010-01-04T00:00:00Z'),
      to: new Date('2010-01-05T00:00:00Z'),
    });
    const known = readings.filter(({ value }) => value !== 0);
    expect(known).toEqual([]);
  });
});

describe('a calm morning', () => {
  it('shows no red, one or two amber, and the rest green', async () => {
    const levels: Record<string, string[]> = { red: [], amber: [], green: [] };
    for (const metric of METRICS) {
      const newest = (await marts.compute(metric.sql, windowOf(metric, 8))).at(-1);
      if (!newest) continue;
      const amber = isWorse(newest.value, metric.direction, metric.norm_value);
      levels[isRed(metric, newest.value) ? 'red' : amber ? 'amber' : 'green']?.push(metric.id);
    }
    expect(levels['red']).toEqual([]);
    expect(levels['amber']).toEqual(['acquisition_cost', 'contact_rate']);
  });
});

describe('payouts', () => {
  it('are stale by nature: on every day of the week their newest row is older than its patience', async () => {
    const patienceMs = 3 * DAY;
    for (let hours = 0; hours < 14 * 24; hours += 1) {
      const now = NOW.getTime() + hours * HOUR;
      const ageMs = now - findBankEnd(now);
      expect(ageMs).toBeGreaterThan(patienceMs);
      expect(ageMs).toBeLessThan(12 * DAY);
    }
    const readings = await marts.compute(getMetric('payout_gap').sql, {
      from: new Date(NOW.getTime() - 14 * DAY),
      to: NOW,
    });
    expect((readings.at(-1)?.asOf ?? 0) + DAY).toBe(findBankEnd(NOW.getTime()));
  });
});

describe('cuts', () => {
  it.each(CUTS)('$id gives a few slices', async (cut) => {
    const checked = checkSql(cut.sql, { columns: ['dim', 'value', 'weight'] });
    expect(checked).toHaveProperty('ok');
    const end = windowOf(getMetric('revenue_daily'), 7);
    const values = await marts.compute(cut.sql, end);
    expect(values.length).toBeGreaterThanOrEqual(3);
    expect(values.every(({ value }) => Number.isFinite(value))).toBe(true);
  });

  it('are linked from both sides, with the same role', () => {
    const fromMetrics = METRICS.flatMap(({ id, cuts }) =>
      cuts.map(({ cut, role }) => `${id} ${cut} ${role}`),
    );
    const fromCuts = CUTS.flatMap(({ id, feeds }) =>
      feeds.map(({ metric, role }) => `${metric} ${id} ${role}`),
    );
    expect(fromMetrics.toSorted()).toEqual(fromCuts.toSorted());
    expect(CUTS.every(({ feeds }) => feeds.length > 0)).toBe(true);
  });
});

describe('the file of truth', () => {
  const incidents = listIncidents(HISTORY_START, NOW);

  it('names each kind at least once within the history, and windows of its length', () => {
    expect(new Set(incidents.map(({ kind }) => kind)).size).toBe(INCIDENTS.length);
    for (const { kind, from, to } of incidents) {
      const rule = INCIDENTS.find((candidate) => candidate.kind === kind);
      expect((to.getTime() - from.getTime()) / HOUR).toBe(rule?.hours);
    }
    expect(listIncidents(new Date('2026-11-12T18:00:00Z'), new Date('2026-11-12T19:00:00Z'))).toMatchObject([
      { kind: 'card_outage', from: new Date('2026-11-12T17:00:00Z'), to: new Date('2026-11-12T20:00:00Z') },
    ]);
  });

  const traces = incidents.flatMap((incident) =>
    incident.traces.map((trace) => ({
      ...trace,
      incident,
      name: `${trace.metric} sees ${incident.kind} of ${incident.from.toISOString().slice(0, 10)}`,
    })),
  );
  it.each(traces)('$name in its window and nowhere near', async ({ metric: id, line, incident }) => {
    const metric = getMetric(id);
    const readings = await marts.compute(metric.sql, {
      from: new Date(incident.from.getTime() - 3 * DAY),
      to: new Date(incident.to.getTime() + 3 * DAY),
    });
    const inside = readings.filter(({ asOf }) => isInside(incident, asOf));
    const others = incidents.filter(({ traces }) => traces.some(({ metric }) => metric === id));
    const outside = readings.filter(({ asOf }) => !others.some((other) => isInside(other, asOf)));
    const limit = line === 'alert' ? metric.alert_value : metric.norm_value;
    expect(inside.length).toBeGreaterThan(0);
    expect(inside.filter(({ value }) => !isWorse(value, metric.direction, limit))).toEqual([]);
    expect(outside.length).toBeGreaterThan(inside.length / 4);
    expect(outside.filter(({ value }) => isRed(metric, value))).toEqual([]);
  });
});

function isInside({ from, to }: Incident, asOf: number | null): boolean {
  return asOf !== null && from.getTime() <= asOf && asOf < to.getTime();
}
