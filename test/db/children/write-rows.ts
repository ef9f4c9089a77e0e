// Opens the data folder of its first argument and writes rows until it is killed; prints each that is committed.
import { openDatabase } from '../../../src/db/index.ts';

const [, , dataDir = ''] = process.argv;
try {
  const db = await openDatabase({ databaseUrl: null, dataDir });
  process.stdout.write('open\n');
  for (let number = 1; ; number++) {
    await db.prisma.workspace.create({
      data: { id: `w${number}`, name: 'W', timezone: 'UTC', locale: 'en' },
    });
    process.stdout.write(`wrote ${number}\n`);
  }
} catch (error) {
  process.stdout.write(
    `refused ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}\n`,
  );
}
