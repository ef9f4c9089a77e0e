import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/index.ts';
import { startMailServer } from '../support/mail-server.ts';
import { createEmbeddedDatabase, createServerDatabase, type OwnDatabase } from '../support/database.ts';
import { runSql } from '../support/sql.ts';
import { createWorkspace, metricFile, type TestWorkspace } from '../support/workspace.ts';
import { heartbeat } from './run.ts';

let workspace: TestWorkspace;
let embedded: OwnDatabase;
let warehouse: OwnDatabase;
let environment: Record<string, string>;

beforeAll(async () => {
  workspace = await createWorkspace({
    'metrics/conversion.yaml': metricFile({
      period: '1d',
      stale_after: null,
      sql: `|
  select date_trunc('day', at) as as_of, avg(value) as value from marts.points where at >= :from and at < :to group by 1`,
      sources: '[marts.points]',
    }),
  });
  embedded = await createEmbeddedDatabase();
  warehouse = await createServerDatabase();
  await runSql(
    warehouse.address.databaseUrl ?? '',
    'create schema marts; create table marts.points (at timestamptz, value numeric)',
  );
  await runSql(
    warehouse.address.databaseUrl ?? '',
    "insert into marts.points select day, 5 from generate_series('2026-03-01'::timestamptz, '2026-03-20', '1 day') as day",
  );
  environment = {
    HEARTBEAT_WORKSPACE: workspace.dir,
    HEARTBEAT_DATA: embedded.address.dataDir,
    MARTS_URL: warehouse.address.databaseUrl ?? '',
  };
}, 60_000);
afterAll(async () => {
  await embedded?.remove();
  await warehouse?.remove();
  await workspace?.close();
});

describe('heartbeat', () => {
  it('lists its commands, and refuses one it does not know with exit 2', async () => {
    const help = await heartbeat('--help');
    expect(help.code).toBe(0);
    for (const name of ['serve', 'check', 'schema', 'backfill', 'deliveries', 'migrate', 'doctor'])
      expect(help.out).toContain(name);
    expect(await heartbeat('chekc')).toMatchObject({ code: 2 });
  });

  it('refuses settings it cannot use in plain words, exit 2, no stack', async () => {
    const { code, err } = await heartbeat('deliveries', { ...environment, PORT: 'http' });
    expect(code).toBe(2);
    expect(err).toBe(
      'Heartbeat cannot start with these settings:\n  - PORT: must be a number from 0 to 65535.',
    );
  });
});

describe('heartbeat check', () => {
  it('is silent about good files and exits 0', async () => {
    expect(await heartbeat(`check ${workspace.dir}`)).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 errors') as string,
    });
  });

  it('names file, line, reason and hint of a bad one, as text and as JSON, and exits 2', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'hb-check-'));
    await writeFile(join(dir, 'workspace.yaml'), 'name: Shop\ntimezone: Mars/Olympus\n');
    const text = await heartbeat(`check ${dir}`);
    expect(text.code).toBe(2);
    expect(text.out).toMatch(/workspace\.yaml:2: .*Mars\/Olympus/);
    const json = await heartbeat(`check ${dir} --json`);
    expect(JSON.parse(json.out)).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([
        expect.objectContaining({ file: 'workspace.yaml', line: 2, severity: 'error' }),
      ]) as unknown,
    });
    await rm(dir, { recursive: true });
  });
});

describe('heartbeat schema', () => {
  it.each(['metric', 'cut', 'owners', 'workspace'])('prints the JSON Schema of %s', async (kind) => {
    const { code, out } = await heartbeat(`schema ${kind}`);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toHaveProperty('$schema');
    expect(await heartbeat(`schema ${kind} --json`)).toMatchObject({ code: 0, out });
  });

  it('refuses another kind', async () => {
    expect(await heartbeat('schema invoice')).toMatchObject({ code: 2 });
  });
});

describe('heartbeat migrate', () => {
  it('tells what is applied', async () => {
    const { code, out } = await heartbeat('migrate --status --json', environment);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      pending: [],
      unknown: [],
      applied: readdirSync('prisma/migrations')
        .filter((name) => /^\d/.test(name))
        .toSorted(),
    });
    expect((await heartbeat('migrate', environment)).out).toMatch(/pending: none/);
  });
});

describe('heartbeat backfill', () => {
  it('computes a series from a day on, and says how many readings', async () => {
    expect(await heartbeat('backfill --from 2026-03-01 --to 2026-03-11', environment)).toEqual({
      code: 0,
      err: '',
      out: 'conversion: 10 readings',
    });
  });

  it('refuses a day that is none, an unknown metric, and the embedded marts', async () => {
    expect(await heartbeat('backfill --from yesterday', environment)).toMatchObject({ code: 2 });
    const unknown = await heartbeat('backfill --from 2026-03-01 nope', environment);
    expect(unknown).toMatchObject({ code: 2, err: 'There is no metric nope in this workspace.' });
    const { MARTS_URL: _, ...without } = environment;
    expect((await heartbeat('backfill --from 2026-03-01', { ...without, MARTS_URL: '' })).err).toMatch(
      /MARTS_URL is not set/,
    );
  });
});

