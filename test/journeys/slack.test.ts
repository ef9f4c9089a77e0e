import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  signRequest,
  writeRequest,
  type Envelope,
  type MessageView,
} from '../../src/playground/slack-api/index.ts';
import { openSocketDoor, type SocketDoor } from '../channels/slack/socket-door.ts';
import { API_TOKEN, startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import {
  shownText,
  SLACK_FILES,
  SLACK_OPS,
  SLACK_ROOM,
  startTestSlack,
  type TestSlack,
} from '../support/slack.ts';
import { findFreePort } from '../support/free-port.ts';
import { IVAN, ROOM } from '../support/workspace.ts';

const ONE_SECOND = 1_000;

let bot: TestHeartbeat;
let world: TestSlack;

const until = <T>(find: () => T | undefined | null | false): Promise<T> => world.slack.waitFor(find, 15_000);

function alertIn(channel: string): MessageView | undefined {
  return world.slack.messages(channel).find((message) => message.isBot && message.threadTs === null);
}

/** A message as it is now: tests hold on to older views. */
function shows(channel: string, pattern: RegExp): boolean {
  const message = alertIn(channel);
  return message !== undefined && pattern.test(shownText(message));
}

async function startHttp(): Promise<void> {
  world = await startTestSlack();
  bot = await startTestHeartbeat({ files: SLACK_FILES, environment: world.http });
  world.slack.deliverTo(`${bot.running.url}/slack/events`);
}

async function stop(): Promise<void> {
  // a request that a test made up has no address to answer at
  const refused = world.slack.calls.filter(({ ok, error }) => ok === false && error !== 'unknown_url');
  const log = bot.logged();
  await bot.stop();
  await world.slack.close();
  expect(refused.map((call) => `${call.method}: ${call.error} ${JSON.stringify(call.params)}`)).toEqual([]);
  for (const secret of [world.slack.token, world.slack.signingSecret, world.slack.appToken])
    expect(log).not.toContain(secret);
}

async function partOf(name: string): Promise<{ ok: boolean; reason: string } | undefined> {
  const { parts } = (await (await fetch(`${bot.running.url}/readyz`)).json()) as {
    parts: { name: string; ok: boolean; reason: string }[];
  };
  return parts.find((part) => part.name === name);
}

describe('one alert in Slack and Telegram at once, requests signed', () => {
  beforeAll(startHttp, 60_000);
  afterAll(stop);

  it('stands in the room and with the owner, with value, line, buttons and picture', async () => {
    await expect.poll(() => partOf('slack')).toMatchObject({ ok: true });
    await bot.signal(3.1);
    const room = await until(() => alertIn(SLACK_ROOM));
    const own = await until(() => alertIn('U0IVAN'));
    for (const message of [room, own]) {
      expect(shownText(message)).toMatch(/Checkout conversion\* 3\.1[\s\S]*3\.4/);
      expect(message.text.length).toBeLessThanOrEqual(60);
      expect(shownText(message)).toMatch(/✅ Ack[\s\S]*💤[\s\S]*Why/);
    }
    await until(() => shows(SLACK_ROOM, /slack_file/) && shows('U0IVAN', /slack_file/));
    const image = alertIn(SLACK_ROOM)?.blocks.find(({ type }) => type === 'image');
    expect(image).toMatchObject({ alt_text: expect.stringMatching(/Checkout conversion/) });
  });

  it('acked in Slack: answered within a second, and seen in Telegram, the picture still there', async () => {
    await bot.api.waitFor(() => bot.messages(IVAN).some(({ text }) => /3\.1/.test(text)));
    const pressed = await world.ann.presses(alertIn(SLACK_ROOM) as MessageView, /Ack/);
    expect(pressed).toMatchObject({ status: 200 });
    expect(pressed.afterMs).toBeLessThan(ONE_SECOND);
    await until(() => world.slack.ephemerals('U0ANN').some(({ text }) => text !== ''));
    await until(() => shows(SLACK_ROOM, /Ann/) && shows('U0IVAN', /Ann/));
    expect(shows(SLACK_ROOM, /slack_file/)).toBe(true);
    await bot.api.waitFor(() => bot.messages(ROOM).some(({ text }) => /Ann/.test(text)));
  });
});

async function alertOfApi(): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${API_TOKEN}` };
  const states = 'firing,acked,snoozed,resolved';
  const answer = await fetch(`${bot.running.url}/api/alerts?state=${states}`, { headers });
  const { items } = (await answer.json()) as { items: Record<string, unknown>[] };
  return items[0] ?? {};
}

/** What only this person sees, newest first. */
function told(user: string, pattern: RegExp): MessageView | undefined {
  return world.slack.ephemerals(user).findLast((message) => pattern.test(shownText(message)));
}

async function withRedAlert(): Promise<void> {
  await startHttp();
  await bot.signal(3.1);
  await until(() => shows(SLACK_ROOM, /slack_file/) && shows('U0IVAN', /slack_file/));
}

describe('commands', () => {
  beforeAll(withRedAlert, 60_000);
  afterAll(stop);

  it('are answered where only their person sees it, with the picture, and can be shared', async () => {
    expect(await world.ivan.commands('/metric cr', SLACK_ROOM)).toMatchObject({ status: 200, body: '' });
    const card = await until(() => told('U0IVAN', /Checkout conversion[\s\S]*slack_file/));
    expect(card.channel).toBe(SLACK_ROOM);
    await world.ivan.presses(card, 'Share here');
    const shared = await until(() =>
      world.slack.messages(SLACK_ROOM).find((message) => /Shared by Ivan/.test(shownText(message))),
    );
    expect(shownText(shared)).toMatch(/Checkout conversion\* 3\.1[\s\S]*slack_file/);
    expect(shownText(shared)).not.toContain('Share here');
    await until(() => told('U0IVAN', /Posted here/));
  });

  it('work by their own names and under the umbrella, whose help stands for an empty one', async () => {
    expect(await world.ivan.commands('/cockpit', SLACK_ROOM)).toMatchObject({ status: 200 });
    await until(() => told('U0IVAN', /slack_file[\s\S]*alerts:0|slack_file/));
    await world.ivan.commands('/alerts', SLACK_ROOM);
    await until(() => told('U0IVAN', /A-1001/));
    await world.ivan.commands('/heartbeat whoami', SLACK_ROOM);
    await until(() => told('U0IVAN', /ivan@shop\.test/));
    await world.vera.commands('/heartbeat', SLACK_ROOM);
    await until(() => told('U0VERA', /\/cockpit — [\s\S]*also works as \/heartbeat/));
  });

  it('T15 get a suggestion when misspelt', async () => {
    expect(await world.ivan.commands('/heartbeat cokpit', SLACK_ROOM)).toMatchObject({ status: 200 });
    await until(() => told('U0IVAN', /\/cokpit[\s\S]*\/cockpit/));
  });

  it('T16 a person found by the e-mail of the account is answered in their language; a namesake is nobody', async () => {
    await world.ann.commands('/whoami', SLACK_ROOM);
    await until(() => told('U0ANN', /Ann[\s\S]*оператор/i));
    const ann = () => bot.running.deps.registry.current().people.find(({ name }) => name === 'Ann');
    await expect.poll(() => ann()?.slackId).toBe('U0ANN');
    expect(await world.mallory.commands('/metric cr', SLACK_ROOM)).toMatchObject({ status: 200 });
    const refused = await until(() => told('U0MALLORY', /U0MALLORY/));
    expect(shownText(refused)).not.toMatch(/conversion|Corner Shop|ivan@/i);
    const pressed = await world.mallory.presses(alertIn(SLACK_ROOM) as MessageView, /Ack/);
    expect(pressed).toMatchObject({ status: 200 });
    await until(() => world.slack.ephemerals('U0MALLORY').length === 2);
    expect(await alertOfApi()).toMatchObject({ state: 'firing' });
  });

  it('in direct messages need no slash', async () => {
    expect(await world.ivan.sends('metric cr')).toMatchObject({ status: 200 });
    await until(() =>
      world.slack
        .messages('U0IVAN')
        .find((message) => message.isBot && /is it late|How to read|slack_file/.test(shownText(message))),
    );
  });

  it('a viewer may look, not act', async () => {
    await world.vera.presses(alertIn(SLACK_ROOM) as MessageView, /Ack/);
    await until(() => told('U0VERA', /operator/));
    expect(await alertOfApi()).toMatchObject({ state: 'firing' });
  });
});

describe('what is not from Slack', () => {
  beforeAll(withRedAlert, 60_000);
  afterAll(stop);

  const post = (envelope: Envelope, headers: (body: string) => Record<string, string>) => {
    const { body, contentType } = writeRequest(envelope);
    return fetch(`${bot.running.url}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': contentType, ...headers(body) },
      body,
    });
  };
  const ackOf = (id: string): Envelope => {
    const value = JSON.stringify(alertIn(SLACK_ROOM)).match(/1:a:1001:\d+/)?.[0] ?? '';
    return {
      type: 'interactive',
      payload: {
        type: 'block_actions',
        user: { id: 'U0IVAN', team_id: world.slack.team },
        channel: { id: SLACK_ROOM },
        container: { type: 'message' },
        trigger_id: id,
        response_url: `${world.slack.url.replace('/api/', '')}/response/none`,
        actions: [{ type: 'button', action_id: 'press_0_0', block_id: 'b', value }],
      },
    };
  };
  const nowSeconds = () => Math.floor(Date.now() / 1000);

  it('T25 is refused without a signature, with a forged one, and with one that is too old or from the future', async () => {
    const { signingSecret } = world.slack;
    const forged = (body: string) => signRequest(`${signingSecret}x`, body, nowSeconds());
    const stale = (body: string) => signRequest(signingSecret, body, nowSeconds() - 301);
    const early = (body: string) => signRequest(signingSecret, body, nowSeconds() + 301);
    const other = () => signRequest(signingSecret, 'another body', nowSeconds());
    for (const headers of [() => ({}), forged, stale, early, other])
      expect((await post(ackOf('forged'), headers)).status).toBe(401);
    expect(await alertOfApi()).toMatchObject({ state: 'firing', version: 1 });
  });

  it('answers the question by which Slack verifies an address, when it is signed', async () => {
    const envelope: Envelope = {
      type: 'events_api',
      payload: { type: 'url_verification', challenge: 'abc' },
    };
    const signed = await post(envelope, (body) => signRequest(world.slack.signingSecret, body, nowSeconds()));
    expect([signed.status, await signed.json()]).toEqual([200, { challenge: 'abc' }]);
    expect((await post(envelope, () => ({}))).status).toBe(401);
  });

  it('T24 a repeated request has one effect, whoever repeats it', async () => {
    const sign = (body: string) => signRequest(world.slack.signingSecret, body, nowSeconds());
    const answers = await Promise.all([1, 2, 3].map(() => post(ackOf('once'), sign)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await until(() => shows(SLACK_ROOM, /Un-ack/));
    expect(await alertOfApi()).toMatchObject({ state: 'acked', version: 2 });
    const note = await world.ivan.sends('a release', {
      channel: SLACK_ROOM,
      thread: alertIn(SLACK_ROOM)?.ts ?? '',
    });
    expect(note.status).toBe(200);
    await expect.poll(async () => (await alertOfApi())['note_count']).toBe(1);
    const event = world.slack.sent.at(-1) as Envelope;
    await world.slack.deliver({ ...event, retry: { attempt: 1, reason: 'http_timeout' } });
    await world.ivan.sends('another', { channel: SLACK_ROOM, thread: alertIn(SLACK_ROOM)?.ts ?? '' });
    await expect.poll(async () => (await alertOfApi())['note_count']).toBe(2);
  });
});

