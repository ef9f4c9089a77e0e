import { parseDuration, SECOND } from '../lib/time.ts';
import type { WorkspaceChecks } from './checks.ts';
import { canonicalMoment, parsePeriod, parseUnit, periodOfGap } from './file-values.ts';
import { errorAt, type Finding, hasError, type Parsed, quoted, warningAt } from './finding.ts';
import { MetricFile } from './metric-file.ts';
import { metricFindings } from './metric-rules.ts';
import { parseSchemaFile } from './parse-file.ts';
import { findSqlSource, type SqlSource } from './sql-source.ts';
import type { Metric, Period } from './types.ts';
import type { YamlTree } from './yaml-tree.ts';

const DEFAULT_DOMAIN = 'general';
const DEFAULT_TIMEOUT_MS = 10 * SECOND;
const STALE_AFTER_PERIODS = 2;

/** A metric whose SQL is yet to be read; `lineOf` knows where its keys stand. */
export type MetricDraft = {
  metric: Omit<Metric, 'sql' | 'definitionHash'>;
  sql: SqlSource;
  lineOf: YamlTree['lineOf'];
};

type Where = {
  id: string;
  file: string;
  zone: string;
  checks: Pick<WorkspaceChecks, 'checkCron' | 'cronGapMs'>;
};

/** Reads the text of a metric file, all but its SQL. */
export function parseMetric(text: string, where: Where): Parsed<MetricDraft> {
  const { value, findings } = parseSchemaFile(text, 'metric', MetricFile);
  if (!value) return { value: null, findings };
  const { data, tree } = value;
  findings.push(...metricFindings(value));
  const period = readPeriod(value, where, findings);
  const unit = parseUnit(data.unit);
  if (!period || !unit || hasError(findings)) return { value: null, findings };
  const staleAfterMs = durationMs(data.stale_after) ?? STALE_AFTER_PERIODS * period.ms;
  if (staleAfterMs < period.ms) {
    const reason = `stale_after ${data.stale_after} is shorter than the period ${period.text}.`;
    findings.push(
      warningAt(tree.lineOf(['stale_after']), reason, 'It will be stale before its next value is due.'),
    );
  }
  const metric: MetricDraft['metric'] = {
    id: where.id,
    file: where.file,
    period,
    unit,
    staleAfterMs,
    schedule: data.schedule?.trim() ?? null,
    scheduleOnly: data.schedule !== undefined && data.period === undefined,
    ...readWords(data),
    ...readLines(data),
    timeoutMs: durationMs(data.timeout) ?? DEFAULT_TIMEOUT_MS,
    correctionMs: durationMs(data.correction) ?? 0,
    ...readOwnership(data),
    cuts: data.cuts ?? [],
  };
  return { value: { metric, sql: findSqlSource(data, tree), lineOf: tree.lineOf }, findings };
}

function readPeriod(
  { data, tree }: { data: MetricFile; tree: YamlTree },
  where: Where,
  findings: Finding[],
): Period | undefined {
  const { zone, checks } = where;
  const given = data.period === undefined ? undefined : parsePeriod(data.period);
  const schedule = data.schedule?.trim();
  if (schedule === undefined) return given;
  const wrong = checks.checkCron(schedule, zone);
  if (wrong !== null) {
    findings.push(errorAt(tree.lineOf(['schedule']), cronReason('schedule', schedule, wrong), CRON_HINT));
    return undefined;
  }
  return given ?? periodOfGap(checks.cronGapMs(schedule, zone));
}

/** What cron looks like, as a hint. */
export const CRON_HINT =
  'Write minute, hour, day, month, weekday: "17 * * * *" is 17 minutes past every hour.';

/** Says what is wrong with cron in one sentence. */
export function cronReason(key: string, cron: string, wrong: string): string {
  return `${key} ${quoted(cron)} is not cron: ${quoted(wrong).replace(/\.$/, '')}.`;
}

function readWords(data: MetricFile) {
  return {
    name: data.name.trim(),
    domain: data.domain ?? DEFAULT_DOMAIN,
    teams: trimmed(data.teams),
    tags: trimmed(data.tags),
    howToRead: data.how_to_read.trim(),
    methodology: data.methodology.trim(),
    sources: trimmed(data.sources),
    notes: data.notes?.trim() ?? null,
    synonyms: trimmed(data.synonyms),
    runbook: data.runbook ?? null,
  };
}

function readLines(data: MetricFile) {
  return {
    direction: data.direction,
    norm: data.norm_value ?? null,
    alert: data.alert_value ?? null,
    target: data.target_value ?? null,
    targetDue: data.target_due ?? null,
    hysteresis: { enter: data.hysteresis?.enter ?? 1, leave: data.hysteresis?.leave ?? 1 },
    band: { norm: data.band?.norm ?? null, alert: data.band?.alert ?? null },
  };
}

type Ownership = {
  owner?: string | undefined;
  verification_state?: 'verified' | 'unverified' | undefined;
} & Pick<MetricFile, 'verified'>;

/** Reads who answers for a metric or cut, and what its file says of its verification. */
export function readOwnership({ owner, verification_state: declared, verified }: Ownership) {
  return {
    owner: owner?.toLowerCase() ?? null,
    declared: declared ?? 'unverified',
    verified: verified
      ? { by: verified.by.toLowerCase(), at: canonicalMoment(verified.at) ?? verified.at }
      : null,
  };
}

/** Gives texts without spaces around them and without repetitions. */
export function trimmed(texts: readonly string[] | undefined): string[] {
  return [...new Set(texts?.map((text) => text.trim()))];
}

/** Gives the milliseconds of a duration that fits the schema; undefined when there is none. */
export function durationMs(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDuration(text)?.ms;
}
