import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A workspace of many metrics over `marts.signal`, each with an owner of its own: alerts of many people pace nobody. */
export type BenchWorkspace = { dir: string; close(): Promise<void> };

/** Telegram ids of the owners: the owner of metric n is `FIRST_OWNER + n % people`. */
export const FIRST_OWNER = 100_000;

export type WorkspaceOptions = {
  metrics: number;
  people: number;
  period: string;
  /** further lines of workspace.yaml */
  rooms?: string;
  /** the teams of a metric; none unless given */
  teams?: (index: number) => string;
  /** computes a value of `:to` where the warehouse has no signals */
  sql?: (index: number) => string;
};

/** Gives a metric's id by its number. */
export function metricId(index: number): string {
  return `metric_${String(index).padStart(5, '0')}`;
}

/** Writes the files of a workspace into a folder of its own. */
export async function createBenchWorkspace(options: WorkspaceOptions): Promise<BenchWorkspace> {
  const dir = await mkdtemp(join(tmpdir(), 'hb-bench-'));
  await mkdir(join(dir, 'metrics'));
  await writeFile(
    join(dir, 'workspace.yaml'),
    `name: Bench\ntimezone: Europe/Madrid\nlocale: en\nops_inbox: {telegram: 1}\n${options.rooms ?? ''}`,
  );
  const owners = Array.from({ length: options.people }, (_, index) => ownerLine(index));
  await writeFile(join(dir, 'owners.yaml'), owners.join(''));
  for (let index = 0; index < options.metrics; index += 1)
    await writeFile(join(dir, 'metrics', `${metricId(index)}.yaml`), metricFile(index, options));
  return { dir, close: () => rm(dir, { recursive: true, force: true }) };
}

function ownerLine(index: number): string {
  return `- {email: p${index}@bench.test, name: Person ${index}, role: approver, telegram_id: ${FIRST_OWNER + index}}\n`;
}

function metricFile(index: number, options: WorkspaceOptions): string {
  const { period, people, teams, sql = signalOf } = options;
  return `name: Metric ${index}
domain: d${index % 5}
${teams ? `teams: [${teams(index)}]\n` : ''}unit: percent
period: ${period}
direction: up
norm_value: 4
alert_value: 3.4
stale_after: 30d
how_to_read: Higher is better.
methodology: The newest signal of its name.
sources: [marts.signal]
owner: p${index % people}@bench.test
verification_state: verified
verified: {by: p0@bench.test, at: 2026-11-01}
sql: ${sql(index)}
`;
}

/** The value that the bench sets. */
function signalOf(index: number): string {
  return `select value from marts.signal where name = '${metricId(index)}'`;
}
