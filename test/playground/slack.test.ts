import { describe, expect, it } from 'vitest';
import { compareSlack } from '../../src/playground/slack/state.ts';
import { listSlackScene } from '../../src/playground/slack/scene.ts';
import type { SlackMessage, SlackView } from '../../src/playground/page-types.ts';
import { ANN, IVAN, person, PIXEL, room, ROOM, startStage, workspace } from './stage.ts';
import {
  buttons,
  mrkdwn,
  SLACK_ROOM,
  startSlackStage,
  U_ANN,
  U_IVAN,
  type SlackStage,
} from './slack-stage.ts';

async function problemOf(response: Response): Promise<{ status: number; code: string }> {
  return (await response.json()) as { status: number; code: string };
}

async function stateOf(stage: SlackStage) {
  return (await (await stage.listen()).snapshot()).slack;
}

async function postAlert(stage: SlackStage, channel = SLACK_ROOM): Promise<string> {
  const blocks = [mrkdwn('🔴 *Checkout* 3.1 %'), buttons(['✅ Ack', '1:a:1:1'])];
  const { ts } = await stage.ask('chat.postMessage', { channel, text: '🔴 Checkout 3.1 %', blocks });
  return ts;
}

describe('the scene of a workspace in Slack', () => {
  const people = [
    { ...person('Ivan', IVAN), slackId: U_IVAN },
    { ...person('Ann', ANN, 'ru'), slackId: U_ANN },
    person('Tomás', 1003),
  ];

  it('has everybody with a Slack id, their direct messages, the room by the name of the workspace, the ops inbox', () => {
    const rooms = [room(ROOM), room(null, { slack: SLACK_ROOM })];
    const opsInbox = { ...workspace().opsInbox, slack: 'C0OPS' };
    const scene = listSlackScene({ people, workspace: workspace({ rooms, opsInbox }) });
    expect(scene.users).toMatchObject([
      { id: U_IVAN, name: 'Ivan', locale: 'en-US' },
      { id: U_ANN, name: 'Ann', locale: 'ru-RU' },
    ]);
    expect(scene.chats).toEqual([
      { id: SLACK_ROOM, kind: 'channel', title: 'corner-shop' },
      { id: U_IVAN, kind: 'direct', title: 'Heartbeat' },
      { id: U_ANN, kind: 'direct', title: 'Heartbeat' },
      { id: 'C0OPS', kind: 'channel', title: 'ops' },
    ]);
  });

  it('tells rooms apart by their teams, and shows one that is the ops inbox too once', () => {
    const rooms = [
      room(null, { slack: 'C0A', teams: ['growth', 'Ops & co'] }),
      room(null, { slack: 'C0B', teams: [] }),
    ];
    const opsInbox = { ...workspace().opsInbox, slack: 'C0B' };
    const { chats } = listSlackScene({ people, workspace: workspace({ rooms, opsInbox }) });
    expect(chats.filter(({ kind }) => kind === 'channel')).toEqual([
      { id: 'C0A', kind: 'channel', title: 'growth-ops-co' },
      { id: 'C0B', kind: 'channel', title: 'c0b' },
    ]);
  });

  it('is empty when nobody has a Slack id', () => {
    const rooms = [room(null, { slack: SLACK_ROOM })];
    expect(listSlackScene({ people: [person('Tomás', 1)], workspace: workspace({ rooms }) })).toEqual({
      users: [],
      chats: [],
    });
  });
});