describe('heartbeat deliveries', () => {
  it('says that there are none, as text and as JSON', async () => {
    expect(
      (await heartbeat('deliveries --day today --failed --channel telegram --metric conversion', environment))
        .out,
    ).toBe('No deliveries.');
    expect((await heartbeat('deliveries --json', environment)).out).toBe('[]');
  });

  it('lists one with its place, edge and tries', async () => {
    const db = await openDatabase(embedded.address);
    await db.prisma.$executeRawUnsafe(`insert into heartbeat.delivery
      (id, workspace_id, key, edge, channel, place, lane, operation, priority, status, attempts, reason)
      values (gen_random_uuid(), 'corner_shop', 'k', 'entered_red', 'telegram', 'telegram:1', 'telegram:1', 'post', 1, 'dead', 2, 'bot was blocked')`);
    await db.close();
    expect((await heartbeat('deliveries --failed', environment)).out).toMatch(
      /dead +telegram:1 post · entered_red · tries 2 · bot was blocked/,
    );
  });

  it('refuses a limit and a day that are none', async () => {
    expect(await heartbeat('deliveries --limit 0', environment)).toMatchObject({ code: 2 });
    expect(await heartbeat('deliveries --day someday', environment)).toMatchObject({ code: 2 });
  });

  it('T22a works beside a running service on the same folder, over the service’s own database', async () => {
    const service = await openDatabase(embedded.address);
    try {
      expect(await heartbeat('deliveries --failed', environment)).toMatchObject({
        code: 0,
        out: expect.stringContaining('telegram:1') as string,
      });
    } finally {
      await service.close();
    }
  });

  it('T22a retries beside a running service too, whose outbox then sends it', async () => {
    const service = await openDatabase(embedded.address);
    try {
      const { out, code } = await heartbeat('deliveries retry --all-failed', environment);
      expect(code).toBe(0);
      expect(out).toMatch(/^[0-9a-f-]{36} is sent again$/);
      const rows = await service.prisma.delivery.findMany({ select: { status: true } });
      expect(rows).toEqual([{ status: 'pending' }]);
    } finally {
      await service.close();
    }
  });
});

describe('heartbeat doctor', () => {
  it('looks at everything and says that the role can write', async () => {
    const { code, out } = await heartbeat('doctor', environment);
    expect(out).toMatch(/✓ settings: can be used/);
    expect(out).toMatch(/✓ workspace: metrics 1, people 4, no problem/);
    expect(out).toMatch(/✓ database: up to date \(embedded/);
    expect(out).toMatch(/! warehouse: its role can write/);
    expect(out).toMatch(/✓ metric conversion: \d+ ms/);
    expect(code).toBe(0);
  });

  it('fails, exit 1, when a metric reads a column that is not there, and says it in JSON', async () => {
    await workspace.write(
      'metrics/broken.yaml',
      metricFile({ sources: '[marts.points]', sql: 'select nothing as value from marts.points' }),
    );
    const { code, out } = await heartbeat('doctor --json', environment);
    await workspace.remove('metrics/broken.yaml');
    expect(code).toBe(1);
    const findings = JSON.parse(out) as { check: string; state: string; text: string }[];
    expect(findings.find((finding) => finding.check === 'metric broken')).toMatchObject({
      state: 'failed',
      text: expect.stringContaining('nothing') as string,
    });
  });

  it('fails when the warehouse does not answer, without its password', async () => {
    const { code, out } = await heartbeat('doctor', {
      ...environment,
      MARTS_URL: 'postgresql://reader:hunter2@127.0.0.1:1/none',
    });
    expect(code).toBe(1);
    expect(out).toMatch(/✗ warehouse: /);
    expect(out).not.toContain('hunter2');
  });

  it('connects to the mail server and says what is wrong, without the password', async () => {
    const server = await startMailServer({ login: { user: 'bot', pass: 'right' } });
    const ask = (pass: string) =>
      heartbeat('doctor', {
        ...environment,
        SMTP_URL: server.url.replace('//', `//bot:${pass}@`),
        MAIL_FROM: 'hb@shop.test',
      });
    const good = await ask('right');
    const bad = await ask('hunter2');
    await server.close();
    expect(good).toMatchObject({ code: 0, out: expect.stringContaining('✓ mail: ') as string });
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(/✗ mail: .*Check user and password in SMTP_URL/);
    expect(bad.out).not.toContain('hunter2');
  });
});
