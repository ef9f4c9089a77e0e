import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import { HOUR, MINUTE } from '../lib/time.ts';
import type { WorkspaceChecks } from './checks.ts';
import { canonicalMoment } from './file-values.ts';
import { errorAt, type Finding, hasError, type Parsed, quoted, warningAt } from './finding.ts';
import { slugOf } from './names.ts';
import { parseSchemaFile, type SchemaFile } from './parse-file.ts';
import { CRON_HINT, cronReason, durationMs, trimmed } from './parse-metric.ts';
import type { Hooks, MaintenanceWindow, RoomAddress, Workspace, WorkspacePolicies } from './types.ts';
import { WorkspaceFile } from './workspace-file.ts';
import type { YamlTree } from './yaml-tree.ts';
import { zoneFindings } from './zone-findings.ts';

const DEFAULT_TIMEZONE = 'UTC';
const DEFAULT_STORM = { moreThan: 5, withinMs: MINUTE };
const DEFAULT_ESCALATE_AFTER_MS = 15 * MINUTE;
const DEFAULT_ACK_TIMEOUT_MS = 4 * HOUR;
const DEFAULT_ESCALATION = ['owner', 'rooms', 'ops'] as const;

type Checks = Pick<WorkspaceChecks, 'checkCron'>;

/** Reads the text of workspace.yaml; `lineOf` knows where its keys stand. */
export function parseWorkspace(
  text: string,
  checks: Checks,
): Parsed<{ workspace: Workspace; lineOf: YamlTree['lineOf'] }> {
  const { value, findings } = parseSchemaFile(text, 'workspace', WorkspaceFile);
  if (!value) return { value: null, findings };
  const { data, tree } = value;
  const timezone = data.timezone ?? DEFAULT_TIMEZONE;
  findings.push(
    ...zoneFindings(data.timezone, tree.lineOf(['timezone'])),
    ...roomFindings(value),
    ...opsFindings(value),
  );
  if (!hasError(findings)) findings.push(...maintenanceFindings(value, timezone, checks));
  if (hasError(findings)) return { value: null, findings };
  const workspace: Workspace = {
    id: data.id ?? slugOf(data.name) ?? hashedId(data.name),
    name: data.name.trim(),
    timezone,
    locale: data.locale ?? 'en',
    opsInbox: {
      email: data.ops_inbox?.email?.toLowerCase() ?? null,
      telegram: data.ops_inbox?.telegram ?? null,
      slack: data.ops_inbox?.slack ?? null,
      hooks: readHooks(data.ops_inbox),
    },
    rooms: data.rooms?.map(readRoom) ?? [],
    policies: readPolicies(data.policies),
    maintenance: data.maintenance?.map(readMaintenance) ?? [],
  };
  return { value: { workspace, lineOf: tree.lineOf }, findings };
}

function readRoom(room: NonNullable<WorkspaceFile['rooms']>[number]): RoomAddress {
  return {
    telegram: room.telegram ?? null,
    telegramTopic: room.telegram_topic ?? null,
    slack: room.slack ?? null,
    hooks: readHooks(room),
    teams: trimmed(room.teams),
  };
}

function readHooks(of: NonNullable<WorkspaceFile['ops_inbox']> | undefined): Hooks {
  return { webhook: of?.webhook ?? null, msteams: of?.msteams ?? null, discord: of?.discord ?? null };
}

function readPolicies(policies: WorkspaceFile['policies']): WorkspacePolicies {
  return {
    storm: {
      moreThan: policies?.storm?.more_than ?? DEFAULT_STORM.moreThan,
      withinMs: durationMs(policies?.storm?.within) ?? DEFAULT_STORM.withinMs,
    },
    escalateAfterMs: durationMs(policies?.escalate_after) ?? DEFAULT_ESCALATE_AFTER_MS,
    ackTimeoutMs: durationMs(policies?.ack_timeout) ?? DEFAULT_ACK_TIMEOUT_MS,
    escalation: policies?.escalation?.map((rung) => rung.toLowerCase()) ?? DEFAULT_ESCALATION,
    inline: policies?.inline ?? false,
    selfWatch: policies?.self_watch ?? false,
  };
}

