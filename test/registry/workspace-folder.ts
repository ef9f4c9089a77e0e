import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { checkWorkspace, formatProblem, type WorkspaceChecks } from '../../src/registry/index.ts';

/** Files of a folder by path: text or bytes. */
export type Files = Record<string, string | Uint8Array>;

export const WORKSPACE = `name: Corner Shop
timezone: Europe/Madrid
locale: en
ops_inbox: {email: ops@shop.test}
`;

export const OWNERS = `- email: ivan@shop.test
  name: Ivan
  role: approver
  telegram_id: 1001
- email: ann@shop.test
  role: operator
`;

export const METRIC = `name: Checkout conversion
domain: growth
unit: percent
period: 1h
direction: up
norm_value: 4.0
alert_value: 3.4
how_to_read: Share of baskets that end in a paid order.
methodology: Paid orders divided by sessions with a basket.
sources: [marts.orders]
owner: ivan@shop.test
verification_state: verified
verified: {by: ivan@shop.test, at: 2026-11-01}
sql: |
  select 1 as value
  from marts.orders
`;

export const CUT = `title: Conversion by device
page: checkout
chart: bars
sql: |
  select device as dim, 1 as value from marts.orders
`;

/** A whole, small workspace: one metric named checkout. */
export const FILES: Files = {
  'workspace.yaml': WORKSPACE,
  'owners.yaml': OWNERS,
  'metrics/checkout.yaml': METRIC,
};

/** Makes a folder with these files; it goes away with the test. */
export function makeFolder(files: Files): string {
  const dir = mkdtempSync(join(tmpdir(), 'hb-workspace-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  writeFiles(dir, files);
  return dir;
}

/** Writes files below a folder. */
export function writeFiles(dir: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
}

/** Changes one line of a file's text: the line that starts with `start` becomes `line`, or goes away. */
export function withLine(text: string, start: string, line: string | null): string {
  const lines = text.split('\n');
  const index = lines.findIndex((one) => one.startsWith(start));
  if (index === -1) throw new Error(`No line starts with ${start}.`);
  lines.splice(index, 1, ...(line === null ? [] : line.split('\n')));
  return lines.join('\n');
}

const HOUR_MS = 3_600_000;

/** Checks that know a little: cron of five fields, SQL without the word "drop". */
export const checks: WorkspaceChecks = {
  checkCron: (cron) => (cron.split(' ').length === 5 ? null : 'Expected five fields.'),
  cronGapMs: (cron) => (cron === '17 * * * *' ? HOUR_MS : 72 * HOUR_MS),
  checkSql: (sql) =>
    sql
      .split('\n')
      .flatMap((text, index) =>
        text.includes('drop')
          ? [{ reason: 'the statement is DROP, not SELECT', hint: 'Give one SELECT', line: index + 1 }]
          : [],
      ),
};

/** What the check of a small workspace says when some of its files are replaced. */
export async function problemsOf(files: Files, prepare?: (dir: string) => void): Promise<string[]> {
  const dir = makeFolder({ ...FILES, ...files });
  prepare?.(dir);
  const { problems } = await checkWorkspace(dir, checks);
  return problems.map(formatProblem);
}
