import type { Command } from 'commander';
import { DateTime } from 'luxon';
import { findMailTrouble } from '../channels/mail/index.ts';
import { findSlackTrouble } from '../channels/slack/index.ts';
import { readConfig, type Config } from '../config.ts';
import { migrationStatus, sql, type Db } from '../db/index.ts';
import { HeartbeatError } from '../errors.ts';
import { listUnmatchedNames } from '../hook-names.ts';
import { SECOND } from '../lib/time.ts';
import {
  checkSqlAgainstCatalogue,
  explainSlow,
  openServerWarehouse,
  warehouseCanWrite,
  type InspectedWarehouse,
} from '../marts/index.ts';
import { checkedSqlOf, queryWindow } from '../pulse/index.ts';
import { formatProblem, type Metric, type Registry } from '../registry/index.ts';
import { commandLog, withDatabase } from './database.ts';
import { examineSending } from './doctor-send.ts';
import { EXIT } from './exit.ts';
import { loadWorkspaceOf } from './workspace.ts';

/** A metric's SQL that takes longer is named, with what would help. */
const SLOW_MS = SECOND;

/** One thing doctor looked at. */
export type Finding = { check: string; state: 'ok' | 'warning' | 'failed'; text: string };

/** `heartbeat doctor`: looks at settings, files, database, warehouse and every metric's SQL; sends on request. Exit 1 when something failed. */
export function registerDoctor(program: Command, exit: (code: number) => void): void {
  program
    .command('doctor')
    .description('look at settings, files, database, warehouse and every SQL, and say what to do')
    .option('--send', 'also send a marked message to every room and the ops inbox')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean; send?: boolean }) => {
      const findings: Finding[] = [];
      for await (const finding of examine(readConfig(process.env), options.send ?? false)) {
        findings.push(finding);
        if (!options.json) console.log(`${MARKS[finding.state]} ${finding.check}: ${finding.text}`);
      }
      if (options.json) console.log(JSON.stringify(findings, null, 2));
      if (findings.some(({ state }) => state === 'failed')) exit(EXIT.failed);
    });
}

const MARKS = { ok: '✓', warning: '!', failed: '✗' } as const;

async function* examine(config: Config, isSending: boolean): AsyncGenerator<Finding> {
  yield { check: 'settings', state: 'ok', text: 'can be used' };
  const registry = await attempt('workspace', () => loadWorkspaceOf(config));
  if ('finding' in registry) yield registry.finding;
  else {
    yield* examineFiles(registry.value);
    yield* examineHooks(config, registry.value);
  }
  yield* examineDatabase(config);
  yield* examineSlack(config);
  yield* examineMail(config);
  if (!('finding' in registry)) yield* examineWarehouse(config, registry.value);
  if (isSending && !('finding' in registry)) {
    const sent = await attempt('send', () => examineSending(config, registry.value.workspace));
    yield* 'finding' in sent ? [sent.finding] : sent.value;
  }
}

async function attempt<T>(
  check: string,
  work: () => Promise<T>,
): Promise<{ value: T } | { finding: Finding }> {
  try {
    return { value: await work() };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (error instanceof HeartbeatError) return { finding: { check, state: 'failed', text } };
    throw error;
  }
}

function* examineFiles({ metrics, people, problems }: Registry): Generator<Finding> {
  const check = 'workspace';
  if (problems.length === 0)
    yield { check, state: 'ok', text: `metrics ${metrics.size}, people ${people.length}, no problem` };
  for (const problem of problems) {
    yield { check, state: problem.severity === 'error' ? 'failed' : 'warning', text: formatProblem(problem) };
  }
}

function* examineHooks({ channels }: Config, { workspace }: Registry): Generator<Finding> {
  for (const { channel, name, reason } of listUnmatchedNames(workspace, channels))
    yield { check: `${channel} ${name}`, state: 'warning', text: reason };
}

async function* examineDatabase(config: Config): AsyncGenerator<Finding> {
  const check = 'database';
  const answered = await attempt(check, () =>
    withDatabase(config, async (db) => ({ status: await migrationStatus(db), slow: await listSlow(db) }), {
      migrate: false,
    }),
  );
  if ('finding' in answered) {
    yield answered.finding;
    return;
  }
  const { pending, unknown } = answered.value.status;
  if (unknown.length > 0)
    yield {
      check,
      state: 'failed',
      text: `it is newer than this program (${unknown.join(', ')}). Run the newer program.`,
    };
  else if (pending.length > 0)
    yield {
      check,
      state: 'warning',
      text: `pending migrations: ${pending.length}; the next start applies them`,
    };
  else
    yield {
      check,
      state: 'ok',
      text: `up to date (${config.databaseUrl === null ? `embedded in ${config.dataDir}` : 'PostgreSQL'})`,
    };
  for (const { metric_id: metric, ms } of answered.value.slow) {
    yield {
      check: 'ticks',
      state: 'warning',
      text: `the last tick of ${metric} took ${(ms / SECOND).toFixed(1)} s`,
    };
  }
}

