import type { History } from '../alerts/index.ts';
import { sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';

/** A year of minutes, and a little more: 10 MB. Of a metric that is computed more often the newest are read. */
export const HISTORY_MAX_READINGS = 540_000;
/** A page takes the database and this thread some 20 ms. */
const PAGE_READINGS = 5000;

export type HistoryWindow = {
  metricId: string;
  from: Date;
  to: Date;
  /** added to each `as_of` */ lagMs: number;
};

/**
 * Reads the values of [from, to) that count, page by page from the newest, and gives them oldest first: of each `as_of` the one
 * that was computed last. At most 540,000.
 */
export async function readHistory(
  { db, workspaceId }: Pick<Deps, 'db' | 'workspaceId'>,
  { metricId, from, to, lagMs }: HistoryWindow,
): Promise<History> {
  const pages: Page[] = [];
  let count = 0;
  for (let before = to; count < HISTORY_MAX_READINGS;) {
    const page = await readPage(db, { workspaceId, metricId, from, before });
    pages.push(page);
    count += page.length;
    const last = page.at(-1);
    if (!last || page.length < PAGE_READINGS) break;
    before = new Date(last[0]);
  }
  return toHistory(pages, count, lagMs);
}

/** Pairs of epoch milliseconds and value, newest first. */
type Page = readonly (readonly [number, number])[];

type PageRequest = { workspaceId: string; metricId: string; from: Date; before: Date };

/** As one JSON text: a row for each reading would take five times as long. */
async function readPage(db: Deps['db'], { workspaceId, metricId, from, before }: PageRequest): Promise<Page> {
  const rows = await db.prisma.$queryRaw<{ page: Page | null }[]>(sql`
    select json_agg(json_build_array(round(extract(epoch from as_of) * 1000), value)) as page
    from (
      select distinct on (as_of) as_of, value from heartbeat.metric_history
      where workspace_id = ${workspaceId} and metric = ${metricId}
        and as_of >= ${from}::timestamptz and as_of < ${before}::timestamptz
      order by as_of desc, computed_at desc, id desc limit ${PAGE_READINGS}::int) readings`);
  return rows[0]?.page ?? [];
}

function toHistory(pages: readonly Page[], count: number, lagMs: number): History {
  const [atMs, values] = [new Float64Array(count), new Float64Array(count)];
  let index = count;
  for (const page of pages) {
    for (const [at, value] of page) {
      index -= 1;
      atMs[index] = at + lagMs;
      values[index] = value;
    }
  }
  return { atMs, values };
}
