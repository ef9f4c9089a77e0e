import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAlerts } from '../../src/alerts/index.ts';
import { createWords, encodePress, type AlertView } from '../../src/answers/index.ts';
import { createMailChannel } from '../../src/channels/mail/index.ts';
import { answerPress } from '../../src/commands/index.ts';
import { sql } from '../../src/db/index.ts';
import { createMailLinks } from '../../src/http/index.ts';
import { listJournal } from '../../src/journal/index.ts';
import { aRegistry, ivan } from '../support/deps.ts';
import { withServerDatabase } from '../support/database.ts';
import { startMailServer } from '../support/mail-server.ts';
import { NO_HOOKS } from '../support/registry-parts.ts';
import { requestOf } from '../channels/mail/mail.ts';
import { ann, aShop, createWorld, TOKENS, type World } from './world.ts';

const OPS = 'ops@shop.test';
const BASE = 'http://localhost:8080';
const olga = { ...ann, email: 'olga@shop.test', name: 'Olga', role: 'operator', locale: 'ru' } as const;
const shop = aShop({
  people: [ivan, ann, olga],
  workspace: {
    ...aRegistry([]).workspace,
    opsInbox: { email: OPS, telegram: null, slack: null, hooks: NO_HOOKS },
  },
});

const database = withServerDatabase();
let world: World;

beforeEach(async () => {
  await database.clear();
  world = await startWorld();
  await world.tick(4.5);
  await world.tick(3.1);
});
afterEach(() => world.close());

async function startWorld(): Promise<World> {
  const made: World = await createWorld({
    db: database.db,
    registry: shop,
    tokens: TOKENS,
    mail: {
      press: async (caller, words, data) =>
        (await answerPress({ deps: made.deps, caller, words, place: null }, data)).toast.toast,
    },
  });
  return made;
}

const links = () => createMailLinks(world.deps);
const path = (url: string): string => url.slice(BASE.length);
const formOf = (html: string): string => /name="form" value="([^"]+)"/.exec(html)?.[1] ?? '';
const titleOf = (html: string): string => /<h1>(.*?)<\/h1>/.exec(html)?.[1] ?? '';

async function open(url: string): Promise<{ status: number; html: string; response: Response }> {
  const response = await world.ask(path(url));
  return { status: response.status, html: await response.text(), response };
}

