import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/lib/time.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { storeHistory } from '../support/history.ts';
import { createWorld, START, TOKENS, type World } from './world.ts';

const database = withEmbeddedDatabase();
let world: World;

beforeAll(async () => {
  world = await createWorld({ db: database.db, tokens: TOKENS });
  await storeHistory(
    database.db,
    Array.from({ length: 600 }, (_, index) => ({
      at: new Date(Date.parse(START) - (600 - index) * MINUTE),
      value: index % 100 === 50 ? 3 : 4.5 + (index % 7) / 100,
    })),
  );
});
afterAll(() => world.close());

async function ask(query = '', slug = 'conversion') {
  const answer = await world.ask(`/api/metrics/${slug}/preview${query}`, { token: 'look-only' });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('GET /api/metrics/<slug>/preview', () => {
  it('tells a viewer what the lines of the file would have raised, and what is quieter', async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      metric: 'conversion',
      from: '2026-11-20T00:00:00.000Z',
      to: START,
      readings: 600,
      enough: true,
      tried: { norm: 4, alert: 3.4, band_norm: null, band_alert: null, enter: 1, leave: 1 },
      present_result: null,
      result: { fired: 6, red_pushes: 6, amber_posts: 0, flaps: 0, short: 6, median_ms: MINUTE },
      feedback: { real: 0, noise: 0 },
      proposed: null,
    });
    expect(body['suggestions']).toContainEqual({
      kind: 'ticks',
      changes: { enter: 2 },
      counts: 'alerts',
      drops: 6,
      noise: 6,
      known: 'short',
      real: 0,
      later_ticks: 0,
      longer_ticks: 0,
    });
    expect(body['episodes']).toHaveLength(6);
    expect(body['episodes']).toContainEqual({
      from: '2026-11-20T00:50:00.000Z',
      to: '2026-11-20T00:51:00.000Z',
      level: 'red',
      red_at: '2026-11-20T00:50:00.000Z',
      worst_value: 3,
    });
  });

  it('tries what the query says, beside the lines of the file', async () => {
    const { body } = await ask('?norm=none&alert=-2.5e0&enter=2&leave=3&band_alert=3.6&days=1');
    expect(body).toMatchObject({
      tried: { norm: null, alert: -2.5, enter: 2, leave: 3, band_norm: null, band_alert: 3.6 },
      result: { fired: 0 },
      present_result: { fired: 6 },
    });
  });

  it.each([
    ['?alert=low', 'request_invalid'],
    ['?alert=', 'request_invalid'],
    ['?enter=0', 'request_invalid'],
    ['?days=366', 'request_invalid'],
    ['?alert=4.5', 'preview_lines'],
  ])('refuses %s', async (query, code) => {
    const { status, body } = await ask(query);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code });
  });

  it('knows no other metric', async () => {
    expect(await ask('', 'nope')).toMatchObject({ status: 404, body: { code: 'metric_unknown' } });
  });
});