async function* examineSlack(config: Config): AsyncGenerator<Finding> {
  const { slack } = config;
  if (slack.mode === 'off') return;
  const trouble = await findSlackTrouble({ ...slack, log: commandLog(config) });
  if (trouble !== null) yield { check: 'slack', state: 'failed', text: trouble };
  else yield { check: 'slack', state: 'ok', text: `Slack takes the token; ${WAYS[slack.mode]}` };
}

const WAYS = {
  socket: 'requests come over Socket Mode',
  http: 'requests are expected at POST /slack/events',
} as const;

async function* examineMail({ channels }: Config): AsyncGenerator<Finding> {
  const { mail } = channels;
  if (mail === null) return;
  const asked = await attempt('mail', () => findMailTrouble(mail));
  if ('finding' in asked) yield asked.finding;
  else if (asked.value === null)
    yield { check: 'mail', state: 'ok', text: 'the mail server answers and lets us in' };
  else yield { check: 'mail', state: 'failed', text: asked.value };
}

async function listSlow(db: Db): Promise<{ metric_id: string; ms: number }[]> {
  const { pending } = await migrationStatus(db);
  if (pending.length > 0) return [];
  return db.prisma.$queryRaw(sql`
    select metric_id, last_duration_ms as ms from heartbeat.metric_state
    where last_duration_ms > ${SLOW_MS}::int and next_due_at is not null order by last_duration_ms desc limit 20`);
}

async function* examineWarehouse(config: Config, registry: Registry): AsyncGenerator<Finding> {
  const check = 'warehouse';
  if (!config.martsUrl) {
    yield { check, state: 'ok', text: 'embedded; the running service reads it' };
    return;
  }
  const warehouse = openServerWarehouse({
    url: config.martsUrl,
    timezone: registry.workspace.timezone,
    log: commandLog(config),
  });
  try {
    const ping = await warehouse.ping();
    if (!ping.ok) {
      yield { check, state: 'failed', text: ping.reason };
      return;
    }
    yield await examineAccess(config.martsUrl);
    for (const metric of registry.metrics.values())
      if (!metric.builtIn) yield* examineSql(warehouse, metric, registry.workspace.timezone);
  } finally {
    await warehouse.close();
  }
}

async function examineAccess(url: string): Promise<Finding> {
  const access = await warehouseCanWrite(url);
  if (!access.canWrite) return { check: 'warehouse', state: 'ok', text: 'answers, and its role only reads' };
  const text = `its role can write: ${access.reasons.join('; ')}. Heartbeat never writes there; give it a role with SELECT only.`;
  return { check: 'warehouse', state: 'warning', text };
}

async function* examineSql(
  warehouse: InspectedWarehouse,
  metric: Metric,
  timezone: string,
): AsyncGenerator<Finding> {
  const check = `metric ${metric.id}`;
  const checked = checkedSqlOf(metric);
  const catalogue = await checkSqlAgainstCatalogue(warehouse, checked);
  if (catalogue.kind === 'problems') {
    for (const { reason, hint } of catalogue.problems)
      yield { check, state: 'failed', text: hint ? `${reason}. ${hint}` : reason };
    return;
  }
  const window = queryWindow(metric, DateTime.now().toJSDate(), timezone);
  const result = await warehouse.query(checked, window, { timeoutMs: metric.timeoutMs, timezone });
  if (result.kind === 'failed') {
    yield { check, state: 'failed', text: result.reason };
  } else if (result.durationMs > SLOW_MS) {
    const plan = await explainSlow(warehouse, checked, window);
    const advice =
      plan.kind === 'plan' ? (plan.advice ?? 'its plan names no index that would help') : plan.reason;
    yield { check, state: 'warning', text: `takes ${(result.durationMs / SECOND).toFixed(1)} s; ${advice}` };
  } else {
    yield { check, state: 'ok', text: `${Math.round(result.durationMs)} ms` };
  }
}