describe('presses', () => {
  beforeAll(withRedAlert, 60_000);
  afterAll(stop);

  it('T10 two people on two platforms in the same moment have one effect, and the second is told', async () => {
    const telegram = await bot.api.waitFor(() =>
      bot.messages(ROOM).find(({ text, from }) => from.isBot && /3\.1/.test(text)),
    );
    const [slack, other] = await Promise.all([
      world.ivan.presses(alertIn(SLACK_ROOM) as MessageView, /Ack/),
      bot.ann.presses(telegram, /Ack/),
    ]);
    expect(slack.status).toBe(200);
    expect(other.answered).toBe(true);
    const said = await until(() => told('U0IVAN', /./));
    const words = [said.text, other.answered ? other.text : ''].join('\n');
    expect(words).toMatch(/already acked by Ann|уже взял|Ivan/i);
    expect(await alertOfApi()).toMatchObject({ state: 'acked', version: 2 });
    await until(() => shows(SLACK_ROOM, /Un-ack/));
    await world.ivan.presses(alertIn(SLACK_ROOM) as MessageView, /Un-ack/);
    await until(() => shows(SLACK_ROOM, /🔴/));
  });

  it('T17 an old button says what happened since', async () => {
    await world.ann.presses(alertIn(SLACK_ROOM) as MessageView, { value: '1:a:1001:1' });
    await until(() => told('U0ANN', /измени/));
    expect(await alertOfApi()).toMatchObject({ state: 'firing' });
  });

  it('snooze by a choice of the select', async () => {
    expect(await world.ivan.presses(alertIn(SLACK_ROOM) as MessageView, /^💤 4/)).toMatchObject({
      status: 200,
    });
    await until(() => shows(SLACK_ROOM, /snoozed by Ivan/));
    await until(() => told('U0IVAN', /Silent until/));
  });

  it('T18 until an instant: a modal opens at once, a time that is past is told in it, another closes it', async () => {
    await world.ivan.presses(alertIn(SLACK_ROOM) as MessageView, /until/);
    const modal = await until(() =>
      world.slack.modals('U0IVAN').find(({ view }) => JSON.stringify(view).includes('datetimepicker')),
    );
    expect(JSON.stringify(modal.view)).toContain('Checkout conversion');
    const at = (seconds: number) => ({
      answer: { at: { type: 'datetimepicker', selected_date_time: seconds } },
    });
    const now = Math.floor(Date.now() / 1000);
    const past = await world.ivan.submits(modal, at(now - 60));
    expect(past).toMatchObject({ status: 200, body: { response_action: 'errors' } });
    expect(await world.ivan.submits(modal, at(now + 7_200))).toMatchObject({ status: 200 });
    await until(() => told('U0IVAN', /Snoozed/));
    await expect
      .poll(async () => Date.parse(String((await alertOfApi())['snoozed_until'])))
      .toBe((now + 7_200) * 1000);
  });

  it('a question that is not asked says why in its modal', async () => {
    expect(await world.vera.presses(alertIn(SLACK_ROOM) as MessageView, /until/)).toMatchObject({
      status: 200,
    });
    await until(() =>
      world.slack.modals('U0VERA').find(({ view }) => JSON.stringify(view).includes('operator')),
    );
  });

  it('words in the thread are a note on every surface', async () => {
    const thread = alertIn(SLACK_ROOM)?.ts ?? '';
    const said = await world.ann.sends('a release is &lt;being&gt; rolled back', {
      channel: SLACK_ROOM,
      thread,
    });
    expect(said.status).toBe(200);
    await until(() => shows(SLACK_ROOM, /Ann[\s\S]*&lt;being&gt; rolled back/));
    await bot.api.waitFor(() => bot.messages(ROOM).some(({ text }) => text.includes('<being> rolled back')));
    await until(() => told('U0ANN', /A-1001/));
  });

  it('Why is answered in the thread’s channel for one, and recovery stands in channel and thread', async () => {
    await world.ivan.presses(alertIn(SLACK_ROOM) as MessageView, /Why/);
    await until(() => told('U0IVAN', /lower is worse|3\.4/));
    await bot.signal(4.5);
    const inThread = () =>
      world.slack.messages(SLACK_ROOM).filter(({ threadTs, isBot }) => isBot && threadTs !== null);
    const reply = await until(() => inThread().find((one) => /Recovered/.test(shownText(one))));
    expect(reply).toMatchObject({ isBroadcast: true, threadTs: alertIn(SLACK_ROOM)?.ts });
    await until(() => shows(SLACK_ROOM, /Recovered/));
    const notes = inThread().filter(({ ts }) => ts !== reply.ts);
    expect(notes.map(({ isBroadcast }) => isBroadcast)).toEqual(notes.map(() => false));
    expect(notes.map(shownText).join('\n')).toMatch(/acked by Ann/);
    expect(
      world.slack.messages(SLACK_ROOM).filter(({ threadTs, isBot }) => isBot && threadTs === null),
    ).toHaveLength(1);
  });
});