describe('what pages hear of Slack', () => {
  it('begins with everything, pictures by their addresses', async () => {
    const stage = await startSlackStage();
    const { upload_url: url, file_id: id } = await stage.ask<{ upload_url: string; file_id: string }>(
      'files.getUploadURLExternal',
      { filename: 'a.png', length: PIXEL.length },
    );
    await fetch(url, { method: 'POST', body: new Uint8Array(PIXEL) });
    await stage.ask('files.completeUploadExternal', { files: [{ id, title: 'a' }] });
    const blocks = [mrkdwn('*Red*'), { type: 'image', slack_file: { id }, alt_text: 'a chart' }];
    await stage.ask('chat.postMessage', { channel: SLACK_ROOM, text: 'Red', blocks });
    const { messages, chats, commands } = await stateOf(stage);
    expect(chats.map(({ id: chat }) => chat)).toEqual([SLACK_ROOM, U_IVAN, U_ANN]);
    expect(commands.map(({ command }) => command)).toEqual(['heartbeat', 'cockpit']);
    expect(messages).toMatchObject([
      {
        chat: SLACK_ROOM,
        from: { name: 'Heartbeat', isBot: true },
        edited: false,
        blocks: [
          { type: 'section' },
          { type: 'image', src: `/play/slack/file/${id}`, width: 1, height: 1, alt_text: 'a chart' },
        ],
      },
    ]);
    const picture = await stage.get(`/play/slack/file/${id}`);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(PIXEL);
    expect((await stage.get('/play/slack/file/F0NONE')).status).toBe(404);
  });

  it('tells of new words, edits, replies and deletions as they come', async () => {
    const stage = await startSlackStage();
    const page = await stage.listen();
    await page.snapshot();
    const next = async () => (await page.nextOf('slack')).delta;
    const ts = await postAlert(stage);
    expect(await next()).toMatchObject({ messages: [{ id: ts, chat: SLACK_ROOM, edited: false }], gone: [] });
    const keys = { channel: SLACK_ROOM, ts, text: '🔴 Checkout 3.1 %' };
    await stage.ask('chat.update', {
      ...keys,
      blocks: [mrkdwn('🔴 *Checkout* 3.1 %'), buttons(['Un-ack', 'u'])],
    });
    expect((await next()).messages).toMatchObject([{ id: ts, edited: false }]);
    stage.clock.skip(5_000);
    await stage.ask('chat.update', { ...keys, blocks: [mrkdwn('🟠 Acked')] });
    expect((await next()).messages).toMatchObject([{ id: ts, edited: true, pinned: false }]);
    await stage.ask('pins.add', { channel: SLACK_ROOM, timestamp: ts });
    expect((await next()).messages).toMatchObject([{ id: ts, pinned: true }]);
    stage.clock.skip(5_000);
    await stage.ask('chat.postMessage', {
      channel: SLACK_ROOM,
      text: 'note',
      thread_ts: ts,
      reply_broadcast: true,
    });
    expect((await next()).messages).toMatchObject([{ thread: ts, isBroadcast: true }]);
    await stage.ask('chat.delete', { channel: SLACK_ROOM, ts });
    expect((await next()).gone).toEqual([{ chat: SLACK_ROOM, id: ts }]);
  });

  it('compares with what was told, and is silent when nothing changed', () => {
    const message = { id: '1.1', chat: 'C0A', text: 'a' } as SlackMessage;
    const view = { id: 'V1', user: U_ANN, title: 'a' } as SlackView;
    const first = compareSlack(new Map(), { messages: [message], views: [view] });
    expect(first.delta).toMatchObject({ messages: [message], views: [view], gone: [], closed: [] });
    expect(compareSlack(first.told, { messages: [{ ...message }], views: [view] }).delta).toBeNull();
    const last = compareSlack(first.told, { messages: [], views: [{ ...view, title: 'b' }] });
    expect(last.delta).toMatchObject({
      messages: [],
      gone: [{ chat: 'C0A', id: '1.1' }],
      views: [{ title: 'b' }],
    });
    expect(compareSlack(last.told, { messages: [], views: [] }).delta?.closed).toEqual(['V1']);
  });

  it('keeps the tokens and ids of a run to that run, and tells no log of them', async () => {
    const [one, other] = [await startSlackStage(), await startStage()];
    const { token, appToken } = one.slack;
    expect(token).toMatch(/^xoxb-/);
    expect([other.slack.token, other.slack.appToken]).not.toContain(token);
    expect(other.slack.appToken).not.toBe(appToken);
    for (const secret of [token, appToken]) expect(one.logged()).not.toContain(secret);
    await one.post('/play/slack/send', { person: U_IVAN, chat: U_IVAN, text: '/cockpit' });
    expect(one.requests[0]?.payload['trigger_id']).toMatch(/^trigger\.[0-9A-Z]{8,}\d{4}$/);
  });
});

