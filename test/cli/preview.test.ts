import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, sql } from '../../src/db/index.ts';
import { HOUR } from '../../src/lib/time.ts';
import { createServerDatabase, type OwnDatabase } from '../support/database.ts';
import { createWorkspace, metricFile, type TestWorkspace } from '../support/workspace.ts';
import { heartbeat } from './run.ts';

let workspace: TestWorkspace;
let records: OwnDatabase;
let environment: Record<string, string>;

/** Six blips of an hour, and one incident of ten. */
const READINGS = 400;
const isBad = (index: number): boolean => (index < 300 ? index % 50 === 25 : index >= 340 && index < 350);

beforeAll(async () => {
  workspace = await createWorkspace({
    'metrics/conversion.yaml': metricFile({ period: '1h', stale_after: null, norm_value: '4.0 # agreed' }),
  });
  records = await createServerDatabase();
  const db = await openDatabase(records.address);
  const { loadRegistry } = await import('../../src/registry/index.ts');
  const { workspaceChecks } = await import('../../src/workspace-checks.ts');
  const { id } = (await loadRegistry(workspace.dir, workspaceChecks)).workspace;
  const from = Math.floor(Date.now() / HOUR) * HOUR - READINGS * HOUR;
  const rows = Array.from({ length: READINGS }, (_, index) => ({
    as_of: new Date(from + index * HOUR),
    value: isBad(index) ? 3 : 4.5,
  }));
  await db.prisma.$executeRaw(sql`
    insert into heartbeat.metric_history (workspace_id, metric, as_of, value, computed_at, definition_hash, level, kind)
    select ${id}, 'conversion', as_of, value, as_of, 'h', 'green', 'tick'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(as_of timestamptz, value float8)`);
  await db.close();
  environment = {
    HEARTBEAT_WORKSPACE: workspace.dir,
    DATABASE_URL: records.address.databaseUrl ?? '',
  };
}, 60_000);
afterAll(async () => {
  await records?.remove();
  await workspace?.close();
});

it('says what the lines of the file would have raised', async () => {
  const { code, out } = await heartbeat('preview cr', environment);
  expect(code).toBe(0);
  expect(out.replaceAll('\u202F', ' ')).toContain('In 17 days it would have fired 7 times; none lasted');
  expect(out).toContain('Enter 2 would drop 6 of 6 short alerts and delay real ones by one tick.');
});

it('prints JSON of what is tried', async () => {
  const { code, out, err } = await heartbeat('preview conversion --enter 2 --alert none --json', environment);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({
    readings: READINGS,
    tried: { enter: 2, alert: null },
    result: { fired: 1, longest_ms: 9 * HOUR },
    present_result: { fired: 7 },
  });
});

it('prints the change of the file alone: of what is tried, else of the first suggestion', async () => {
  const tried = await heartbeat('preview conversion --norm 3.9 --diff', environment);
  expect(tried.out).toContain('-norm_value: 4.0 # agreed\n+norm_value: 3.9 # agreed');
  expect(tried.out.startsWith('--- a/metrics/conversion.yaml\n+++ b/metrics/conversion.yaml\n@@ ')).toBe(
    true,
  );
  expect(tried.err).toContain('This is not applied.');
  const suggested = await heartbeat('preview conversion --diff', environment);
  expect(suggested.out).toMatch(/^\+hysteresis: \{enter: 2\}$/m);
  const nothing = await heartbeat('preview conversion --days 1 --diff', environment);
  expect(nothing).toMatchObject({ code: 0, out: '' });
  expect(nothing.err).toContain('There is nothing to change');
});

it.each([
  ['preview nope', 'There is no metric "nope"'],
  ['preview conversion --enter 0', 'enter is a whole number of ticks'],
  ['preview conversion --enter two', 'Give a whole number'],
  ['preview conversion --alert low', 'Give a number, or none'],
  ['preview conversion --days 400', 'days is a whole number from 1 to 365'],
])('refuses "%s" with exit 2', async (line, words) => {
  const { code, err } = await heartbeat(line, environment);
  expect(code).toBe(2);
  expect(err).toContain(words);
});
