import { beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/index.ts';
import { type JournalEntry, listJournal, recordJournal } from '../../src/journal/index.ts';
import { withEmbeddedDatabase } from '../support/database.ts';

const ACK: JournalEntry = {
  workspaceId: 'shop',
  at: new Date('2026-11-20T10:00:00Z'),
  actor: 'ivan@shop.test',
  channel: 'telegram',
  verb: 'ack',
  subject: 'alert:1042',
  before: { state: 'firing' },
  after: { state: 'acked' },
  requestId: 'r-1',
};

describe('the journal', () => {
  const database = withEmbeddedDatabase();
  const record = (entry: Partial<JournalEntry> = {}) =>
    inTransaction(database.db, (tx) => recordJournal(tx, { ...ACK, ...entry }));
  beforeEach(() => database.clear());

  it('gives back who did what, when, from where, and what it changed', async () => {
    await record();
    await record({ before: null, after: null, requestId: null, verb: 'start' });
    const { items, next } = await listJournal(database.db, { workspaceId: 'shop' });
    expect(items).toEqual([
      { ...ACK, id: '2', before: null, after: null, requestId: null, verb: 'start' },
      { ...ACK, id: '1' },
    ]);
    expect(next).toBeNull();
  });

  it('has no entry of an act that was rolled back', async () => {
    const act = inTransaction(database.db, async (tx) => {
      await recordJournal(tx, ACK);
      throw new Error('the act failed');
    });
    await expect(act).rejects.toThrow('the act failed');
    expect((await listJournal(database.db, { workspaceId: 'shop' })).items).toEqual([]);
  });

  it('pages from the newest to the oldest without gaps', async () => {
    for (let number = 1; number <= 5; number++) await record({ subject: `alert:${number}` });
    const first = await listJournal(database.db, { workspaceId: 'shop', limit: 2 });
    const second = await listJournal(database.db, {
      workspaceId: 'shop',
      limit: 2,
      cursor: first.next ?? '',
    });
    const third = await listJournal(database.db, {
      workspaceId: 'shop',
      limit: 2,
      cursor: second.next ?? '',
    });
    const subjects = [first, second, third].map(({ items }) => items.map(({ subject }) => subject));
    expect(subjects).toEqual([['alert:5', 'alert:4'], ['alert:3', 'alert:2'], ['alert:1']]);
    expect(third.next).toBeNull();
  });

  it('filters by subject, actor and verb, and never shows another workspace', async () => {
    await record();
    await record({ workspaceId: 'other' });
    await record({ subject: 'alert:7' });
    await record({ actor: 'api:ci' });
    await record({ verb: 'snooze' });
    const count = async (filter: object) =>
      (await listJournal(database.db, { workspaceId: 'shop', ...filter })).items.length;
    expect(await count({})).toBe(4);
    expect(await count({ subject: 'alert:7' })).toBe(1);
    expect(await count({ actor: 'api:ci' })).toBe(1);
    expect(await count({ verb: 'snooze' })).toBe(1);
  });

  it('gives the first page for a cursor that is none, and one entry for a limit below one', async () => {
    await record();
    await record();
    expect((await listJournal(database.db, { workspaceId: 'shop', cursor: 'x' })).items).toHaveLength(2);
    expect((await listJournal(database.db, { workspaceId: 'shop', limit: 0 })).items).toHaveLength(1);
  });
});
