import { describe, expect, it, onTestFinished } from 'vitest';
import { startChild } from '../support/child.ts';
import {
  createEmbeddedDatabase,
  createServerDatabase,
  describeOnBothDatabases,
} from '../support/database.ts';

const OPENER = new URL('./children/open-and-close.ts', import.meta.url);

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

describe.each([
  ['embedded', createEmbeddedDatabase],
  ['server', createServerDatabase],
])('a closed database (%s)', (_kind, create) => {
  it('leaves nothing that keeps the process alive', async () => {
    const own = await create();
    onTestFinished(own.remove);
    const child = startChild(OPENER, [own.address.databaseUrl ?? '-', own.address.dataDir]);
    await child.waitFor('closed');
    const closedAt = performance.now();
    expect(await child.ended()).toBe(0);
    expect(performance.now() - closedAt).toBeLessThan(2000);
  });
});
