/** Servers that speak Slack's language and say less than Slack does. */
import { describe, expect, it } from 'vitest';
import { createApp } from '../../../src/channels/slack/app.ts';
import { createDispatcher } from '../../../src/channels/slack/dispatcher.ts';
import { createHttpReceiver } from '../../../src/channels/slack/http-receiver.ts';
import { createProfiles } from '../../../src/channels/slack/profiles.ts';
import { respondTo } from '../../../src/channels/slack/respond.ts';
import { createSelf, type Self } from '../../../src/channels/slack/self.ts';
import {
  signRequest,
  writeRequest,
  type Envelope,
  type SlackApi,
} from '../../../src/playground/slack-api/index.ts';
import { SLACK_ROOM } from '../../support/slack.ts';
import { pictureOf } from '../requests.ts';
import { requestOf, startSlack } from './slack.ts';

const NOBODY: Self = { teamId: null, botUserId: null, botId: null };

/** Answers a method with this from now on, without doing anything. */
function answerWith(slack: SlackApi, method: string, body: object): void {
  slack.fail({ method, times: 99, with: { status: 200, body: JSON.stringify({ ok: true, ...body }) } });
}

/** Has none of a method from now on. */
function lack(slack: SlackApi, ...methods: string[]): void {
  for (const method of methods) slack.fail({ method, times: 99, with: { error: 'unknown_method' } });
}

const argsOf = (slack: SlackApi, method: string) =>
  slack.calls.filter((call) => call.method === method).map(({ params }) => params);

describe('who the app is', () => {
  it('may be said in part, or not at all', async () => {
    const { slack, channel } = await startSlack();
    answerWith(slack, 'auth.test', { team_id: null, extra: { any: 'thing' } });
    expect(await createSelf(channel.client)()).toEqual(NOBODY);
    const other = await startSlack();
    lack(other.slack, 'auth.test');
    expect(await createSelf(other.channel.client)()).toEqual(NOBODY);
    const refusing = await startSlack();
    refusing.slack.refuseToken('invalid_auth');
    await expect(createSelf(refusing.channel.client)()).rejects.toThrow(/invalid_auth/);
  });
});

describe('who somebody is', () => {
  async function profileOf(user: object, self: Self = NOBODY) {
    const { slack, channel, log } = await startSlack();
    answerWith(slack, 'users.info', { user });
    const { email } = await createProfiles({ client: channel.client, self: async () => self, log }).find(
      'U0ANN',
    );
    return email;
  }
  const ann = { id: 'U0ANN', real_name: null, profile: { email: 'ann@shop.test', image_24: 'x' } };
  const shop: Self = { ...NOBODY, teamId: 'T0SHOP' };

  it('is told by an e-mail that nothing else stands beside', async () => {
    expect(await profileOf(ann)).toBe('ann@shop.test');
    expect(await profileOf(ann, shop)).toBe('ann@shop.test');
    expect(await profileOf({ ...ann, team_id: 'T0SHOP' })).toBe('ann@shop.test');
  });

  it('T16 is nobody where Slack says that the account is of others, or not confirmed', async () => {
    expect(await profileOf({ ...ann, team_id: 'T0OTHER' }, shop)).toBeNull();
    for (const sign of ['is_stranger', 'is_bot', 'deleted'])
      expect(await profileOf({ ...ann, [sign]: true })).toBeNull();
    expect(await profileOf({ ...ann, is_email_confirmed: false })).toBeNull();
  });
});

describe('where messages to a person go', () => {
  it.each([{}, { channel: null }, { channel: { name: 'x' } }])(
    'is the person’s id when opening says %j',
    async (body) => {
      const { slack, channel } = await startSlack();
      answerWith(slack, 'conversations.open', body);
      expect(await channel.send(requestOf({ to: 'U0IVAN' }))).toMatchObject({ kind: 'sent' });
      expect(argsOf(slack, 'chat.postMessage')).toMatchObject([{ channel: 'U0IVAN' }]);
    },
  );

  it('is the person’s id where nothing can be opened', async () => {
    for (const fault of [{ error: 'unknown_method' }, { status: 404 }]) {
      const { slack, channel } = await startSlack();
      slack.fail({ method: 'conversations.open', with: fault });
      expect(await channel.send(requestOf({ to: 'U0IVAN' }))).toMatchObject({ kind: 'sent' });
    }
  });

  it('is where the message went, and the same place where that is not told', async () => {
    const { slack, channel } = await startSlack();
    lack(slack, 'conversations.open');
    answerWith(slack, 'chat.postMessage', { message: { ts: '7.1' } });
    answerWith(slack, 'chat.update', {});
    const posted = await channel.send(requestOf({ to: 'U0IVAN' }));
    expect(posted).toMatchObject({ kind: 'sent', messageId: '7.1' });
    const edit = requestOf({ to: 'U0IVAN', operation: 'edit', messageId: '7.1' });
    expect(await channel.send(edit)).toMatchObject({ kind: 'sent', messageId: '7.1' });
    expect(argsOf(slack, 'chat.update')).toMatchObject([{ channel: 'U0IVAN', ts: '7.1' }]);
  });
});

