/** Loads a plain pg_dump, COPY sections included, and gives the rows of those sections to whoever checks against them. */
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const COPY = /^COPY (\S+) \(([^)]*)\) FROM stdin;$/;

type Section =
  | { kind: 'sql'; text: string }
  | { kind: 'copy'; statement: string; table: string; columns: string[]; lines: string[] };

/** One row of a COPY section: column → text, null for `\N`. */
export type DumpRow = Record<string, string | null>;

/** Reads a dump into its parts, in order. */
export async function readDump(file: string): Promise<Section[]> {
  const sections: Section[] = [];
  let sql: string[] = [];
  let copy: Extract<Section, { kind: 'copy' }> | undefined;
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    const start = copy ? null : COPY.exec(line);
    if (copy && line === '\\.') copy = undefined;
    else if (copy) copy.lines.push(line);
    else if (start) {
      sections.push({ kind: 'sql', text: sql.join('\n') });
      sql = [];
      const columns = (start[2] ?? '').split(',').map((name) => name.trim());
      copy = { kind: 'copy', statement: line, table: start[1] ?? '', columns, lines: [] };
      sections.push(copy);
    } else sql.push(line);
  }
  sections.push({ kind: 'sql', text: sql.join('\n') });
  return sections;
}

/** Runs a dump on a database. */
export async function loadDump(url: string, sections: readonly Section[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const section of sections) {
      if (section.kind === 'sql') await client.query(section.text);
      else if (section.lines.length > 0) {
        const lines = Readable.from([`${section.lines.join('\n')}\n`]);
        await pipeline(lines, client.query(copyFrom(section.statement.replace(/;$/, ''))));
      }
    }
  } finally {
    await client.end();
  }
}

/** Gives the rows of every section whose table's name fits. */
export function rowsOf(sections: readonly Section[], table: RegExp): DumpRow[] {
  return sections.flatMap((section) => {
    if (section.kind !== 'copy' || !table.test(section.table)) return [];
    return section.lines.map((line) => {
      const cells = line.split('\t');
      return Object.fromEntries(
        section.columns.map((name, index) => [name, cells[index] === '\\N' ? null : (cells[index] ?? null)]),
      );
    });
  });
}
