import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import { createMovableClock } from '../../src/lib/clock.ts';
import { SECOND } from '../../src/lib/time.ts';
import type { MessageView, Person, UserSpec } from '../../src/playground/slack-api/index.ts';
import { startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { shownText, SLACK_FILES, SLACK_ROOM, startTestSlack, type TestSlack } from '../support/slack.ts';
import { metricFile, ROOM } from '../support/workspace.ts';

let bot: TestHeartbeat;
let world: TestSlack;
let server: MailServer;

const until = <T>(find: () => T | undefined | null | false): Promise<T> => world.slack.waitFor(find, 15_000);

/** What only this person sees, newest first. */
function told(user: string, pattern: RegExp): MessageView | undefined {
  return world.slack.ephemerals(user).findLast((message) => pattern.test(shownText(message)));
}

/** What the app says in a conversation, newest first. */
function said(channel: string, pattern: RegExp): MessageView | undefined {
  return world.slack
    .messages(channel)
    .findLast((message) => message.isBot && pattern.test(shownText(message)));
}

/** What a command is answered with where only its person sees it. */
async function answerTo(person: Person, text: string, pattern: RegExp): Promise<MessageView> {
  const before = world.slack.ephemerals(person.id).length;
  expect(await person.commands(text, SLACK_ROOM)).toMatchObject({ status: 200, body: '' });
  return until(() =>
    world.slack
      .ephemerals(person.id)
      .slice(before)
      .find((message) => pattern.test(shownText(message))),
  );
}

const words = (value: string) => ({ answer: { text: { type: 'plain_text_input', value } } });

type Options = {
  files?: Record<string, string>;
  clock?: ReturnType<typeof createMovableClock>;
  users?: readonly UserSpec[];
};

async function start({ files = {}, clock, users = [] }: Options = {}): Promise<void> {
  world = await startTestSlack();
  for (const user of users) world.slack.user(user);
  server = await startMailServer();
  bot = await startTestHeartbeat({
    files: { ...SLACK_FILES, ...files },
    environment: { ...world.http, SMTP_URL: server.url, MAIL_FROM: 'Heartbeat <hb@shop.test>' },
    ...(clock && { clock }),
  });
  world.slack.deliverTo(`${bot.running.url}/slack/events`);
}

/** That an address is nobody's is an answer; the other is what a test asked for. */
const EXPECTED: ReadonlySet<string> = new Set([
  'users.lookupByEmail users_not_found',
  'pins.add restricted_action',
]);

async function stop(): Promise<void> {
  const refused = world.slack.calls.filter(
    ({ ok, method, error }) => ok === false && !EXPECTED.has(`${method} ${error}`),
  );
  await bot.stop();
  await world.slack.close();
  await server.close();
  expect(refused.map((call) => `${call.method}: ${call.error} ${JSON.stringify(call.params)}`)).toEqual([]);
  expect(server.complaints).toEqual([]);
}

/** Slack's events come to the new address of a program that was started again. */
async function restart(): Promise<void> {
  await bot.restart();
  world.slack.deliverTo(`${bot.running.url}/slack/events`);
}

describe('a person whom the file knows by another address than Slack', () => {
  const OLGA = '- {email: Olga@Shop.test, name: Olga, role: operator, teams: [support]}\n';
  const codes = (): string[] =>
    server.mails
      .filter(({ to }) => to === 'olga@shop.test')
      .flatMap(({ parsed }) => /^\d{4} \d{4}$/m.exec(parsed.text ?? '')?.[0] ?? []);

  beforeAll(async () => {
    await start({
      files: {
        'owners.yaml': SLACK_FILES['owners.yaml'] + OLGA,
        'metrics/tickets.yaml': metricFile({
          name: 'Open tickets',
          teams: '[support]',
          owner: 'olga@shop.test',
          synonyms: '[tickets]',
          sql: "select value::numeric as value from marts.signal where name = 'tickets'",
        }),
      },
    });
    await bot.signal(4.5, 'tickets');
  }, 60_000);
  afterAll(stop);

  async function newCode(): Promise<string> {
    const known = codes().length;
    await answerTo(world.mallory, '/link olga@shop.test', /If this address belongs here/);
    await server.waitFor(() => codes().length > known);
    return codes()[known] ?? '';
  }

  it('T16 is a stranger: commands, the Home tab and direct messages say how to get in, and no more', async () => {
    const refused = [
      await answerTo(world.mallory, '/cockpit', /U0MALLORY/),
      await answerTo(world.mallory, '/watchlist compliance', /U0MALLORY/),
      await answerTo(world.mallory, '/link', /Such as: \/link ann@example\.com/),
    ];
    await world.mallory.sends('metric cr');
    refused.push(await until(() => said('U0MALLORY', /U0MALLORY/)));
    for (const answer of refused) {
      expect(shownText(answer)).not.toMatch(/conversion|Corner Shop|Olga|Ivan/i);
      expect(shownText(answer)).not.toMatch(/Share here/);
    }
  });

  it('T16 hears the same of an address that is not here; no mail goes', async () => {
    const unknown = await answerTo(world.mallory, '/link somebody@else.test', /If this address belongs here/);
    expect(shownText(unknown)).not.toContain('/cancel');
    const code = await newCode();
    expect(shownText(told('U0MALLORY', /If this address/) as MessageView)).toBe(shownText(unknown));
    expect(server.mails.map(({ to }) => to)).toEqual(['olga@shop.test']);
    expect(code).toMatch(/^\d{4} \d{4}$/);
  });

  it('is linked by the code typed into the modal: a wrong one is told there, over a restart too', async () => {
    const modal = await until(() => world.slack.modals('U0MALLORY').at(-1));
    expect(JSON.stringify(modal.view)).toMatch(/If this address[\s\S]*plain_text_input/);
    expect(JSON.stringify(modal.view)).not.toContain('/cancel');
    const wrong = await world.mallory.submits(modal, words('00000000'));
    expect(wrong).toMatchObject({ status: 200, body: { response_action: 'errors' } });
    expect(JSON.stringify(wrong.body)).toMatch(/not the code\. 4 tries are left/);
    await restart();
    await world.mallory.submits(modal, words(codes().at(-1) ?? ''));
    const linked = await until(() => told('U0MALLORY', /✅ Linked\. Hello Olga!/));
    expect(shownText(linked)).toMatch(
      /operator · olga@shop\.test · Corner Shop[\s\S]*\/heartbeat help what you may do/,
    );
    await answerTo(world.mallory, '/whoami', /Slack U0MALLORY \(linked \d+ \w+ 2\d+\)/);
  });

  it('gets the alerts of their metric from then on, and acks them; nothing of the code was said to others', async () => {
    await bot.signal(3.1, 'tickets');
    const alert = await until(() => said('U0MALLORY', /🔴[\s\S]*Open tickets/));
    expect(await world.mallory.presses(alert, /Ack/)).toMatchObject({ status: 200 });
    await until(() => said('U0MALLORY', /acked by Olga/));
    const room = JSON.stringify(world.slack.messages(SLACK_ROOM));
    for (const code of codes()) expect(room).not.toContain(code);
    expect(bot.logged()).not.toContain(codes().at(-1)?.replace(' ', ''));
  });

  it('ends the link, and links again by the digits alone in direct messages', async () => {
    await answerTo(world.mallory, '/unlink', /linked to nobody/);
    const code = await newCode();
    await world.mallory.sends(code);
    const linked = await until(() => said('U0MALLORY', /✅ Linked\. Hello Olga!/));
    expect(linked.threadTs).toBeNull();
    await answerTo(world.mallory, '/unlink', /linked to nobody/);
  });

  it('asks for access by a button, and the admins hear of it', async () => {
    const start = await answerTo(world.mallory, '/start', /Ask for access/);
    await world.mallory.presses(start, /Ask for access/);
    await until(() => told('U0MALLORY', /You have asked for access/));
    const wish = await until(() => said('C0OPS', /🙋[\s\S]*asks for access/));
    expect(shownText(wish)).toMatch(/U0MALLORY/);
  });
});

describe('a person whom Slack knows by the address of the file', () => {
  const OLGA = '- {email: Olga@Shop.test, name: Olga, role: operator, teams: [support]}\n';

  beforeAll(async () => {
    await start({
      users: [{ id: 'U0OLGA', name: 'Olga', email: 'olga@shop.test' }],
      files: {
        'owners.yaml': SLACK_FILES['owners.yaml'] + OLGA,
        'metrics/tickets.yaml': metricFile({
          name: 'Open tickets',
          teams: '[support]',
          owner: 'olga@shop.test',
          sql: "select value::numeric as value from marts.signal where name = 'tickets'",
        }),
      },
    });
    await bot.signal(4.5, 'tickets');
  }, 60_000);
  afterAll(stop);

  it('gets alerts there without having written a word', async () => {
    const olga = () => bot.running.deps.registry.current().people.find(({ name }) => name === 'Olga');
    await expect.poll(() => olga()?.slackId, { timeout: 15_000 }).toBe('U0OLGA');
    await bot.signal(3.1, 'tickets');
    await until(() => said('U0OLGA', /🔴[\s\S]*Open tickets/));
  });
});

describe('posts by the clock and a cockpit that stays', () => {
  /** A Monday, 08:00 in Madrid. */
  const clock = createMovableClock(new Date('2026-11-23T07:00:00Z'));
  const skipTo = (instant: string): void => clock.skip(new Date(instant).getTime() - clock.now().getTime());
  const run = (query: ReturnType<typeof sql>) => bot.running.deps.db.prisma.$executeRaw(query);
  const posts = (pattern: RegExp): MessageView[] =>
    world.slack.messages(SLACK_ROOM).filter((message) => message.isBot && pattern.test(shownText(message)));

  beforeAll(() => start({ clock }), 60_000);
  afterAll(stop);

  it('are planned by operators, listed with buttons, and come at their time with the picture', async () => {
    await answerTo(world.ivan, '/schedule cockpit every weekday 08:30', /✅ Planned as number 1/);
    await answerTo(world.vera, '/schedule cockpit daily 10:00', /takes the role operator/);
    await answerTo(world.vera, '/schedule', /One post is planned here[\s\S]*Pause 1[\s\S]*Remove 1/);
    expect(posts(/./), 'the answers were for one alone').toEqual([]);
    skipTo('2026-11-23T07:30:00Z');
    const post = await until(() => posts(/Corner Shop[\s\S]*slack_file/)[0]);
    expect(post).toMatchObject({ threadTs: null });
    expect(shownText(post)).not.toMatch(/posted late/);
  });

  it('rest while they are paused, by a button whose answer shows what else there is', async () => {
    const list = await answerTo(world.ivan, '/schedule', /One post is planned here/);
    expect(await world.ivan.presses(list, 'Pause 1')).toMatchObject({ status: 200 });
    const paused = await until(() => told('U0IVAN', /Paused\.[\s\S]*Go on with 1/));
    const before = world.slack.ephemerals('U0VERA').length;
    await world.vera.presses(paused, { value: '1:hx:1' });
    const refused = await until(() => world.slack.ephemerals('U0VERA')[before]);
    expect(shownText(refused)).toMatch(/takes the role operator/);
    skipTo('2026-11-24T07:30:00Z');
    clock.skip(5 * SECOND);
    await world.ivan.presses(paused, 'Go on with 1');
    await until(() => told('U0IVAN', /It goes on\./));
    expect(posts(/Corner Shop/)).toHaveLength(1);
    skipTo('2026-11-25T07:30:00Z');
    await until(() => posts(/Corner Shop/).length === 2);
    await world.ivan.presses(paused, { value: '1:hx:1' });
    await until(() => told('U0IVAN', /Removed\./));
  });

  it('/pin posts the cockpit, which is redrawn in place; /unpin leaves it', async () => {
    await answerTo(world.vera, '/pin', /takes the role operator/);
    await answerTo(world.ivan, '/pin growth', /The cockpit is coming/);
    const pinned = await until(
      () => posts(/Kept up to date[\s\S]*slack_file|slack_file[\s\S]*Kept up to date/)[0],
    );
    await until(() => world.slack.pins(SLACK_ROOM).includes(pinned.ts));
    await bot.signal(3.1);
    await until(() => said(SLACK_ROOM, /🔴[\s\S]*Checkout conversion\* 3\.1/));
    await run(sql`update heartbeat.alert_message set edited_at = edited_at - interval '1 hour'`);
    await run(sql`update heartbeat.pinned_cockpit set checked_at = null`);
    await until(() => posts(/Kept up to date/).some(({ ts, edits }) => ts === pinned.ts && edits.length > 0));
    expect(posts(/Kept up to date/)).toHaveLength(1);
    await answerTo(world.ivan, '/unpin', /It is left as it is\./);
    await answerTo(world.ivan, '/unpin', /No cockpit is pinned here/);
    await until(() => world.slack.pins(SLACK_ROOM).length === 0);
  });

  it('/pin takes the place of the one before; a refusal is told in its thread, and the cockpit lives on', async () => {
    const live = () => posts(/Kept up to date/);
    const before = live().length;
    await answerTo(world.ivan, '/pin', /The cockpit is coming/);
    const first = await until(() => live()[before]);
    await until(() => world.slack.pins(SLACK_ROOM).includes(first.ts));
    await answerTo(world.ivan, '/pin growth', /The cockpit is coming/);
    const second = await until(() => live()[before + 1]);
    await until(() => world.slack.pins(SLACK_ROOM).join() === second.ts);
    world.slack.fail({ method: 'pins.add', with: { error: 'restricted_action' } });
    await answerTo(world.ivan, '/pin', /The cockpit is coming/);
    const third = await until(() => live()[before + 2]);
    const told = await until(() => said(SLACK_ROOM, /does not let me pin this here/));
    expect(told).toMatchObject({ threadTs: third.ts, isBroadcast: false });
    await bot.reading(3.2);
    await run(sql`update heartbeat.alert_message set edited_at = edited_at - interval '1 hour'`);
    await run(sql`update heartbeat.pinned_cockpit set checked_at = null`);
    await until(() => live().some(({ ts, edits }) => ts === third.ts && edits.length > 0));
    expect(world.slack.pins(SLACK_ROOM)).toEqual([]);
  });
});

describe('one alert in Telegram, Slack and mail', () => {
  beforeAll(async () => {
    await start();
    await bot.signal(3.1);
    await until(() => said(SLACK_ROOM, /slack_file/) && said('U0IVAN', /slack_file/));
  }, 60_000);
  afterAll(stop);

  const alert = (): MessageView =>
    world.slack.messages(SLACK_ROOM).find(({ isBot, threadTs }) => isBot && threadTs === null) as MessageView;
  const mails = (): string[] =>
    server.mails.filter(({ to }) => to === 'ivan@shop.test').map(({ parsed }) => parsed.text ?? '');
  const at = (seconds: number) => ({
    answer: { at: { type: 'datetimepicker', selected_date_time: seconds } },
  });
  const inAnHour = (): number => Math.floor(Date.now() / 1000) + 3_600;

  it('T17 acked in Slack while a question about it is open: seen in Telegram and mail, and the question is told', async () => {
    await world.ivan.presses(alert(), /until/);
    const modal = await until(() =>
      world.slack.modals('U0IVAN').find(({ view }) => JSON.stringify(view).includes('datetimepicker')),
    );
    const pressed = await world.ann.presses(alert(), /Ack/);
    expect(pressed.status).toBe(200);
    expect(pressed.afterMs).toBeLessThan(SECOND);
    await bot.api.waitFor(() => bot.messages(ROOM).some(({ text }) => /acked by Ann/.test(text)));
    await server.waitFor(() => mails().some((text) => /acked by Ann/.test(text)));
    await world.ivan.submits(modal, at(inAnHour()));
    await until(() => told('U0IVAN', /acked by Ann/));
    await until(() => /acked by Ann[\s\S]*Un-ack/.test(shownText(alert())));
    expect(shownText(alert())).not.toMatch(/snoozed/);
  });

  it('T09 a question that was open when the program was started again is answered', async () => {
    await world.ann.presses(alert(), /Un-ack|Вернуть/);
    await until(() => /🔴/.test(shownText(alert())));
    const before = world.slack.modals('U0IVAN').length;
    await world.ivan.presses(alert(), /until/);
    const modal = await until(() => world.slack.modals('U0IVAN')[before]);
    await restart();
    await world.vera.sends('until tomorrow', { channel: SLACK_ROOM });
    expect(await world.ivan.submits(modal, at(inAnHour()))).toMatchObject({ status: 200 });
    await until(() => /snoozed by Ivan/.test(shownText(alert())));
    await bot.api.waitFor(() => bot.messages(ROOM).some(({ text }) => /snoozed by Ivan/.test(text)));
    await server.waitFor(() => mails().some((text) => /snoozed by Ivan/.test(text)));
  });
});
