import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../support/database.ts';

describeOnBothDatabases('an opened database', (database) => {
  it('answers a ping and keeps what is written', async () => {
    await database.db.ping(1000);
    await database.db.prisma.workspace.create({
      data: { id: 'w', name: 'W', timezone: 'UTC', locale: 'en' },
    });
    expect(await database.db.prisma.workspace.count()).toBe(1);
    await database.clear();
    expect(await database.db.prisma.workspace.count()).toBe(0);
  });
});
