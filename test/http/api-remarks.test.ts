import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlertItem } from '../../src/http/api/schemas.ts';
import { listJournal } from '../../src/journal/index.ts';
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

type Post = { token?: string; headers?: Record<string, string>; alert?: string };

async function post(
  action: string,
  body: unknown,
  { token = 'press-1', headers = {}, alert = 'A-1001' }: Post = {},
) {
  const answer = await world.ask(`/api/alerts/${alert}/${action}`, { method: 'POST', token, headers, body });
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as Record<string, unknown>,
  };
}

const journal = async () => (await listJournal(database.db, { workspaceId: 'shop' })).items;

describe('POST …/notes', () => {
  it('answers the alert with the note, which every list shows, and leaves its version alone', async () => {
    const { status, body, headers } = await post('notes', { text: 'a release is rolled back' });
    expect(status).toBe(200);
    expect(AlertItem.parse(body)).toMatchObject({
      version: 1,
      state: 'firing',
      note_count: 1,
      notes: [{ by: 'api:ci', at: '2026-11-20T10:01:00.000Z', text: 'a release is rolled back' }],
    });
    expect(headers.get('etag')).toBe('"1"');
    const list = (await (await world.ask('/api/alerts', { token: 'press-1' })).json()) as {
      items: unknown[];
    };
    expect(list.items).toMatchObject([{ note_count: 1, feedback: { real: 0, noise: 0 } }]);
    expect(await journal()).toMatchObject([
      { actor: 'api:ci', channel: 'api', verb: 'alert.note', subject: 'A-1001' },
    ]);
  });

  it('is done once for an Idempotency-Key', async () => {
    const once = { headers: { 'idempotency-key': 'n-1' } };
    await post('notes', { text: 'first' }, once);
    const again = await post('notes', { text: 'first' }, once);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toMatchObject({ note_count: 1 });
    expect((await post('notes', { text: 'second' }, once)).status).toBe(422);
  });

  it.each([
    [{ text: '' }, {}, 400, 'request_invalid'],
    [{ words: 'x' }, {}, 400, 'request_invalid'],
    [{ text: 'x' }, { token: 'look-only' }, 403, 'role_too_low'],
    [{ text: 'x' }, { alert: 'A-9999' }, 404, 'alert_unknown'],
    [{ text: 'x' }, { headers: { 'if-match': '7' } }, 412, 'version_outdated'],
  ] as [object, Post, number, string][])('%j %j is refused: %i %s', async (body, how, status, code) => {
    const refused = await post('notes', body, how);
    expect([refused.status, refused.body['code']]).toEqual([status, code]);
    expect(await journal()).toEqual([]);
  });
});

describe('POST …/feedback', () => {
  it('counts one verdict a caller, the last one', async () => {
    expect((await post('feedback', { verdict: 'noise' })).body).toMatchObject({
      feedback: { real: 0, noise: 1 },
    });
    expect((await post('feedback', { verdict: 'noise' })).body).toMatchObject({
      feedback: { real: 0, noise: 1 },
    });
    expect((await post('feedback', { verdict: 'real' }, { token: 'sign-2' })).body).toMatchObject({
      feedback: { real: 1, noise: 1 },
    });
    expect((await post('feedback', { verdict: 'real' })).body).toMatchObject({
      feedback: { real: 2, noise: 0 },
    });
    expect(await journal()).toHaveLength(3);
  });

  it('refuses other words, and viewers', async () => {
    expect((await post('feedback', { verdict: 'meh' })).status).toBe(400);
    expect((await post('feedback', { verdict: 'real' }, { token: 'look-only' })).status).toBe(403);
    expect(await journal()).toEqual([]);
  });
});

describe('GET /api/openapi.json', () => {
  it('describes both', async () => {
    const document = (await (await world.ask('/api/openapi.json')).json()) as {
      paths: Record<string, unknown>;
    };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/api/alerts/{id}/notes',
        '/api/alerts/{id}/feedback',
        '/api/alerts/{id}/unack',
      ]),
    );
  });
});