describe('questions and failures', () => {
  beforeAll(withRedAlert, 60_000);
  afterAll(async () => {
    await bot.stop();
    await world.slack.close();
  });

  const modalOf = (user: string, pattern: RegExp) =>
    until(() => world.slack.modals(user).find(({ view }) => pattern.test(JSON.stringify(view))));
  const words = (value: string) => ({ answer: { text: { type: 'plain_text_input', value } } });

  it('a command that asks for words opens a modal for them', async () => {
    await world.ivan.commands('/watchlist create compliance', SLACK_ROOM);
    const modal = await modalOf('U0IVAN', /plain_text_input/);
    expect(await world.ivan.submits(modal, words('checkout'))).toMatchObject({ status: 200 });
    await until(() => told('U0IVAN', /compliance/));
    await world.ivan.commands('/watchlist compliance', SLACK_ROOM);
    await until(() => told('U0IVAN', /compliance[\s\S]*Checkout conversion/));
  });

  it('a modal that Slack does not open leaves the question in words', async () => {
    world.slack.fail({ method: 'views.open', times: 2, with: { error: 'expired_trigger_id' } });
    await world.ivan.presses(alertIn(SLACK_ROOM) as MessageView, /until/);
    await until(() => told('U0IVAN', /Try again/));
    expect(await world.ivan.commands('/watchlist create another', SLACK_ROOM)).toMatchObject({ status: 200 });
    await until(() => told('U0IVAN', /another/));
  });

  it('a channel without the app: what cannot be shared is told', async () => {
    world.slack.channel({ id: 'C0ELSE', name: 'else', members: [world.ivan], withoutBot: true });
    expect(await world.ivan.commands('/metric cr', 'C0ELSE')).toMatchObject({ status: 200 });
    const card = await until(() =>
      world.slack.ephemerals('U0IVAN').find(({ channel }) => channel === 'C0ELSE'),
    );
    await world.ivan.presses(card, 'Share here');
    await until(() => told('U0IVAN', /Invite me/));
  });

  it('a picture that Slack is slow with follows its text', async () => {
    // pictures of the alert may be on their way as well
    world.slack.fail({ method: 'files.info', times: 3, with: { delayMs: 1_500 } });
    await world.vera.commands('/cockpit', SLACK_ROOM);
    const shown = await until(() => told('U0VERA', /Corner Shop[\s\S]*slack_file/));
    const [first] = shown.edits;
    expect(JSON.stringify(first)).toContain('Corner Shop');
    expect(JSON.stringify(first)).not.toContain('slack_file');
    expect(world.slack.ephemerals('U0VERA')).toHaveLength(1);
  });

  it('a channel that is archived: the ops inbox is told, and the owner’s own chat goes on', async () => {
    world.slack.archive(SLACK_ROOM);
    await bot.signal(4.5);
    await until(() => shows('U0IVAN', /Recovered/));
    const notice = await until(() =>
      world.slack.messages(SLACK_OPS).find((message) => /is_archived/.test(shownText(message))),
    );
    expect(notice).toMatchObject({ isBot: true, threadTs: null });
  });
});

