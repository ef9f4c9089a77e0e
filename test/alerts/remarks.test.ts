import { beforeEach, describe, expect, it } from 'vitest';
import {
  addNote,
  findAlertOfMessage,
  findAlertRecord,
  giveFeedback,
  listAlerts,
  NOTE_MAX,
} from '../../src/alerts/index.ts';
import { sql } from '../../src/db/index.ts';
import { listJournal } from '../../src/journal/index.ts';
import type { Person } from '../../src/registry/index.ts';
import { withServerDatabase } from '../support/database.ts';
import {
  aCaller,
  aMetric,
  aRegistry,
  createDeps,
  fakeWarehouse,
  ivan,
  NO_ROWS,
  quietJobs,
  stoppedClock,
  WORKSPACE,
  type TestDeps,
} from '../support/deps.ts';

const database = withServerDatabase();
const clock = stoppedClock('2026-11-20T13:00:00.000Z');
const ALERT = '11111111-1111-4111-8111-111111111111';
const ROOM = { channel: 'telegram', chat: '-100200', topic: null } as const;
let deps: TestDeps;

const ann: Person = { ...ivan, email: 'ann@shop.test', name: 'Ann', role: 'operator', telegramId: 1002 };
const owner: Person = { ...ivan, role: 'viewer' };
const vera: Person = { ...ivan, email: 'vera@shop.test', name: 'Vera', role: 'viewer', telegramId: 1003 };

beforeEach(async () => {
  await database.clear();
  deps = await createDeps({
    db: database.db,
    jobs: quietJobs,
    clock,
    warehouse: fakeWarehouse(() => NO_ROWS).warehouse,
    registry: aRegistry([aMetric()], { people: [owner, ann, vera] }),
  });
  const { prisma } = database.db;
  await prisma.$executeRaw(sql`
    insert into heartbeat.alerts
      (id, workspace_id, number, metric_id, level, state, version, worst_level, opened_at, facts)
    values (${ALERT}::uuid, ${WORKSPACE}, 1001, 'conversion', 'red', 'firing', 1, 'red', ${clock.now()}, '{}')`);
  for (const [place, message] of [
    ['telegram:1001', '7'],
    ['telegram:-100200', '8'],
    ['mail:ivan@shop.test', 'm1'],
  ])
    await prisma.$executeRaw(sql`
      insert into heartbeat.alert_message (workspace_id, alert_id, place, message_id)
      values (${WORKSPACE}, ${ALERT}::uuid, ${place}, ${message})`);
  await storeDelivery({ key: 'post', place: 'telegram:-100300', operation: 'post', status: 'pending' });
});

async function storeDelivery(row: {
  key: string;
  place: string;
  operation: string;
  status: string;
  message?: string;
  alert?: string | null;
}): Promise<void> {
  const { key, place, operation, status, message = null, alert = ALERT } = row;
  const lane = place.split(':').slice(0, 2).join(':');
  await database.db.prisma.$executeRaw(sql`
    insert into heartbeat.delivery
      (id, workspace_id, key, alert_id, edge, channel, place, lane, operation, priority, status, message_id)
    values (gen_random_uuid(), ${WORKSPACE}, ${key}, ${alert}::uuid, 'entered_red', 'telegram', ${place}, ${lane}, ${operation}, 1,
            ${status}, ${message})`);
}

const redraws = () =>
  database.db.prisma.$queryRaw<{ place: string; edge: string; operation: string; priority: number }[]>(sql`
    select place, edge, operation, priority from heartbeat.delivery where edge in ('noted', 'rated') order by seq, place`);
const journal = async () => (await listJournal(database.db, { workspaceId: WORKSPACE })).items;

