import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, sql, type Db } from '../../src/db/index.ts';
import { listJournal } from '../../src/journal/index.ts';
import { insertDelivery, insertTry } from '../delivery/rows.ts';
import { createServerDatabase, type OwnDatabase } from '../support/database.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { heartbeat } from './run.ts';

const WORKSPACE = 'corner_shop';
let workspace: TestWorkspace;
let own: OwnDatabase;
let db: Db;
let environment: Record<string, string>;

beforeAll(async () => {
  workspace = await createWorkspace();
  own = await createServerDatabase();
  db = await openDatabase(own.address);
  environment = {
    HEARTBEAT_WORKSPACE: workspace.dir,
    HEARTBEAT_DATA: `${workspace.dir}/.data`,
    DATABASE_URL: own.address.databaseUrl ?? '',
  };
}, 60_000);
afterAll(async () => {
  await db.close();
  await own.remove();
  await workspace.close();
});
beforeEach(async () => {
  await db.prisma.$executeRaw(sql`delete from heartbeat.delivery`);
  await db.prisma.$executeRaw(sql`delete from heartbeat.journal`);
});

const insert = (over: Parameters<typeof insertDelivery>[1] = {}): Promise<string> =>
  insertDelivery(db, { workspaceId: WORKSPACE, ...over });
const statusOf = async (id: string): Promise<string | undefined> => {
  const row = await db.prisma.delivery.findUnique({ where: { id }, select: { status: true } });
  return row?.status;
};

describe('heartbeat deliveries', () => {
  it('narrows by day, channel, failure and alert, and prints what the API gives', async () => {
    const alertId = randomUUID();
    await db.prisma.$executeRaw(sql`
      insert into heartbeat.alerts (id, workspace_id, number, metric_id, level, state, version, worst_level, opened_at)
      values (${alertId}::uuid, ${WORKSPACE}, 1042, 'conversion', 'red', 'firing', 1, 'red', now()) on conflict do nothing`);
    const wanted = await insert({
      alertId,
      status: 'dead',
      createdAt: '2026-11-20T00:30:00+01:00',
      place: 'mail:a@b.test',
    });
    await insert({ alertId, status: 'dead', createdAt: '2026-11-19T23:30:00+01:00', place: 'mail:a@b.test' });
    await insert({ alertId, status: 'sent', createdAt: '2026-11-20T12:00:00Z', place: 'mail:a@b.test' });
    await insert({ status: 'dead', createdAt: '2026-11-20T12:00:00Z', place: 'telegram:1' });
    const { out, code } = await heartbeat(
      'deliveries --day 2026-11-20 --channel mail --failed --alert A-1042 --json',
      environment,
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([
      { id: wanted, alert: 'A-1042', alert_id: alertId, status: 'dead', channel: 'mail', tries: [] },
    ]);
    const misspelt = await heartbeat('deliveries --channel telegramm', environment);
    expect(misspelt).toMatchObject({
      code: 2,
      err: expect.stringMatching(/Allowed choices are telegram, slack/),
    });
    const unknown = await heartbeat('deliveries --alert A-9', environment);
    expect(unknown).toMatchObject({
      code: 2,
      err: 'There is no alert A-9. Write its number, such as A-1042.',
    });
  });

  it('says what is held, late, and maybe sent', async () => {
    await insert({ status: 'held', reason: 'quiet hours', heldUntil: '2026-11-21T06:00:00Z' });
    const late = await insert({ status: 'sent', maybeSent: true });
    await insertTry(db, late, { number: 1, outcome: 'wait' });
    const { out } = await heartbeat('deliveries', environment);
    expect(out).toMatch(/held until 2026-11-21T06:00:00\S* · quiet hours/);
    expect(out).toMatch(/sent .* · delayed by rate limit · maybe sent/);
  });

  it('shows one with each attempt, and refuses an id that is none', async () => {
    const id = await insert({ status: 'dead', attempts: 2, reason: 'blocked' });
    await insertTry(db, id, {
      number: 1,
      outcome: 'wait',
      statusCode: 429,
      error: 'slow down',
      retryAfterMs: 3000,
    });
    await insertTry(db, id, { number: 2, outcome: null });
    const { out } = await heartbeat(`deliveries show ${id}`, environment);
    expect(out).toMatch(
      /1\. \S+ · wait · 0 ms · 429 · slow down · told to wait 3000 ms\n {2}2\. \S+ · under way/,
    );
    const json = await heartbeat(`deliveries show ${id} --json`, environment);
    expect(JSON.parse(json.out)).toMatchObject({ id, tries: [{ outcome: 'wait' }, { outcome: null }] });
    expect((await heartbeat(`deliveries show ${await insert()}`, environment)).out).toContain(
      'not tried yet',
    );
    expect(await heartbeat('deliveries show 42', environment)).toMatchObject({ code: 2 });
  });
});

describe('heartbeat deliveries retry', () => {
  it('sends one dead letter again, writes it down, and refuses one that is not dead with exit 3', async () => {
    const id = await insert({ status: 'dead', attempts: 2 });
    expect(await heartbeat(`deliveries retry ${id}`, environment)).toEqual({
      code: 0,
      err: '',
      out: `${id} is sent again`,
    });
    expect(await statusOf(id)).toBe('pending');
    expect((await listJournal(db, { workspaceId: WORKSPACE })).items).toMatchObject([
      { actor: 'cli', channel: 'cli', verb: 'delivery.retry', subject: `delivery:${id}` },
    ]);
    expect(await heartbeat(`deliveries retry ${id}`, environment)).toMatchObject({ code: 3 });
  });

  it('sends all of them again that the filters leave', async () => {
    const mail = await insert({ status: 'dead', place: 'mail:a@b.test' });
    const chat = await insert({ status: 'dead' });
    const { out } = await heartbeat('deliveries retry --all-failed --channel mail --json', environment);
    expect(JSON.parse(out)).toEqual({ retried: [mail] });
    expect([await statusOf(mail), await statusOf(chat)]).toEqual(['pending', 'dead']);
    expect((await heartbeat('deliveries retry --all-failed', environment)).out).toBe(`${chat} is sent again`);
    expect((await heartbeat('deliveries retry --all-failed', environment)).out).toBe('No dead letters.');
  });

  it('asks which one, exit 2', async () => {
    expect(await heartbeat('deliveries retry', environment)).toMatchObject({ code: 2 });
    expect(await heartbeat(`deliveries retry ${randomUUID()} --all-failed`, environment)).toMatchObject({
      code: 2,
    });
  });
});
