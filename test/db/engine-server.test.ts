import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/index.ts';
import { withEmbeddedDatabase } from '../support/database.ts';

describe('clients of the embedded engine', () => {
  const database = withEmbeddedDatabase();

  it('keep their statements apart, however many ask at once', async () => {
    const { prisma } = database.db;
    const asks = Array.from({ length: 30 }, async (_, n) => {
      switch (n % 3) {
        case 0:
          return prisma.$queryRawUnsafe<object[]>('select $1::int as a', n);
        case 1:
          return prisma.$queryRawUnsafe<object[]>(
            'select $1::text as a, $2::int + $3::int as b',
            `t${n}`,
            n,
            1,
          );
        default:
          return inTransaction(database.db, async (tx) =>
            tx.$queryRawUnsafe<object[]>('select $1::uuid as a', '00000000-0000-4000-8000-000000000000'),
          );
      }
    });
    const answers = await Promise.all(asks);
    expect(answers[3]).toEqual([{ a: 3 }]);
    expect(answers[4]).toEqual([{ a: 't4', b: 5 }]);
    expect(answers[5]).toEqual([{ a: '00000000-0000-4000-8000-000000000000' }]);
  });
});