describe('pictures', () => {
  const edit = () => requestOf({ operation: 'edit', messageId: '1.1', picture: pictureOf() });
  const lacks: [string, (slack: SlackApi) => void][] = [
    ['no way to upload', (slack) => lack(slack, 'files.getUploadURLExternal')],
    ['an upload without an address', (slack) => answerWith(slack, 'files.getUploadURLExternal', {})],
    [
      'an address that takes nothing',
      (slack) => slack.fail({ method: 'upload', times: 9, with: { status: 404 } }),
    ],
    ['no end of an upload', (slack) => lack(slack, 'files.completeUploadExternal')],
  ];
  it.each(lacks)('%s: the words go alone, also those of an edit', async (_, prepare) => {
    const { slack, channel } = await startSlack();
    prepare(slack);
    answerWith(slack, 'chat.update', { ts: '1.1' });
    const post = requestOf({ picture: pictureOf() });
    expect(await channel.send(post)).toMatchObject({ kind: 'sent', hasPicture: false });
    expect(await channel.send(edit())).toMatchObject({ kind: 'sent', hasPicture: false });
  });

  it.each([{}, { file: {} }])('are shown at once where files are described as %j', async (body) => {
    const { slack, channel } = await startSlack();
    answerWith(slack, 'files.info', body);
    const request = requestOf({ picture: pictureOf() });
    expect(await channel.send(request)).toMatchObject({ kind: 'sent', hasPicture: true });
  });

  it('are shown at once where files are not described', async () => {
    const { slack, channel } = await startSlack();
    lack(slack, 'files.info');
    const request = requestOf({ picture: pictureOf() });
    expect(await channel.send(request)).toMatchObject({ kind: 'sent', hasPicture: true });
    expect(await channel.send(request)).toMatchObject({ kind: 'sent', hasPicture: true });
  });
});

describe('an answer for one person', () => {
  const actor = { id: '1', userId: 'U0IVAN', teamId: null, channel: SLACK_ROOM };
  const rendered = { text: 'here', blocks: [] };

  it('is said in the conversation where the request names no address, or one that takes nothing', async () => {
    const { slack, channel, log } = await startSlack();
    const options = { deps: { log }, channel } as unknown as Parameters<typeof respondTo>[0];
    for (const responseUrl of [null, `${slack.url.replace('/api/', '')}/response/none`]) {
      const responder = respondTo(options, { actor, responseUrl, threadTs: null }, { canReplace: true });
      expect(await responder.say(rendered)).toBe(true);
    }
    expect(slack.ephemerals('U0IVAN').map(({ text }) => text)).toEqual(['here', 'here']);
  });
});

describe('requests over HTTP', () => {
  const SECRET = 'a secret';

  async function startReceiver() {
    const { channel, log } = await startSlack();
    const ids: string[] = [];
    const dialogue = {
      handle: async (inbound: { kind: string; actor?: { id: string } }) =>
        void ids.push(`${inbound.kind} ${inbound.actor?.id}`),
      submit: async () => undefined,
    };
    const dispatcher = createDispatcher({ dialogue, log });
    const receiver = createHttpReceiver({ secret: SECRET, now: () => new Date(1_000_000) });
    await createApp({ receiver, self: NOBODY, channel, dispatcher, log });
    const post = async (envelope: Envelope, contentType?: string) => {
      const { body, contentType: usual } = writeRequest(envelope);
      const headers = signRequest(SECRET, body, 1_000);
      return receiver.handle({
        body,
        contentType: contentType ?? usual,
        timestamp: headers['x-slack-request-timestamp'],
        signature: headers['x-slack-signature'],
      });
    };
    return { post, ids };
  }

  const slash = (trigger: string): Envelope => ({
    type: 'slash_commands',
    payload: { command: '/metric', text: 'cr', user_id: 'U1', channel_id: 'C1', trigger_id: trigger },
  });
  const press = (trigger: string): Envelope => ({
    type: 'interactive',
    payload: {
      type: 'block_actions',
      user: { id: 'U1' },
      container: { channel_id: 'C1' },
      trigger_id: trigger,
      actions: [{ value: '1:a:1:1' }],
    },
  });

  it.each([
    ['command', slash],
    ['press', press],
  ])('T24 two equal ones in one second are two, the same one again is one: %s', async (kind, make) => {
    const { post, ids } = await startReceiver();
    for (const trigger of ['t1', 't2', 't1']) expect((await post(make(trigger))).status).toBe(200);
    expect(ids).toHaveLength(3);
    expect(ids.every((id) => id.startsWith(`${kind} v0=`))).toBe(true);
    expect(new Set(ids).size).toBe(2);
    expect(ids[2]).toBe(ids[0]);
  });

  it('are read without teams, authorizations and the type of their content', async () => {
    const { post, ids } = await startReceiver();
    const event = { type: 'message', user: 'U1', channel: 'D1', text: 'hi', ts: '1.1', thread_ts: null };
    const payload = { type: 'event_callback', event_id: 'Ev1', event };
    await post({ type: 'events_api', payload }, '');
    await post({ type: 'events_api', payload: { ...payload, event: { ...event, event_ts: '2.1' } } });
    expect(ids).toEqual(['message Ev1', 'message Ev1 2.1']);
  });
});
