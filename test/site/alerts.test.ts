import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { createWorld, TOKENS, type World } from '../http/world.ts';

const database = withEmbeddedDatabase();
const OPENED = '2026-11-20T09:00:00Z';
let world: World;

beforeEach(async () => {
  await database.clear();
  world = await createWorld({ db: database.db });
});
afterEach(() => world.close());

type Stored = { number: number; metric: string; level?: string; state?: string; by?: string; until?: string };

async function store({
  number,
  metric,
  level = 'red',
  state = 'firing',
  by,
  until,
}: Stored): Promise<string> {
  const id = randomUUID();
  const { db, workspaceId } = world.deps;
  const acker = state === 'acked' ? (by ?? null) : null;
  const snoozer = state === 'snoozed' ? (by ?? null) : null;
  await db.prisma.$executeRaw(sql`
    insert into heartbeat.alerts (id, workspace_id, number, metric_id, level, worst_level, state, version, value, opened_at,
      acked_by, acked_at, snoozed_by, snoozed_until, resolved_at)
    values (${id}::uuid, ${workspaceId}, ${number}::int, ${metric}, ${level}, ${level}, ${state}, 1, 3.1, ${OPENED}::timestamptz,
      ${acker}, ${acker && OPENED}::timestamptz, ${snoozer}, ${until ?? null}::timestamptz,
      ${state === 'resolved' ? OPENED : null}::timestamptz)`);
  return id;
}

async function storeStorm(number: number, alertIds: readonly string[]): Promise<void> {
  const id = randomUUID();
  const { db, workspaceId } = world.deps;
  await db.prisma.$executeRaw(sql`
    insert into heartbeat.storm (id, workspace_id, number, place) values (${id}::uuid, ${workspaceId}, ${number}::int, 'telegram:-1')`);
  await db.prisma.$executeRaw(sql`
    insert into heartbeat.storm_alert (workspace_id, storm_id, alert_id)
    select ${workspaceId}, ${id}::uuid, unnest(${[...alertIds]}::uuid[])`);
}

async function storeSource(number: number, source: string, metrics: string[], back?: string): Promise<void> {
  const { db, workspaceId } = world.deps;
  await db.prisma.$executeRaw(sql`
    insert into heartbeat.source_alert (id, workspace_id, number, source, open_source, opened_at, recovered_at, metrics, ever_metrics)
    values (${randomUUID()}::uuid, ${workspaceId}, ${number}::int, ${source}, ${back ? null : source}, ${OPENED}::timestamptz,
      ${back ?? null}::timestamptz, ${back ? [] : metrics}::text[], ${metrics}::text[])`);
}

async function storeSix(): Promise<void> {
  await store({ number: 1, metric: 'revenue', level: 'amber' });
  await store({ number: 2, metric: 'conversion' });
  const acked = await store({ number: 3, metric: 'latency', state: 'acked', by: 'ivan@shop.test' });
  await store({
    number: 4,
    metric: 'revenue',
    state: 'snoozed',
    by: 'ann@shop.test',
    until: '2026-11-20T12:30:00Z',
  });
  const over = await store({ number: 5, metric: 'conversion', state: 'resolved' });
  const gone = await store({ number: 6, metric: 'retired_one' });
  await storeStorm(8, [over, acked, gone]);
}

const read = async (path: string, locale = 'en') => {
  const answer = await world.ask(path, { headers: { 'accept-language': locale } });
  const html = await answer.text();
  const main = /<main.*<\/main>/s.exec(html)?.[0] ?? '';
  return {
    status: answer.status,
    html,
    text: main.replaceAll(/<[^>]+>/g, ' ').replaceAll(/[\s\u00A0\u202F]+/g, ' '),
  };
};

const numbersOf = async (path: string): Promise<string[]> =>
  [...(await read(path)).text.matchAll(/A-\d+/g)].map(([number]) => number);

