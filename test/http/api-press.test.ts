import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import { answerOnce } from '../../src/http/api/idempotency.ts';
import { AlertItem, Problem } from '../../src/http/api/schemas.ts';
import { listJournal } from '../../src/journal/index.ts';
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts';
import { withServerDatabase } from '../support/database.ts';
import { createWorld, TOKENS, type World } from './world.ts';

const database = withServerDatabase();
let world: World;

beforeEach(async () => {
  await database.clear();
  world = await createWorld({ db: database.db, tokens: TOKENS });
  await world.tick(3.1);
});
afterEach(() => world.close());

type Pressed = { status: number; headers: Headers; text: string; body: Record<string, unknown> };

async function press(
  action: string,
  {
    headers = {},
    body,
    token = 'press-1',
    alert = 'A-1001',
  }: { headers?: Record<string, string>; body?: unknown; token?: string; alert?: string } = {},
): Promise<Pressed> {
  const answer = await world.ask(`/api/alerts/${alert}/${action}`, { method: 'POST', token, headers, body });
  const text = await answer.text();
  const parsed = JSON.parse(text) as Record<string, unknown>;
  (answer.status === 200 ? AlertItem : Problem).parse(parsed);
  expect(answer.headers.get('content-type')).toBe(
    answer.status === 200 ? 'application/json' : 'application/problem+json',
  );
  return { status: answer.status, headers: answer.headers, text, body: parsed };
}

const journal = async () => (await listJournal(database.db, { workspaceId: 'shop' })).items;
const events = () =>
  database.db.prisma.$queryRaw<{ edge: string }[]>(sql`select edge from heartbeat.alert_event order by id`);

describe('POST …/ack', () => {
  it('takes the alert, with the same journal as in chat', async () => {
    const { status, body, headers } = await press('ack', { headers: { 'x-request-id': 'req-7' } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      number: 'A-1001',
      state: 'acked',
      version: 2,
      acked_by: 'api:ci',
      acked_at: '2026-11-20T10:01:00.000Z',
    });
    expect(headers.get('etag')).toBe('"2"');
    expect(await journal()).toMatchObject([
      {
        actor: 'api:ci',
        channel: 'api',
        verb: 'alert.ack',
        subject: 'A-1001',
        before: { state: 'firing', version: 1 },
        after: { state: 'acked', version: 2 },
        requestId: 'req-7',
      },
    ]);
  });

  it('T10 tells the second of two who was first, and when', async () => {
    await press('ack');
    const { status, body } = await press('ack', { token: 'sign-2' });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'already_acked',
      by: 'api:ci',
      at: '2026-11-20T10:01:00.000Z',
      alert: { number: 'A-1001', state: 'acked', version: 2 },
    });
    expect(await journal()).toHaveLength(1);
  });

  it('T10 a late ack never reopens a resolved alert', async () => {
    await world.tick(5);
    const { status, body } = await press('ack');
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'alert_closed', alert: { state: 'resolved' } });
  });

  it('takes an id as well as a number', async () => {
    const { id } = (await (await world.ask('/api/alerts/A-1001', { token: 'press-1' })).json()) as {
      id: string;
    };
    expect((await press('ack', { alert: id })).status).toBe(200);
  });

  it('needs the role of an operator', async () => {
    const { status, body } = await press('ack', { token: 'look-only' });
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: 'role_too_low', details: { needs: 'operator', role: 'viewer' } });
    expect((await press('ack', { token: 'sign-2' })).body).toMatchObject({ acked_by: 'api:boss' });
  });

  it.each(['A-4711', '00000000-0000-0000-0000-000000000000', 'nonsense'])('says 404 of %s', async (alert) => {
    const { status, body } = await press('ack', { alert });
    expect(status).toBe(404);
    expect(body).toMatchObject({ code: 'alert_unknown' });
  });
});

describe('POST …/unack', () => {
  it('gives the alert back', async () => {
    expect((await press('unack')).body).toMatchObject({ status: 409, code: 'not_acked' });
    await press('ack');
    const { status, body } = await press('unack');
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'firing', version: 3, acked_by: null });
  });
});

