import { MINUTE, parseDuration } from '../lib/time.ts';
import { canonicalMoment, isDay, parseUnit } from './file-values.ts';
import { errorAt, type Finding, quoted, warningAt } from './finding.ts';
import type { MetricFile } from './metric-file.ts';
import type { YamlTree } from './yaml-tree.ts';

const MAX_TIMEOUT_MS = MINUTE;

type File = { data: MetricFile; tree: YamlTree };

/** Finds what is wrong with a metric that fits its schema: values that do not exist, and lines that contradict each other. */
export function metricFindings({ data, tree }: File): Finding[] {
  return [
    ...unitFindings(data, tree),
    ...timeoutFindings(data, tree),
    ...lineFindings(data, tree),
    ...bandFindings(data, tree),
    ...verifiedFindings(data, tree),
    ...targetFindings(data, tree),
  ];
}

function unitFindings({ unit }: MetricFile, tree: YamlTree): Finding[] {
  if (parseUnit(unit)) return [];
  const reason = `unit ${quoted(unit)} names a currency that does not exist.`;
  return [errorAt(tree.lineOf(['unit']), reason, 'Use its ISO 4217 code, such as currency:EUR.')];
}

function timeoutFindings({ timeout }: MetricFile, tree: YamlTree): Finding[] {
  if (timeout === undefined || (parseDuration(timeout)?.ms ?? 0) <= MAX_TIMEOUT_MS) return [];
  const hint = 'Give it less, and put what takes longer into a table of its own.';
  return [errorAt(tree.lineOf(['timeout']), `timeout ${timeout} is more than 60s.`, hint)];
}

function lineFindings(
  { norm_value: norm, alert_value: alert, direction }: MetricFile,
  tree: YamlTree,
): Finding[] {
  if (norm == null || alert == null || !isBetter(alert, norm, direction)) return [];
  const other = direction === 'up' ? 'down' : 'up';
  const reason = `alert_value ${alert} is better than norm_value ${norm}, but direction is ${direction}.`;
  return [errorAt(tree.lineOf(['alert_value']), reason, `Swap them or set direction: ${other}.`)];
}

function bandFindings(data: MetricFile, tree: YamlTree): Finding[] {
  const { band, direction } = data;
  const findings: Finding[] = [];
  for (const level of ['norm', 'alert'] as const) {
    const recovery = band?.[level];
    const line = data[`${level}_value`];
    if (recovery == null) continue;
    const at = tree.lineOf(['band', level]);
    if (line == null) {
      findings.push(
        errorAt(
          at,
          `band.${level} is set without ${level}_value.`,
          `Add ${level}_value or remove band.${level}.`,
        ),
      );
    } else if (isBetter(line, recovery, direction)) {
      const reason = `band.${level} ${recovery} is worse than ${level}_value ${line}, so a level would be left before it is over.`;
      const side = direction === 'up' ? 'or more' : 'or less';
      findings.push(errorAt(at, reason, `Set it to ${line} ${side}.`));
    }
  }
  if (band?.norm != null && band.alert != null && isBetter(band.alert, band.norm, direction)) {
    const reason = `band.alert ${band.alert} is better than band.norm ${band.norm}, so red would last longer than amber.`;
    findings.push(warningAt(tree.lineOf(['band', 'alert']), reason, 'Swap them.'));
  }
  return findings;
}

function isBetter(value: number, than: number, direction: 'up' | 'down'): boolean {
  return direction === 'up' ? value > than : value < than;
}

/** Finds what is wrong with what a metric or cut says of its verification. */
export function verifiedFindings(
  {
    verification_state: state,
    verified,
  }: Pick<MetricFile, 'verified'> & { verification_state?: string | undefined },
  tree: YamlTree,
): Finding[] {
  if (verified && !canonicalMoment(verified.at)) {
    const reason = `verified.at ${quoted(verified.at)} is a time that does not exist.`;
    return [errorAt(tree.lineOf(['verified', 'at']), reason, 'Write it like 2026-11-01.')];
  }
  if (state !== 'verified' || verified) return [];
  const hint = 'Add verified: {by: <e-mail>, at: <date>}, or set verification_state: unverified.';
  const reason = 'verification_state is verified, but nobody says who verified it and when.';
  return [errorAt(tree.lineOf(['verification_state']), reason, hint)];
}

function targetFindings({ target_due: due, target_value: target }: MetricFile, tree: YamlTree): Finding[] {
  if (due == null) return [];
  const line = tree.lineOf(['target_due']);
  if (!isDay(due))
    return [
      errorAt(line, `target_due ${quoted(due)} is a day that does not exist.`, 'Write it like 2026-12-31.'),
    ];
  return target == null
    ? [warningAt(line, 'target_due is set without target_value.', 'Add target_value or remove it.')]
    : [];
}