describe('a note', () => {
  it('is stored with its journal entry and one edit for every place that shows the alert or will, where edits exist', async () => {
    const added = await addNote(deps, aCaller(ann), {
      alert: { number: 1001 },
      text: '  rolled back \n twice ',
    });
    expect(added).toMatchObject({
      isCut: false,
      note: { by: 'ann@shop.test', text: 'rolled back \n twice' },
    });
    expect(await findAlertRecord(database.db, WORKSPACE, { id: ALERT })).toMatchObject({
      version: 1,
      noteCount: 1,
      notes: [{ by: 'ann@shop.test', at: clock.now(), text: 'rolled back \n twice' }],
    });
    expect(await journal()).toMatchObject([
      {
        actor: 'ann@shop.test',
        verb: 'alert.note',
        subject: 'A-1001',
        after: { text: 'rolled back \n twice' },
      },
    ]);
    const rows = await redraws();
    expect(rows.map(({ place }) => place).toSorted()).toEqual([
      'telegram:-100200',
      'telegram:-100300',
      'telegram:1001',
    ]);
    expect(rows[0]).toMatchObject({ edge: 'noted', operation: 'edit', priority: 0 });
    await addNote(deps, aCaller(ann), { alert: { id: ALERT }, text: 'again' });
    expect(await redraws()).toHaveLength(6);
  });

  it('is cut after a thousand characters, and holds any text that PostgreSQL can', async () => {
    const long = await addNote(deps, aCaller(ann), { alert: { id: ALERT }, text: '👩‍🚀'.repeat(400) });
    expect(long.isCut).toBe(true);
    expect(long.note.text.length).toBeLessThanOrEqual(NOTE_MAX);
    expect(long.note.text).toMatch(/👩‍🚀…$/u);
    const odd = await addNote(deps, aCaller(ann), { alert: { id: ALERT }, text: 'a\0b\ud800' });
    expect(odd.note.text).toBe('ab\ufffd');
  });

  it('keeps the newest twenty at hand, newest first, and counts them all', async () => {
    for (let n = 1; n <= 22; n += 1)
      await addNote(deps, aCaller(ann), { alert: { id: ALERT }, text: `note ${n}` });
    const [alert] = await listAlerts(database.db, WORKSPACE);
    expect(alert?.noteCount).toBe(22);
    expect(alert?.notes.map(({ text }) => text)).toEqual(
      Array.from({ length: 20 }, (_, index) => `note ${22 - index}`),
    );
  });

  it('T16 is taken from an operator and from the owner, not from a viewer or a stranger', async () => {
    await addNote(deps, aCaller(owner), { alert: { id: ALERT }, text: 'mine' });
    const refusals = [
      [vera, 'role_too_low'],
      [null, 'not_a_member'],
    ] as const;
    for (const [person, code] of refusals)
      await expect(addNote(deps, aCaller(person), { alert: { id: ALERT }, text: 'x' })).rejects.toMatchObject(
        { code },
      );
    await expect(addNote(deps, aCaller(ann), { alert: { id: ALERT }, text: ' ' })).rejects.toMatchObject({
      code: 'note_empty',
    });
    await expect(addNote(deps, aCaller(ann), { alert: { number: 9 }, text: 'x' })).rejects.toMatchObject({
      code: 'alert_unknown',
    });
    expect(await journal()).toHaveLength(1);
  });
});

describe('feedback', () => {
  const verdicts = async () => (await findAlertRecord(database.db, WORKSPACE, { id: ALERT }))?.feedback;

  it('is one verdict a person, and the last one counts', async () => {
    expect(await giveFeedback(deps, aCaller(ann), { alert: { id: ALERT }, verdict: 'real' })).toMatchObject({
      isNew: true,
      alert: { feedback: { real: 1, noise: 0 } },
    });
    await giveFeedback(deps, aCaller(owner), { alert: { number: 1001 }, verdict: 'noise' });
    expect(await verdicts()).toEqual({ real: 1, noise: 1 });
    clock.add(1_000);
    await giveFeedback(deps, aCaller(ann), { alert: { id: ALERT }, verdict: 'noise' });
    expect(await verdicts()).toEqual({ real: 0, noise: 2 });
    expect(await redraws()).toHaveLength(9);
    expect((await journal())[0]).toMatchObject({
      verb: 'alert.feedback',
      before: { verdict: 'real' },
      after: { verdict: 'noise' },
    });
  });

  it('T10 counts a double tap once', async () => {
    const twice = await Promise.all(
      [1, 2].map(() => giveFeedback(deps, aCaller(ann), { alert: { id: ALERT }, verdict: 'noise' })),
    );
    expect(twice.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await verdicts()).toEqual({ real: 0, noise: 1 });
    expect(await journal()).toHaveLength(1);
  });

  it('T16 is not taken from a viewer', async () => {
    await expect(
      giveFeedback(deps, aCaller(vera), { alert: { id: ALERT }, verdict: 'real' }),
    ).rejects.toMatchObject({ code: 'role_too_low' });
    expect(await verdicts()).toEqual({ real: 0, noise: 0 });
  });
});

describe('the alert of a message', () => {
  const find = (messageId: string, place: Parameters<typeof findAlertOfMessage>[1]['place'] = ROOM) =>
    findAlertOfMessage(deps, { place, messageId });

  it('is found by its own message and by the replies under it, in that chat alone', async () => {
    await storeDelivery({
      key: 'r',
      place: 'telegram:-100200',
      operation: 'reply',
      status: 'sent',
      message: '12',
    });
    await storeDelivery({
      key: 'n',
      place: 'telegram:-100200',
      operation: 'notice',
      status: 'sent',
      message: '13',
      alert: null,
    });
    expect(await find('8')).toBe(ALERT);
    expect(await find('12')).toBe(ALERT);
    expect(await find('13')).toBeUndefined();
    expect(await find('7')).toBeUndefined();
    expect(await find('8', { ...ROOM, topic: 7 })).toBe(ALERT);
  });

  it('is waited for while the message is being recorded', async () => {
    await storeDelivery({ key: 's', place: 'telegram:-100200', operation: 'reply', status: 'sending' });
    const found = find('20');
    await database.db.prisma.$executeRaw(
      sql`update heartbeat.delivery set status = 'sent', message_id = '20' where key = 's'`,
    );
    expect(await found).toBe(ALERT);
  });
});