describe('POST …/snooze', () => {
  it.each([
    [{ for: '15m' }, 15 * MINUTE],
    [{ for: '1s' }, 1000],
    [{ for: '30d' }, 30 * DAY],
    [{ until: '2026-11-20T13:01:00+02:00' }, HOUR],
  ])('is silent for %j', async (body, lengthMs) => {
    const pressed = await press('snooze', { body });
    expect(pressed.status).toBe(200);
    const until = new Date(world.clock.now().getTime() + lengthMs).toISOString();
    expect(pressed.body).toMatchObject({ state: 'snoozed', snoozed_by: 'api:ci', snoozed_until: until });
  });

  it.each([
    [{ for: '0s' }, 'snooze_out_of_range'],
    [{ for: '31d' }, 'snooze_out_of_range'],
    [{ for: '999999w' }, 'snooze_out_of_range'],
    [{ for: 'a while' }, 'snooze_unreadable'],
    [{ until: '2026-11-20T09:00:00Z' }, 'snooze_out_of_range'],
    [{ until: '2027-11-20T09:00:00Z' }, 'snooze_out_of_range'],
    [{ until: 'tomorrow' }, 'request_invalid'],
    [{ for: 15 }, 'request_invalid'],
    [{ for: '15m', until: '2026-11-20T12:00:00Z' }, 'request_invalid'],
    [{}, 'request_invalid'],
    [[], 'request_invalid'],
    [null, 'request_invalid'],
  ])('cannot use %j', async (body, code) => {
    const pressed = await press('snooze', { body });
    expect(pressed.status).toBe(400);
    expect(pressed.body).toMatchObject({ code });
    expect(await journal()).toEqual([]);
  });

  it('says what is wrong with a body that is no JSON, too large, or missing', async () => {
    expect((await press('snooze', { body: '{"for":' })).body).toMatchObject({
      status: 400,
      code: 'body_unreadable',
    });
    expect(
      (await press('snooze', { body: 'for=15m', headers: { 'content-type': 'text/plain' } })).body,
    ).toMatchObject({
      status: 415,
      code: 'content_type_unsupported',
    });
    expect(
      (await press('snooze', { body: { for: 'x'.repeat(300_000) }, headers: { 'content-length': '300010' } }))
        .body,
    ).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
    expect((await press('snooze')).body).toMatchObject({ status: 400 });
  });

  it('the same end twice is the same thing', async () => {
    await press('snooze', { body: { until: '2026-11-20T12:00:00Z' } });
    const again = await press('snooze', { body: { until: '2026-11-20T12:00:00Z' } });
    expect(again.body).toMatchObject({
      status: 409,
      code: 'already_snoozed',
      by: 'api:ci',
      until: '2026-11-20T12:00:00.000Z',
    });
  });
});

describe('If-Match', () => {
  it.each(['"1"', '1', 'W/"1"', '*'])(
    '%s lets a press through while the alert is as it was seen',
    async (version) => {
      expect((await press('ack', { headers: { 'if-match': version } })).status).toBe(200);
    },
  );

  it('of another version is 412, with the alert as it is, and changes nothing', async () => {
    await press('ack');
    const outdated = await press('snooze', { body: { for: '1h' }, headers: { 'if-match': '"1"' } });
    expect(outdated.status).toBe(412);
    expect(outdated.body).toMatchObject({
      code: 'version_outdated',
      version: 2,
      alert: { state: 'acked', version: 2 },
    });
    const acked = await press('ack', { headers: { 'if-match': '1' } });
    expect(acked.status).toBe(412);
    expect(acked.body).toMatchObject({ code: 'version_outdated', reason: 'already_acked', by: 'api:ci' });
    await world.tick(5);
    expect((await press('ack', { headers: { 'if-match': '"1"' } })).body).toMatchObject({
      status: 412,
      reason: 'alert_closed',
    });
  });

  it.each(['abc', '""', '-1', '1, 2', '1.5'])('%s cannot be read', async (version) => {
    const pressed = await press('ack', { headers: { 'if-match': version } });
    expect(pressed.body).toMatchObject({ status: 400, code: 'if_match_unreadable' });
  });
});

