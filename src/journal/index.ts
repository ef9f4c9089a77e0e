/**
 * Append-only record of what people and the bot did. In: one entry, inside the transaction of the act itself. Out: entries,
 * newest first, in pages. Nothing here changes or removes an entry.
 */
import { type Db, Prisma, type Tx } from '../db/index.ts';

/** One act: who did what to which thing, when, and from where. */
export type JournalEntry = {
  workspaceId: string;
  at: Date;
  /** a person's e-mail, `api:<name>` or `heartbeat` */
  actor: string;
  /** telegram, slack, mail, api, cli, … */
  channel: string;
  /** ack, snooze, link, verify, … */
  verb: string;
  /** what it was done to, such as `alert:1042` or `metric:checkout_conversion` */
  subject: string;
  /** the parts of the subject that changed; null when there was nothing */
  before: Prisma.InputJsonObject | null;
  after: Prisma.InputJsonObject | null;
  requestId: string | null;
};

/** Whose act it is: a command's caller. */
type Author = Pick<JournalEntry, 'workspaceId' | 'actor' | 'channel'> & { requestId: string };

/** What was done, and when. */
export type Act = Pick<JournalEntry, 'at' | 'verb' | 'subject' | 'before' | 'after'>;

export type RecordedEntry = Omit<JournalEntry, 'before' | 'after'> & {
  id: string;
  before: Prisma.JsonValue;
  after: Prisma.JsonValue;
};

export type JournalFilter = {
  workspaceId: string;
  subject?: string;
  actor?: string;
  verb?: string;
  /** entries per page, at most 200; 50 unless given */
  limit?: number;
  /** `next` of the page before */
  cursor?: string;
};

const PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 200;

/** Writes one entry; with the transaction of the act, both exist or neither. */
export async function recordJournal(tx: Tx, { before, after, ...entry }: JournalEntry): Promise<void> {
  await tx.journal.create({
    data: { ...entry, before: before ?? Prisma.DbNull, after: after ?? Prisma.DbNull },
    select: { id: true },
  });
}

/** Writes what somebody did, as `recordJournal` does. */
export async function recordAct(tx: Tx, author: Author, act: Act): Promise<void> {
  const { workspaceId, actor, channel, requestId } = author;
  await recordJournal(tx, { ...act, workspaceId, actor, channel, requestId });
}

/** Writes entries of one act upon many things, in one statement. */
export async function recordJournals(tx: Tx, entries: readonly JournalEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await tx.journal.createMany({
    data: entries.map(({ before, after, ...entry }) => ({
      ...entry,
      before: before ?? Prisma.DbNull,
      after: after ?? Prisma.DbNull,
    })),
  });
}

/** Lists entries, newest first; `next` is null on the last page. An unreadable cursor gives the first page. */
export async function listJournal(
  db: Pick<Db, 'prisma'>,
  { limit = PAGE_SIZE, cursor, ...filter }: JournalFilter,
): Promise<{ items: RecordedEntry[]; next: string | null }> {
  const size = Math.min(Math.max(1, Math.trunc(limit)), MAX_PAGE_SIZE);
  const rows = await db.prisma.journal.findMany({
    where: { ...filter, ...(cursor && /^\d{1,18}$/.test(cursor) ? { id: { lt: BigInt(cursor) } } : {}) },
    orderBy: { id: 'desc' },
    take: size + 1,
  });
  const items = rows.slice(0, size).map((row) => ({ ...row, id: String(row.id) }));
  return { items, next: rows.length > size ? (items.at(-1)?.id ?? null) : null };
}