describe('the page of alerts', () => {
  it('lists the open ones, red before amber and nobody’s before somebody’s, with who has them', async () => {
    await storeSix();
    expect(await numbersOf('/alerts')).toEqual(['A-2', 'A-6', 'A-3', 'A-4', 'A-1']);
    const { status, html, text } = await read('/alerts');
    expect(status).toBe(200);
    expect(html).toContain('<title>Open alerts · ');
    expect(html).toContain('href="/docs/metrics/growth#conversion">Checkout conversion</a>');
    expect(text).toMatch(/Checkout conversion A-2 3\.1 % ▲ Red nobody 10:00 Ivan/);
    expect(text).toMatch(/retired_one A-6 3\.1 ▲ Red nobody 10:00 –/);
    expect(text).toMatch(/Page latency A-3 3\.1 ms ▲ Red Ivan, 10:00/);
    expect(text).toMatch(/Revenue A-4 €3\.1\d? ▲ Red silent until 13:30, by Ann/);
    expect(text).toMatch(/Revenue A-1 €3\.1\d? ◆ Amber nobody/);
  });

  it('narrows to a state, a team, or both, and keeps one filter while the other changes', async () => {
    await storeSix();
    expect(await numbersOf('/alerts?state=acked')).toEqual(['A-3']);
    expect(await numbersOf('/alerts?team=sales')).toEqual(['A-4', 'A-1']);
    expect(await numbersOf('/alerts?team=sales&state=snoozed')).toEqual(['A-4']);
    const over = await read('/alerts?state=resolved');
    expect(over.text).toMatch(/A-5 3\.1 % ● Green over, 10:00/);
    const { html } = await read('/alerts?team=sales&state=firing');
    expect(html).toContain('href="/alerts?state=acked&amp;team=sales"');
    expect(html).toContain('<a href="/alerts?state=firing&amp;team=sales" aria-current="true">');
    expect(html).toContain('href="/alerts?state=firing"');
  });

  it('shows all of a storm, those that are over last', async () => {
    await storeSix();
    expect(await numbersOf('/alerts?storm=8')).toEqual(['A-6', 'A-3', 'A-5']);
    expect((await read('/alerts?storm=8')).text).toContain('Alerts of the storm S-8');
    expect(await numbersOf('/alerts?storm=8&state=resolved')).toEqual(['A-5']);
  });

  it('shows silent sources with the metrics that wait for them, and those that are back with what is over', async () => {
    await store({ number: 1, metric: 'revenue' });
    await storeSource(7, 'marts.orders', ['conversion', 'retired_one']);
    await storeSource(8, 'warehouse', ['latency']);
    await storeSource(9, 'marts.old', ['revenue'], '2026-11-20T09:20:00Z');
    expect(await numbersOf('/alerts')).toEqual(['A-1', 'A-8', 'A-7']);
    const { html, text } = await read('/alerts');
    expect(text).toMatch(
      /Silent sources .* the warehouse A-8 .* marts\.orders A-7 Checkout conversion , retired_one 10:00/,
    );
    expect(html).toContain('href="/docs/metrics/growth#conversion">Checkout conversion</a>');
    expect(await numbersOf('/alerts?state=firing')).toEqual(['A-1', 'A-8', 'A-7']);
    expect(await numbersOf('/alerts?state=acked')).toEqual([]);
    expect(await numbersOf('/alerts?team=sales')).toEqual(['A-1']);
    expect(await numbersOf('/alerts?state=resolved')).toEqual(['A-9']);
    expect((await read('/alerts?state=resolved')).text).toMatch(/marts\.old A-9 Revenue 10:00, back 10:20/);
    expect((await read('/alerts', 'ru')).text).toContain('Источники без свежих данных');
  });

  it('says that there is none, and what is not there, in the reader’s language', async () => {
    expect((await read('/alerts')).text).toContain('No alert is like that.');
    const russian = await read('/alerts', 'ru');
    expect(russian.text).toMatch(/Открытые тревоги .*Никто не взял.*Таких тревог нет\./);
    for (const path of [
      '/alerts?storm=99',
      '/alerts?storm=x',
      '/alerts?state=red',
      '/alerts?team=nobody',
      '/alerts/1',
    ])
      expect(await read(path)).toMatchObject({ status: 404 });
  });

  it('shows five hundred, and says that there are more', async () => {
    const { db, workspaceId } = world.deps;
    await db.prisma.$executeRaw(sql`
      insert into heartbeat.alerts (id, workspace_id, number, metric_id, level, worst_level, state, version, opened_at)
      select gen_random_uuid(), ${workspaceId}, n, 'conversion', 'red', 'red', 'firing', 1, now() from generate_series(1, 501) n`);
    const numbers = await numbersOf('/alerts');
    expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([500, 'A-2', 'A-501']);
    expect((await read('/alerts')).text).toContain('Only the newest 500 are shown');
  });

  it('is for who may see the other pages', async () => {
    world.close();
    world = await createWorld({ db: database.db, tokens: TOKENS });
    const refused = await world.ask('/alerts?storm=8', { headers: { accept: 'text/html' } });
    expect(refused.status).toBe(401);
    expect(await refused.text()).toContain('value="/alerts?storm=8"');
    expect((await world.ask('/alerts', { token: 'look-only' })).status).toBe(200);
  });
});