async function submit(fields: Record<string, string>, to = '/mail/act') {
  const response = await world.ask(to, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  return { status: response.status, html: await response.text(), response };
}

async function theAlert() {
  const [alert] = await listAlerts(database.db, world.deps.workspaceId, {
    states: ['firing', 'acked', 'snoozed', 'resolved'],
  });
  if (!alert) throw new Error('no alert');
  return alert;
}

const journal = async (): Promise<string[]> =>
  (await listJournal(database.db, { workspaceId: world.deps.workspaceId })).items.map(
    ({ actor, channel, verb, subject }) => `${actor} ${channel} ${verb} ${subject}`,
  );

describe('a link that acts', () => {
  it('asks first: who opens it sees the alert and changes nothing, however often', async () => {
    const { number } = await theAlert();
    for (const press of ['a', 'u', 's', 'z'].map(
      (kind) => `1:${kind}:${number}:1${kind === 's' ? ':3600' : ''}`,
    )) {
      const url = await links().actionUrl(ivan.email, press);
      for (const method of ['GET', 'HEAD', 'GET']) await world.ask(path(url), { method });
    }
    const { html, response } = await open(await links().actionUrl(ivan.email, `1:a:${number}:1`));
    expect(titleOf(html)).toBe('Ack this alert?');
    expect(html).toMatch(/🔴 Checkout conversion 3\.1/);
    expect(html).toContain('You do it as Ivan.');
    expect(html).toContain('<button type="submit">Ack</button>');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(await theAlert()).toMatchObject({ state: 'firing', version: 1 });
    expect(await journal()).toEqual([]);
  });

  it('acts once by the button of its page; the second is told who and when', async () => {
    const { number } = await theAlert();
    const url = await links().actionUrl(ivan.email, `1:a:${number}:1`);
    const form = formOf((await open(url)).html);
    const olgas = formOf((await open(await links().actionUrl(olga.email, `1:a:${number}:1`))).html);
    const done = await submit({ form });
    expect(titleOf(done.html)).toMatch(/^It is yours/);
    expect(done.html).toContain('Acked · Checkout conversion');
    expect(await theAlert()).toMatchObject({ state: 'acked', ack: { by: ivan.email } });
    expect(titleOf((await submit({ form })).html)).toMatch(/^Already acked by Ivan, just now/);
    const hers = await submit({ form: olgas });
    expect(titleOf(hers.html)).toMatch(/^Уже в работе: Ivan/);
    expect(hers.html).toContain('<html lang="ru">');
    expect(await journal()).toEqual([`ivan@shop.test mail alert.ack A-${number}`]);
    const later = await open(url);
    expect(titleOf(later.html)).toMatch(/^Already acked by Ivan/);
    expect(formOf(later.html)).toBe('');
  });

  it('of an old mail shows what has happened since, and acts on just that', async () => {
    const { number } = await theAlert();
    const url = await links().actionUrl(ivan.email, `1:a:${number}:1`);
    const early = formOf((await open(url)).html);
    await submit({
      form: formOf((await open(await links().actionUrl(olga.email, `1:s:${number}:1:3600`))).html),
    });
    expect(titleOf((await submit({ form: early })).html)).toMatch(/changed/);
    expect(await theAlert()).toMatchObject({ state: 'snoozed' });
    const { html } = await open(url);
    expect(html).toContain('The alert has changed since this mail was sent.');
    expect(html).toContain('snoozed by Olga');
    expect(titleOf((await submit({ form: formOf(html) })).html)).toMatch(/^It is yours/);
    expect(await theAlert()).toMatchObject({ state: 'acked' });
  });

  it('T10 of an alert that is over says so', async () => {
    const { number } = await theAlert();
    const url = await links().actionUrl(ivan.email, `1:a:${number}:1`);
    const form = formOf((await open(url)).html);
    await world.tick(4.5);
    const { html } = await open(url);
    expect(titleOf(html)).toMatch(new RegExp(`A-${number} has ended`));
    expect(formOf(html)).toBe('');
    expect(titleOf((await submit({ form })).html)).toMatch(new RegExp(`A-${number} has ended`));
    expect(await theAlert()).toMatchObject({ state: 'resolved', ack: null });
  });

  it('offers the snooze times, each a button of its own', async () => {
    const { number } = await theAlert();
    const { html } = await open(await links().actionUrl(ivan.email, `1:z:${number}:1`));
    const forms = [...html.matchAll(/value="([^"]+)"\/?><button type="submit">([^<]+)<\/button>/g)];
    const labels = forms.map((match) => match[2]);
    expect(labels).toEqual(expect.arrayContaining([expect.stringMatching(/15/), expect.stringMatching(/4/)]));
    expect(labels.join(' ')).not.toMatch(/Back/);
    const quarter = forms.find((match) => match[2]?.includes('15'));
    await submit({ form: quarter?.[1] ?? '' });
    const { snooze, state } = await theAlert();
    expect(state).toBe('snoozed');
    expect(snooze?.until.getTime()).toBe(world.clock.now().getTime() + 15 * 60_000);
  });

  it('is good for nothing when it is forged, cut, too old, or another kind of word', async () => {
    const { number } = await theAlert();
    const url = await links().actionUrl(ivan.email, `1:a:${number}:1`);
    const unsubscribe = await links().unsubscribeUrl(ivan.email);
    const word = url.slice(url.indexOf('t=') + 2);
    const [text = '', signature = ''] = word.split('.');
    const changed = Buffer.from(
      Buffer.from(text, 'base64url').toString().replace(ivan.email, olga.email),
    ).toString('base64url');
    for (const bad of [
      '',
      'x',
      text,
      `${changed}.${signature}`,
      unsubscribe.slice(unsubscribe.indexOf('t=') + 2),
    ]) {
      expect((await open(`${BASE}/mail/act?t=${bad}`)).status).toBe(403);
      expect((await submit({ form: bad })).status).toBe(403);
    }
    // the link is no form: only who has opened the page can act
    expect((await submit({ form: word })).status).toBe(403);
    const form = formOf((await open(url)).html);
    world.clock.add(61 * 60_000);
    expect((await submit({ form })).status).toBe(410);
    world.clock.add(7 * 24 * 60 * 60_000);
    const old = await open(url);
    expect(old.status).toBe(410);
    expect(titleOf(old.html)).toBe('This link is too old');
    expect(await theAlert()).toMatchObject({ state: 'firing' });
  });

  it('T16 acts as the person of its mailbox, with the role that owners.yaml has now', async () => {
    const { number } = await theAlert();
    const viewer = await open(await links().actionUrl(ann.email, `1:a:${number}:1`));
    expect(titleOf(viewer.html)).toMatch(/operator/);
    expect(formOf(viewer.html)).toBe('');
    const url = await links().actionUrl(olga.email, `1:a:${number}:1`);
    const form = formOf((await open(url)).html);
    world.deps.use({ ...shop, people: [ivan, { ...olga, role: 'viewer' }] });
    expect(titleOf((await submit({ form })).html)).toMatch(/оператор|operator/i);
    world.deps.use({ ...shop, people: [ivan] });
    expect((await submit({ form })).status).toBe(403);
    expect((await open(url)).status).toBe(403);
    expect(await theAlert()).toMatchObject({ state: 'firing' });
    expect((await open(await links().actionUrl('stranger@evil.test', `1:a:${number}:1`))).status).toBe(403);
  });

  it('asks for nothing that is no press of an alert', async () => {
    const { number } = await theAlert();
    for (const press of ['1:k', `1:w:${number}:1`, 'junk'])
      expect((await open(await links().actionUrl(ivan.email, press))).status).toBe(403);
    const missing = await open(await links().actionUrl(ivan.email, '1:a:999999:1'));
    expect(formOf(missing.html)).toBe('');
  });
});

describe('unsubscribing', () => {
  const rows = () =>
    database.db.prisma.$queryRaw<{ place: string }[]>(sql`select place from heartbeat.unsubscribed`);

  it('works by one POST without cookies, and by the page; the mails can be turned on again', async () => {
    const url = await links().unsubscribeUrl(ivan.email);
    const before = await open(url);
    expect(titleOf(before.html)).toBe('ivan@shop.test gets mails about alerts');
    expect(await rows()).toEqual([]);
    const done = await submit({ 'List-Unsubscribe': 'One-Click' }, path(url));
    expect(done.status).toBe(200);
    expect(titleOf(done.html)).toBe('ivan@shop.test gets no more mails about alerts');
    await submit({ 'List-Unsubscribe': 'One-Click' }, path(url));
    expect(await rows()).toEqual([{ place: 'mail:ivan@shop.test' }]);
    expect((await open(url)).html).toContain('Turn the mails on again');
    await submit({ subscribe: 'yes' }, path(url));
    expect(await rows()).toEqual([]);
    expect(await journal()).toEqual([
      'ivan@shop.test mail mail.subscribe place:mail:ivan@shop.test',
      'ivan@shop.test mail mail.unsubscribe place:mail:ivan@shop.test',
    ]);
  });

  it('takes the multipart form that RFC 8058 allows too, and nothing else', async () => {
    const url = await links().unsubscribeUrl(ivan.email);
    await submit({ other: 'x' }, path(url));
    expect(await rows()).toEqual([]);
    const boundary = 'b1';
    await world.ask(path(url), {
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: `--${boundary}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--${boundary}--\r\n`,
    });
    expect(await rows()).toHaveLength(1);
  });

  it('is not for the ops inbox, nor for who forges an address', async () => {
    const ops = await links().unsubscribeUrl(OPS);
    expect((await submit({ 'List-Unsubscribe': 'One-Click' }, path(ops))).status).toBe(403);
    expect((await open(ops)).html).toContain('An ops inbox cannot be unsubscribed');
    const word = (await links().actionUrl(ivan.email, '1:a:1:1')).split('t=')[1] ?? '';
    const forged = await submit({ 'List-Unsubscribe': 'One-Click' }, `/mail/unsubscribe?t=${word}`);
    expect(forged.status).toBe(403);
    expect(await rows()).toEqual([]);
  });
});

describe('a mail scanner', () => {
  it('that opens every link of a mail, and every link behind, changes nothing', async () => {
    const server = await startMailServer();
    const channel = createMailChannel({
      deps: world.deps,
      config: { url: server.url, from: 'hb@shop.test', dkim: null },
      links: links(),
    });
    const { number, version, id } = await theAlert();
    const over: Partial<AlertView> = { number, version, id };
    await channel.send(requestOf({ over }));
    const html = String(server.mails[0]?.parsed.html);
    const found = [...html.matchAll(/href="(http:\/\/localhost:8080[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(found.filter((url) => url.includes('/mail/act')).length).toBeGreaterThanOrEqual(3);
    for (const url of found) {
      const { html: page } = await open(url.replaceAll('&amp;', '&'));
      for (const [, next] of page.matchAll(/(?:href|action)="(\/[^"]*)"/g)) await world.ask(next ?? '/');
    }
    channel.close();
    await server.close();
    expect(await theAlert()).toMatchObject({ state: 'firing', version });
    expect(await journal()).toEqual([]);
    expect(await database.db.prisma.$queryRaw(sql`select 1 from heartbeat.unsubscribed`)).toEqual([]);
  });
});

describe('the pages', () => {
  it('are in the reader’s language, at a pace, and not there without mail', async () => {
    const { number } = await theAlert();
    const { html } = await open(await links().actionUrl(olga.email, `1:a:${number}:1`));
    expect(titleOf(html)).toBe(createWords('ru', 'Europe/Madrid').t('mail-ask', { action: 'ack' }));
    // twice the burst: a machine that is slow gives back less than that meanwhile
    const answers = await Promise.all(Array.from({ length: 600 }, () => world.ask('/mail/unsubscribe?t=x')));
    expect(answers.map(({ status }) => status)).toContain(429);
    const without = await createWorld({ db: database.db, registry: shop });
    expect((await without.ask('/mail/act?t=x')).status).toBe(404);
    without.close();
  });
});

describe('a link on a storm', () => {
  it('shows all its alerts, and acts on them at once by its page', async () => {
    const { id } = await theAlert();
    const [storm] = await database.db.prisma.$queryRaw<{ id: string; number: number }[]>(sql`
      insert into heartbeat.storm (id, workspace_id, place) values (gen_random_uuid(), ${world.deps.workspaceId}, 'mail:ivan@shop.test')
      returning id, number`);
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.storm_alert (workspace_id, storm_id, alert_id) values (${world.deps.workspaceId}, ${storm?.id}::uuid, ${id}::uuid)`);
    const { html } = await open(
      await links().actionUrl(ivan.email, encodePress({ kind: 'ack_all', storm: storm?.number ?? 0 })),
    );
    expect(titleOf(html)).toBe('Ack all of these alerts?');
    expect(html).toContain('Checkout conversion');
    expect(await theAlert()).toMatchObject({ state: 'firing' });
    const done = await submit({ form: formOf(html) });
    expect(done.html).toContain('Checkout conversion');
    expect(await theAlert()).toMatchObject({ state: 'acked', ack: { by: ivan.email } });
    expect(await journal()).toEqual([expect.stringMatching(/^ivan@shop\.test mail .*ack/)]);
    const missing = await open(
      await links().actionUrl(ivan.email, encodePress({ kind: 'ack_all', storm: 99_999 })),
    );
    expect(formOf(missing.html)).toBe('');
  });
});