function readMaintenance(window: NonNullable<WorkspaceFile['maintenance']>[number]): MaintenanceWindow {
  return {
    name: window.name.trim(),
    from: window.from ? (canonicalMoment(window.from) ?? null) : null,
    to: window.to ? (canonicalMoment(window.to) ?? null) : null,
    cron: window.cron ?? null,
    for: window.for ?? null,
    metrics: window.metrics ?? [],
    domains: window.domains ?? [],
    sources: trimmed(window.sources),
  };
}

function roomFindings({ data, tree }: SchemaFile<WorkspaceFile>): Finding[] {
  return (data.rooms ?? []).flatMap((room, index) => {
    const line = tree.lineOf(['rooms', index]);
    const addresses = [room.telegram, room.slack, room.webhook, room.msteams, room.discord];
    if (addresses.every((address) => address === undefined)) {
      return [errorAt(line, 'This room has no address.', 'Add the chat it stands for: telegram, slack, …')];
    }
    if (room.telegram_topic !== undefined && room.telegram === undefined) {
      return [errorAt(line, 'telegram_topic is set without telegram.', 'Add the number of the group.')];
    }
    return [];
  });
}

function opsFindings({ data, tree }: SchemaFile<WorkspaceFile>): Finding[] {
  if (data.ops_inbox && Object.keys(data.ops_inbox).length > 0) return [];
  const reason = 'There is no ops_inbox, so alerts of metrics without an owner reach nobody.';
  return [warningAt(tree.lineOf(['ops_inbox']), reason, 'Add ops_inbox: {email: …} or {telegram: …}.')];
}

function maintenanceFindings(
  { data, tree }: SchemaFile<WorkspaceFile>,
  zone: string,
  { checkCron }: Checks,
): Finding[] {
  return (data.maintenance ?? []).flatMap((window, index) => {
    const line = tree.lineOf(['maintenance', index]);
    const label = `maintenance ${quoted(window.name)}`;
    const isSpan = window.from !== undefined && window.to !== undefined;
    const isCron = window.cron !== undefined && window.for !== undefined;
    const parts = [window.from, window.to, window.cron, window.for].filter((part) => part !== undefined);
    if (parts.length !== 2 || isSpan === isCron) {
      return [errorAt(line, `${label} has no clear time.`, 'Give from and to, or cron and for.')];
    }
    if (isSpan) return spanFindings(window, { label, zone, tree, index });
    const wrong = checkCron(window.cron ?? '', zone);
    if (wrong === null) return [];
    return [
      errorAt(
        tree.lineOf(['maintenance', index, 'cron']),
        cronReason('cron', window.cron ?? '', wrong),
        CRON_HINT,
      ),
    ];
  });
}

function spanFindings(
  { from = '', to = '' }: { from?: string | undefined; to?: string | undefined },
  { label, zone, tree, index }: { label: string; zone: string; tree: YamlTree; index: number },
): Finding[] {
  const findings: Finding[] = [];
  for (const [key, text] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (canonicalMoment(text)) continue;
    const reason = `${key} ${quoted(text)} is a time that does not exist.`;
    findings.push(
      errorAt(tree.lineOf(['maintenance', index, key]), reason, 'Write it like 2026-12-01T22:00.'),
    );
  }
  const [start, end] = [from, to].map((text) =>
    DateTime.fromISO(canonicalMoment(text) ?? '', { zone }).toMillis(),
  );
  if (start !== undefined && end !== undefined && end <= start) {
    findings.push(
      errorAt(
        tree.lineOf(['maintenance', index, 'to']),
        `${label} ends before it starts.`,
        'Swap from and to.',
      ),
    );
  }
  return findings;
}

/** The id of a workspace whose name has no letter that a slug can use. */
function hashedId(name: string): string {
  return `workspace_${createHash('sha256').update(name.trim()).digest('hex').slice(0, 8)}`;
}