describe('the Home tab and links', () => {
  const PUBLIC_URL = 'https://heartbeat.shop.test';

  beforeAll(async () => {
    const port = String(await findFreePort());
    world = await startTestSlack();
    bot = await startTestHeartbeat({
      files: SLACK_FILES,
      environment: { ...world.http, PUBLIC_URL, PORT: port },
    });
    world.slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
    await bot.signal(3.1);
    await until(() => shows(SLACK_ROOM, /slack_file/));
  }, 60_000);
  afterAll(async () => {
    await bot.stop();
    await world.slack.close();
  });

  const home = (user: string): string => JSON.stringify(world.slack.home(user)?.view ?? {});

  it('shows my open alerts with buttons, and a press there says what it came to', async () => {
    await world.ivan.opensHome();
    await until(() => /Corner Shop[\s\S]*Checkout conversion[\s\S]*Ack/.test(home('U0IVAN')));
    expect(home('U0IVAN')).toMatch(/English[\s\S]*Europe\/Madrid[\s\S]*quiet hours/);
    expect(home('U0IVAN'), 'Slack keeps /star').toMatch(/\/heartbeat star and a metric/);
    await world.ivan.pressesHome(/Ack/);
    await until(() => /Un-ack/.test(home('U0IVAN')));
    await until(() => shows(SLACK_ROOM, /Ivan/));
    await world.ivan.pressesHome(/until/);
    await until(() => world.slack.modals('U0IVAN').length === 1);
  });

  it('changes the language there, and shows what I starred with its picture', async () => {
    await world.ivan.commands('/star cr', SLACK_ROOM);
    await until(() => told('U0IVAN', /★|starred/i));
    await world.ivan.pressesHome('Русский');
    await until(() => /Ваши настройки/.test(home('U0IVAN')));
    await until(() => /slack_file/.test(home('U0IVAN')));
    expect(home('U0IVAN')).toMatch(/Checkout conversion 4|Checkout conversion\*? 3/);
    await world.ivan.pressesHome('English');
    await until(() => /Your settings/.test(home('U0IVAN')));
  });

  it('shows who has no alert that there is none, and a stranger only how to ask', async () => {
    await world.vera.opensHome();
    await until(() => /None of your metrics/.test(home('U0VERA')));
    await world.mallory.opensHome();
    await until(() => home('U0MALLORY').includes('U0MALLORY'));
    expect(home('U0MALLORY')).not.toMatch(/Checkout|Corner Shop/);
  });

  it('unfurls a link to a metric that a member posts, and no other', async () => {
    const link = `${PUBLIC_URL}/docs/metrics/growth#conversion`;
    const { ts } = await world.ivan.shares(link, SLACK_ROOM);
    await until(() => world.slack.unfurls(SLACK_ROOM, ts)[link]);
    expect(JSON.stringify(world.slack.unfurls(SLACK_ROOM, ts))).toMatch(/Checkout conversion/);
    const elsewhere = await world.ivan.shares(
      'https://heartbeat.shop.test.evil.test/metric/conversion.png',
      SLACK_ROOM,
    );
    const stranger = await world.mallory.shares(link, SLACK_ROOM);
    const last = await world.ivan.shares(`${PUBLIC_URL}/metric/conversion.png`, SLACK_ROOM);
    await until(() => Object.keys(world.slack.unfurls(SLACK_ROOM, last.ts)).length === 1);
    for (const [path, shown] of [
      ['/cockpit?team=growth', /Checkout conversion/],
      ['/alerts', /A-1001|open alert/i],
    ] as const) {
      const { ts: at } = await world.ivan.shares(PUBLIC_URL + path, SLACK_ROOM);
      const card = () => JSON.stringify(world.slack.unfurls(SLACK_ROOM, at));
      await until(() => shown.test(card()));
      expect(card()).not.toMatch(/"button"/);
    }
    expect(world.slack.unfurls(SLACK_ROOM, elsewhere.ts)).toEqual({});
    expect(world.slack.unfurls(SLACK_ROOM, stranger.ts)).toEqual({});
  });

  it('unfurls a link to a watchlist for as long as the link opens it', async () => {
    await world.ivan.commands('/watchlist create "Week start" cr', SLACK_ROOM);
    await until(() => told('U0IVAN', /Week start is there/));
    await world.ivan.commands('/watchlist share week start', SLACK_ROOM);
    const shared = shownText(await until(() => told('U0IVAN', /cockpit\?watchlist=/)));
    const [, token = ''] = /\?watchlist=([\w-]{22})/.exec(shared) ?? [];
    const link = `${PUBLIC_URL}/cockpit?watchlist=${token}`;
    const { ts } = await world.ivan.shares(link, SLACK_ROOM);
    await until(() => /Week start/.test(JSON.stringify(world.slack.unfurls(SLACK_ROOM, ts))));
    await world.ivan.commands('/watchlist delete week start', SLACK_ROOM);
    await until(() => told('U0IVAN', /Week start is deleted/));
    const gone = await world.ivan.shares(link, SLACK_ROOM);
    const last = await world.ivan.shares(`${PUBLIC_URL}/alerts`, SLACK_ROOM);
    await until(() => Object.keys(world.slack.unfurls(SLACK_ROOM, last.ts)).length === 1);
    expect(world.slack.unfurls(SLACK_ROOM, gone.ts)).toEqual({});
  });
});

