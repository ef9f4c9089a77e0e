import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DateTime } from 'luxon';
import { beforeAll, describe, expect, it } from 'vitest';
import { proposeLines } from '../../src/alerts/preview-lines.ts';
import { replay, runAtOnce, summarize } from '../../src/alerts/preview.ts';
import { suggest } from '../../src/alerts/preview-suggest.ts';
import type { History } from '../../src/alerts/preview-types.ts';
import { HOUR } from '../../src/lib/time.ts';
import { readDump, rowsOf } from '../support/load-dump.ts';
import { policyOf } from './judge-driver.ts';

/** Film rentals of 2022 that somebody else made up: see SOURCES.md of the shared data. */
const DUMP = fileURLToPath(new URL('../../../shared/data/warehouse/pagila.sql', import.meta.url));
const found = existsSync(DUMP);
if (!found) console.log(`skipped: ${DUMP} is not there`);

const PERIOD_MS = 6 * HOUR;
/** The first and last rentals are an opening and a closing, not a shop's days. */
const [FROM, TO] = ['2022-05-25', '2022-08-23'].map((day) =>
  DateTime.fromISO(day, { zone: 'utc' }).toMillis(),
) as [number, number];

describe.skipIf(!found)('a preview of rentals every six hours of a film rental shop', () => {
  let history: History;

  beforeAll(async () => {
    const counts = new Map<number, number>();
    for (const { rental_date: text } of rowsOf(await readDump(DUMP), /^public\.rental$/)) {
      const atMs = DateTime.fromSQL((text ?? '').replace(/\+(\d\d)$/, '+$1:00')).toMillis();
      const start = Math.floor(atMs / PERIOD_MS) * PERIOD_MS;
      if (atMs >= FROM && atMs < TO) counts.set(start, (counts.get(start) ?? 0) + 1);
    }
    const sorted = [...counts].sort(([a], [b]) => a - b);
    history = {
      atMs: Float64Array.from(sorted, ([at]) => at + PERIOD_MS),
      values: Float64Array.from(sorted, ([, count]) => count),
    };
  });

  /** Stretches of readings below a line, in order: with one tick to enter and leave, each is an alert. */
  function stretchesBelow(line: number): { from: number; to: number | null; worst: number }[] {
    const stretches: { from: number; to: number | null; worst: number }[] = [];
    let isBelow = false;
    for (const [index, value] of history.values.entries()) {
      const at = history.atMs[index] ?? 0;
      const last = stretches.at(-1);
      if (value < line && isBelow && last) last.worst = Math.min(last.worst, value);
      else if (value < line) stretches.push({ from: at, to: null, worst: value });
      else if (isBelow && last) last.to = at;
      isBelow = value < line;
    }
    return stretches;
  }

  it('fires where plain counting finds readings below the line', () => {
    expect(history.values.length).toBeGreaterThan(90);
    const endMs = (history.atMs.at(-1) ?? 0) + PERIOD_MS;
    const lines = [...new Set(history.values)].toSorted((a, b) => a - b).slice(0, 40);
    let compared = 0;
    for (const alert of lines) {
      const policy = policyOf({ norm: null, alert });
      const { episodes, edges } = runAtOnce(replay({ history, policy, endMs }));
      // flapping holds recoveries back: then alerts are joined, and counting is no longer plain
      if (edges.flapping_started) continue;
      const expected = stretchesBelow(alert).map(({ from, to, worst }) => ({
        fromMs: from,
        toMs: to,
        worstValue: worst,
      }));
      expect(episodes.map(({ fromMs, toMs, worstValue }) => ({ fromMs, toMs, worstValue }))).toEqual(
        expected,
      );
      compared += expected.length;
    }
    console.log(`compared ${compared} alerts over ${history.values.length} readings`);
    expect(compared).toBeGreaterThan(20);
  });

  it('proposes lines that as many readings are worse than as it says', () => {
    const lines = proposeLines(history, 'up');
    const share = (line: number): number =>
      history.values.filter((value) => value < line).length / history.values.length;
    expect(share(lines?.norm ?? Number.NaN)).toBeLessThanOrEqual(0.06);
    expect(share(lines?.alert ?? Number.NaN)).toBeLessThanOrEqual(0.02);
    const policy = policyOf({ norm: lines?.norm ?? null, alert: lines?.alert ?? null });
    const endMs = history.atMs.at(-1) ?? 0;
    const { fired } = summarize(runAtOnce(replay({ history, policy, endMs })));
    expect(fired).toBeGreaterThan(0);
    expect(fired).toBeLessThanOrEqual(history.values.length * 0.06);
  });

  it('suggests only what drops as many alerts as it says', () => {
    const endMs = history.atMs.at(-1) ?? 0;
    const lines = [...new Set(history.values)].toSorted((a, b) => a - b).slice(5, 60);
    let checked = 0;
    for (const norm of lines) {
      const policy = policyOf({ norm, alert: null });
      const base = runAtOnce(replay({ history, policy, endMs })).episodes.length;
      const request = { history, policy, endMs, verdicts: [], periodMs: PERIOD_MS, deviation: 10 };
      for (const { trial, drops, real } of runAtOnce(suggest(request))) {
        const after = runAtOnce(replay({ history, policy: { ...policy, ...trial }, endMs })).episodes.length;
        // this metric has one line, so that alerts are what is counted
        expect(after).toBe(base - drops);
        expect(after).toBeGreaterThanOrEqual(real);
        checked += 1;
      }
    }
    console.log(`checked ${checked} suggestions`);
    expect(checked).toBeGreaterThan(5);
  });
});