describe('what visitors do in Slack', () => {
  it('words reach the app as a message of that person, escaped as Slack’s clients do', async () => {
    const stage = await startSlackStage();
    const thread = await postAlert(stage);
    const said = { person: U_ANN, chat: SLACK_ROOM, text: ' a < b & c ', thread };
    expect(await (await stage.post('/play/slack/send', said)).json()).toEqual({ answered: true });
    expect(stage.requests[0]).toMatchObject({
      type: 'events_api',
      payload: { event: { type: 'message', user: U_ANN, text: 'a &lt; b &amp; c', thread_ts: thread } },
    });
    expect((await stateOf(stage)).messages).toMatchObject([
      { id: thread },
      { thread, from: { name: 'Ann' } },
    ]);
  });

  it('a command reaches it as a slash command; Slack refuses unknown ones, and those in threads', async () => {
    const stage = await startSlackStage();
    const thread = await postAlert(stage);
    const said = { person: U_IVAN, chat: SLACK_ROOM };
    await stage.post('/play/slack/send', { ...said, text: '/cockpit growth' });
    expect(stage.requests).toMatchObject([
      { type: 'slash_commands', payload: { command: '/cockpit', text: 'growth', channel_id: SLACK_ROOM } },
    ]);
    const unknown = await stage.post('/play/slack/send', { ...said, text: '/star cr' });
    expect(await problemOf(unknown)).toMatchObject({ status: 400, code: 'command_unknown' });
    const inThread = await stage.post('/play/slack/send', { ...said, text: '/cockpit', thread });
    expect(await problemOf(inThread)).toMatchObject({ status: 400, code: 'command_in_thread' });
    expect(stage.requests).toHaveLength(1);
  });

  it('a press reaches it with the value of the button, which the message has or had', async () => {
    const stage = await startSlackStage();
    const ts = await postAlert(stage);
    await stage.ask('chat.update', { channel: SLACK_ROOM, ts, text: 'Acked', blocks: [mrkdwn('Acked')] });
    const press = { person: U_ANN, chat: SLACK_ROOM, message: ts, data: '1:a:1:1' };
    await stage.post('/play/slack/press', press);
    expect(stage.requests).toMatchObject([
      { payload: { type: 'block_actions', user: { id: U_ANN }, actions: [{ value: '1:a:1:1' }] } },
    ]);
    const forged = await stage.post('/play/slack/press', { ...press, data: '1:a:2:1' });
    expect(await problemOf(forged)).toMatchObject({ status: 400, code: 'button_unknown' });
    const gone = await stage.post('/play/slack/press', { ...press, message: '1.1' });
    expect(await problemOf(gone)).toMatchObject({ status: 404, code: 'message_unknown' });
    expect(stage.requests).toHaveLength(1);
  });

  it('strangers, and conversations of others, are refused', async () => {
    const stage = await startSlackStage();
    const said = { chat: SLACK_ROOM, text: 'hello' };
    const stranger = await stage.post('/play/slack/send', { ...said, person: 'U0EVE' });
    expect(await problemOf(stranger)).toMatchObject({ status: 404, code: 'person_unknown' });
    const elsewhere = await stage.post('/play/slack/send', { ...said, person: U_IVAN, chat: U_ANN });
    expect(await problemOf(elsewhere)).toMatchObject({ status: 404, code: 'chat_unknown' });
    const foreign = await stage.post(
      '/play/slack/send',
      { ...said, person: U_IVAN },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(foreign.status).toBe(403);
    expect(stage.requests).toEqual([]);
  });

  it('the Home tab is opened, drawn and pressed', async () => {
    const stage = await startSlackStage();
    await stage.post('/play/slack/home', { person: U_ANN });
    expect(stage.requests[0]).toMatchObject({ payload: { event: { type: 'app_home_opened', user: U_ANN } } });
    const view = { type: 'home', blocks: [mrkdwn('hello'), buttons(['Take', 'take'])] };
    await stage.ask('views.publish', { user_id: U_ANN, view });
    expect((await stateOf(stage)).views).toMatchObject([{ kind: 'home', user: U_ANN, blocks: view.blocks }]);
    const press = { person: U_ANN, chat: U_ANN, message: null, data: 'take' };
    await stage.post('/play/slack/press', press);
    expect(stage.requests[1]).toMatchObject({
      payload: { container: { type: 'view' }, user: { id: U_ANN } },
    });
    const forged = await stage.post('/play/slack/press', { ...press, data: 'all' });
    expect(await problemOf(forged)).toMatchObject({ code: 'button_unknown' });
  });

  it('a window is shown until it is submitted with what can be used, or closed', async () => {
    const stage = await startSlackStage();
    const open = async (): Promise<string> => {
      const title = { type: 'plain_text', text: 'Heartbeat' };
      const label = { type: 'plain_text', text: 'Until' };
      const element = { type: 'datetimepicker', action_id: 'at' };
      const blocks = [{ type: 'input', block_id: 'answer', label, element }];
      await stage.post('/play/slack/send', { person: U_ANN, chat: SLACK_ROOM, text: '/cockpit' });
      const trigger = stage.requests.at(-1)?.payload['trigger_id'];
      const view = { type: 'modal', callback_id: 'ask', title, submit: label, blocks };
      const opened = await stage.ask<{ view: { id: string } }>('views.open', { trigger_id: trigger, view });
      return opened.view.id;
    };
    const view = await open();
    expect((await stateOf(stage)).views).toMatchObject([
      { id: view, kind: 'modal', title: 'Heartbeat', submit: 'Until' },
    ]);
    const values = { answer: { at: { type: 'datetimepicker', selected_date_time: 1_800_000_000 } } };
    const submit = { person: U_ANN, view, values };
    stage.answerWith({ response_action: 'errors', errors: { answer: 'in the past' } });
    expect(await (await stage.post('/play/slack/submit', submit)).json()).toEqual({
      answered: true,
      errors: { answer: 'in the past' },
    });
    expect((await stateOf(stage)).views).toHaveLength(1);
    stage.answerWith(undefined);
    expect(await (await stage.post('/play/slack/submit', submit)).json()).toEqual({
      answered: true,
      errors: {},
    });
    expect(stage.requests.at(-1)).toMatchObject({
      payload: { type: 'view_submission', view: { state: { values } } },
    });
    expect((await stateOf(stage)).views).toEqual([]);
    expect(await problemOf(await stage.post('/play/slack/submit', submit))).toMatchObject({
      code: 'view_unknown',
    });
    const other = await open();
    expect((await stage.post('/play/slack/close', { person: U_ANN, view: other })).status).toBe(200);
    expect((await stateOf(stage)).views).toEqual([]);
  });
});
