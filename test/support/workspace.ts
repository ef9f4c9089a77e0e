/** Workspaces for tests: folders of files that a test writes and changes. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const IVAN = 1001;
export const ANN = 1002;
export const VERA = 1003;
export const STRANGER = 6666;
export const ROOM = -100200;
export const OPS = -100300;

export type TestWorkspace = {
  dir: string;
  write(file: string, text: string): Promise<void>;
  remove(file: string): Promise<void>;
  close(): Promise<void>;
};

const WORKSPACE = `name: Corner Shop
timezone: Europe/Madrid
locale: en
ops_inbox: {telegram: ${OPS}}
rooms:
  - {telegram: ${ROOM}, teams: [growth]}
`;

export const OWNERS = `- {email: ivan@shop.test, name: Ivan, role: approver, teams: [growth], telegram_id: ${IVAN}}
- {email: ann@shop.test, name: Ann, role: operator, teams: [growth], telegram_id: ${ANN}, locale: ru}
- {email: vera@shop.test, name: Vera, role: viewer, telegram_id: ${VERA}}
- {email: nobody@shop.test, name: Nobody, role: operator}
`;

/** Gives a folder with people, one room and an ops inbox; `files` are added or replace those. */
export async function createWorkspace(files: Record<string, string> = {}): Promise<TestWorkspace> {
  const dir = await mkdtemp(join(tmpdir(), 'hb-workspace-'));
  const write = async (file: string, text: string): Promise<void> => {
    const path = join(dir, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  };
  const all = { 'workspace.yaml': WORKSPACE, 'owners.yaml': OWNERS, ...files };
  for (const [file, text] of Object.entries(all)) await write(file, text);
  return {
    dir,
    write,
    remove: (file) => rm(join(dir, file)),
    close: () => rm(dir, { recursive: true, force: true }),
  };
}

/** A metric file whose value is the newest row of `marts.signal` for its name; red below 3.4, amber below 4. */
export function metricFile(over: Record<string, string | null> = {}): string {
  const fields: Record<string, string | null> = {
    name: 'Checkout conversion',
    domain: 'growth',
    teams: '[growth]',
    unit: 'percent',
    period: '1s',
    direction: 'up',
    norm_value: '4',
    alert_value: '3.4',
    stale_after: '1h',
    how_to_read: 'Share of sessions with a basket that end in a paid order.',
    methodology: 'Paid orders divided by sessions with a basket.',
    sources: '[marts.signal]',
    synonyms: '[cr, checkout]',
    owner: 'ivan@shop.test',
    verification_state: 'verified',
    verified: '{by: ivan@shop.test, at: 2026-11-01}',
    sql: "select value::numeric as value from marts.signal where name = 'conversion'",
    ...over,
  };
  return Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}