describe('Idempotency-Key', () => {
  it('gives the first answer again, word by word, and does nothing twice', async () => {
    const headers = { 'idempotency-key': 'k1' };
    const first = await press('ack', { headers });
    await press('unack');
    const second = await press('ack', { headers });
    expect(second.text).toBe(first.text);
    expect(second.headers.get('etag')).toBe('"2"');
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect((await events()).map(({ edge }) => edge)).toEqual(['entered_red', 'acked', 'unacked']);
  });

  it('gives a refusal again too, and forgets a failure', async () => {
    const headers = { 'idempotency-key': 'k2' };
    const first = await press('unack', { headers });
    await press('ack');
    const second = await press('unack', { headers });
    expect(second.status).toBe(409);
    expect(second.text).toBe(first.text);
  });

  it.each([
    ['another body', 'snooze', { for: '2h' }],
    ['another action', 'ack', undefined],
  ])('with %s is 422', async (_what, action, body) => {
    const headers = { 'idempotency-key': 'k3' };
    await press('snooze', { headers, body: { for: '1h' } });
    const pressed = await press(action, { headers, body });
    expect(pressed.status).toBe(422);
    expect(pressed.body).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it("is each caller's own", async () => {
    const headers = { 'idempotency-key': 'k4' };
    await press('ack', { headers });
    const other = await press('ack', { headers, token: 'sign-2' });
    expect(other.body).toMatchObject({ code: 'already_acked' });
  });

  it('sent ten times at once has one effect and one answer', async () => {
    const headers = { 'idempotency-key': 'k5' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => press('ack', { headers })));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(await journal()).toHaveLength(1);
  });

  it('ten presses at once without a key: one effect, nine are told', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => press('ack')));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 9 }, () => 409),
    ]);
    expect(await journal()).toHaveLength(1);
  });

  it('of a request whose process died is free again after a minute', async () => {
    const stuck = async (age: string) =>
      database.db.prisma.$executeRaw(sql`
        insert into heartbeat.api_request (workspace_id, actor, key, request_hash, at)
        select 'shop', 'api:ci', ${age}, encode(sha256(convert_to('the request', 'UTF8')), 'hex'), now() - ${age}::interval`);
    await stuck('2 minutes');
    const work = async () => ({ status: 200, contentType: 'x', body: 'done', etag: null });
    const once = (key: string, request = 'the request') =>
      answerOnce(world.deps, { actor: 'api:ci', key, request }, work);
    expect(await once('2 minutes')).toMatchObject({ body: 'done', replayed: false });
    expect(await once('2 minutes')).toMatchObject({ body: 'done', replayed: true });
  });

  it('of a request that goes on for long is told so', async () => {
    const keyed = { actor: 'api:ci', key: 'slow', request: 'r' };
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const slow = answerOnce(world.deps, keyed, async () => {
      begun.resolve();
      await finish.promise;
      return { status: 200, contentType: 'x', body: 'done', etag: null };
    });
    await begun.promise;
    const second = answerOnce(world.deps, keyed, () => Promise.reject(new Error('never')), 100);
    await expect(second).rejects.toMatchObject({ code: 'request_under_way' });
    finish.resolve();
    expect(await slow).toMatchObject({ body: 'done' });
  });

  it('is free again when the work failed, or answered 500 and above', async () => {
    const keyed = { actor: 'api:ci', key: 'k6', request: 'r' };
    await expect(answerOnce(world.deps, keyed, () => Promise.reject(new Error('cut')))).rejects.toThrow(
      'cut',
    );
    const bad = await answerOnce(world.deps, keyed, async () => ({
      status: 503,
      contentType: 'x',
      body: 'busy',
      etag: null,
    }));
    expect(bad.body).toBe('busy');
    const good = await answerOnce(world.deps, keyed, async () => ({
      status: 200,
      contentType: 'x',
      body: 'done',
      etag: null,
    }));
    expect(good).toMatchObject({ body: 'done', replayed: false });
  });

  it('is kept for a day', async () => {
    await press('ack', { headers: { 'idempotency-key': 'k7' } });
    await database.db.prisma.$executeRaw(
      sql`update heartbeat.api_request set at = now() - interval '25 hours'`,
    );
    const pressed = await press('snooze', { headers: { 'idempotency-key': 'k8' }, body: { for: '1h' } });
    expect(pressed.status).toBe(200);
    const kept = await database.db.prisma.$queryRaw<{ key: string }[]>(
      sql`select key from heartbeat.api_request`,
    );
    expect(kept.map(({ key }) => key)).toEqual(['k8']);
  });

  it('may have 200 letters', async () => {
    expect((await press('ack', { headers: { 'idempotency-key': 'k'.repeat(201) } })).body).toMatchObject({
      status: 400,
      code: 'request_invalid',
    });
  });
});