describe('Socket Mode', () => {
  let door: SocketDoor;

  beforeAll(async () => {
    world = await startTestSlack();
    door = await openSocketDoor(world.slack);
    bot = await startTestHeartbeat({ files: SLACK_FILES, environment: world.socket });
    await until(() => door.connections() === 1);
    await bot.signal(3.1);
    await until(() => shows(SLACK_ROOM, /slack_file/) && shows('U0IVAN', /slack_file/));
  }, 60_000);
  afterAll(async () => {
    await stop();
    await door.close();
  });

  it('acks and answers as over HTTP; there is no HTTP route', async () => {
    const pressed = await world.ivan.presses(alertIn(SLACK_ROOM) as MessageView, /Ack/);
    expect(pressed).toMatchObject({ status: 200 });
    expect(pressed.afterMs).toBeLessThan(ONE_SECOND);
    await until(() => shows(SLACK_ROOM, /Un-ack/));
    await bot.api.waitFor(() => bot.messages(ROOM).some(({ text }) => /Ivan/.test(text)));
    await world.ann.commands('/alerts', SLACK_ROOM);
    await until(() => told('U0ANN', /A-1001/));
    expect((await fetch(`${bot.running.url}/slack/events`, { method: 'POST' })).status).toBe(404);
  });

  it('answers with pictures, takes what a modal asked for, and tells a stranger nothing', async () => {
    await world.ivan.commands('/watchlist create compliance', SLACK_ROOM);
    const modal = await until(() =>
      world.slack.modals('U0IVAN').find(({ view }) => JSON.stringify(view).includes('plain_text_input')),
    );
    await world.ivan.submits(modal, { answer: { text: { type: 'plain_text_input', value: 'checkout' } } });
    await until(() => told('U0IVAN', /compliance[\s\S]*Checkout conversion/));
    for (const command of ['/metric cr', '/cockpit', '/watchlist compliance']) {
      const before = world.slack.ephemerals('U0IVAN').length;
      expect(await world.ivan.commands(command, SLACK_ROOM)).toMatchObject({ status: 200 });
      const answers = () => world.slack.ephemerals('U0IVAN').slice(before).map(shownText).join();
      await until(() =>
        /Checkout conversion[\s\S]*slack_file|slack_file[\s\S]*Checkout conversion/.test(answers()),
      );
    }
    await world.mallory.commands('/cockpit', SLACK_ROOM);
    const refused = await until(() => told('U0MALLORY', /U0MALLORY/));
    expect(shownText(refused)).not.toMatch(/conversion|Corner Shop|ivan@/i);
  });

  it('connects again when Slack moves the connection, and when it is cut', async () => {
    for (const end of [() => door.refresh(), () => door.cut()]) {
      end();
      await expect.poll(() => door.connections(), { timeout: 10_000 }).toBe(0);
      await expect.poll(() => door.connections(), { timeout: 10_000 }).toBe(1);
      await expect.poll(() => partOf('slack'), { timeout: 5_000 }).toMatchObject({ ok: true });
    }
    const before = world.slack.ephemerals('U0VERA').length;
    await world.vera.commands('/whoami', SLACK_ROOM);
    await until(() => world.slack.ephemerals('U0VERA').length > before);
  });
});
