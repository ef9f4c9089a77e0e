import { describe, expect, it } from 'vitest';
import { empty, inTransaction, join, raw, sql, type Tx } from '../../src/db/index.ts';
import { describeOnBothDatabases, withServerDatabase } from '../support/database.ts';

const ROWS = ['a', 'b'];

describe("transactions that get in each other's way", () => {
  const database = withServerDatabase();
  const rename = (tx: Tx, id: string, name: string) => tx.workspace.update({ where: { id }, data: { name } });

  /** Each of two transactions locks one row and then wants the other's: PostgreSQL ends one of them. */
  async function deadlock(
    retries: number,
  ): Promise<{ attempts: number; outcomes: PromiseSettledResult<void>[] }> {
    await database.clear();
    await database.db.prisma.workspace.createMany({
      data: ROWS.map((id) => ({ id, name: id, timezone: 'UTC', locale: 'en' })),
    });
    const bothLocked = Promise.withResolvers<void>();
    let locked = 0;
    let attempts = 0;
    const run = (order: readonly string[]) =>
      inTransaction(
        database.db,
        async (tx) => {
          attempts += 1;
          for (const id of order) {
            await rename(tx, id, order.join(''));
            locked += 1;
            if (locked === 2) bothLocked.resolve();
            await bothLocked.promise;
          }
        },
        { retries },
      );
    const outcomes = await Promise.allSettled([run(ROWS), run(ROWS.toReversed())]);
    return { attempts, outcomes };
  }

  it('are tried again until both have worked', async () => {
    const { attempts, outcomes } = await deadlock(3);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(attempts).toBe(3);
  });

  it('fail with the conflict when they may not be tried again', async () => {
    const { attempts, outcomes } = await deadlock(0);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(attempts).toBe(2);
  });

  it('are also tried again when plain SQL met the conflict', async () => {
    let attempts = 0;
    await inTransaction(database.db, async (tx) => {
      attempts += 1;
      if (attempts === 1)
        await tx.$executeRaw`do $$ begin raise exception 'lost a race' using errcode = '40001'; end $$`;
    });
    expect(attempts).toBe(2);
  });

  it('are given up when the database does not let one go on in time', async () => {
    const slow = inTransaction(database.db, (tx) => tx.$executeRaw`select pg_sleep(2)`, { timeoutMs: 200 });
    await expect(slow).rejects.toMatchObject({ name: 'UnavailableError', code: 'database_unavailable' });
  });
});

describeOnBothDatabases('a transaction', (database) => {
  const create = (tx: Tx, id: string) =>
    tx.workspace.create({ data: { id, name: id, timezone: 'UTC', locale: 'en' } });

  it('gives what its work gives, and keeps nothing of work that throws', async () => {
    expect(await inTransaction(database.db, async (tx) => (await create(tx, 'kept')).id)).toBe('kept');
    const failing = inTransaction(database.db, async (tx) => {
      await create(tx, 'lost');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await database.db.prisma.workspace.findMany({ select: { id: true } })).toEqual([{ id: 'kept' }]);
  });

  it('runs fifty at a time', async () => {
    await database.clear();
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => inTransaction(database.db, (tx) => create(tx, `w${n}`))),
    );
    expect(await database.db.prisma.workspace.count()).toBe(50);
  });

  it('takes statements made of parts', async () => {
    const ids = sql`where id in (${join(['w1', 'w2'])})`;
    const rows = await database.db.prisma.$queryRaw(
      sql`select id from heartbeat.workspace ${ids} ${empty} order by ${raw('id')}`,
    );
    expect(rows).toEqual([{ id: 'w1' }, { id: 'w2' }]);
  });
});
