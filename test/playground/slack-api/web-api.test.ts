import { describe, expect, it, onTestFinished } from 'vitest';
import {
  startSlackApi,
  type Envelope,
  type SlackApiOptions,
} from '../../../src/playground/slack-api/index.ts';

async function start(options: SlackApiOptions = {}) {
  const slack = await startSlackApi(options);
  onTestFinished(() => slack.close());
  const ivan = slack.user({ id: 'U1', name: 'Ivan', email: 'ivan@shop.test' });
  slack.channel({ id: 'C1', name: 'growth', members: [ivan] });
  const taken: Envelope[] = [];
  slack.deliverBy(async (envelope) => {
    taken.push(envelope);
    return { status: 200, body: null };
  });
  const call = async (method: string, args: object, token: string | null = slack.token) => {
    const response = await fetch(slack.url + method, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(args),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    };
  };
  const post = async (args: object = {}) =>
    (await call('chat.postMessage', { channel: 'C1', text: 'x', ...args })).body;
  return { slack, ivan, taken, call, post };
}

describe('the Web API', () => {
  it('wants a token, the right one, one that is not revoked, and the scope', async () => {
    const { slack, call } = await start({ scopes: ['commands'] });
    const errorOf = async (token: string | null) =>
      (await call('chat.postMessage', { channel: 'C1' }, token)).body['error'];
    expect(await errorOf(null)).toBe('not_authed');
    expect(await errorOf('xoxb-other')).toBe('invalid_auth');
    expect(await call('chat.postMessage', { channel: 'C1', text: 'x' })).toMatchObject({
      body: { ok: false, error: 'missing_scope', needed: 'chat:write', provided: 'commands' },
    });
    slack.refuseToken('account_inactive');
    expect(await errorOf(slack.token)).toBe('account_inactive');
    expect((await call('no.such', {})).body).toMatchObject({ error: 'unknown_method' });
  });

  it('refuses what Slack refuses of a message', async () => {
    const { slack, post, call, ivan } = await start();
    expect(await post({ channel: 'C9' })).toMatchObject({ error: 'channel_not_found' });
    expect(await post({ text: '' })).toMatchObject({ error: 'no_text' });
    expect(await post({ text: 'x'.repeat(40_001) })).toMatchObject({ error: 'msg_too_long' });
    expect(await post({ thread_ts: '1.1' })).toMatchObject({ error: 'thread_not_found' });
    expect(await post({ reply_broadcast: true })).toMatchObject({ error: 'invalid_arguments' });
    expect(await post({ blocks: [{ type: 'section' }] })).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: { messages: [expect.stringMatching(/\/blocks\/0\/text/)] },
    });
    const { ts } = await post();
    const update = (args: object) => call('chat.update', { channel: 'C1', ts, text: 'y', ...args });
    expect((await update({ ts: '1.1' })).body).toMatchObject({ error: 'message_not_found' });
    expect((await update({ text: 'x'.repeat(4_001) })).body).toMatchObject({ error: 'msg_too_long' });
    expect((await update({ channel: 'U1' })).body).toMatchObject({ error: 'channel_not_found' });
    const own = await ivan.sends('mine', { channel: 'C1' });
    expect((await update({ ts: own.ts })).body).toMatchObject({ error: 'cant_update_message' });
    expect((await call('chat.delete', { channel: 'C1', ts })).body).toMatchObject({ ok: true });
    expect((await update({})).body).toMatchObject({ error: 'message_not_found' });
    slack.removeBot('C1');
    expect(await post()).toMatchObject({ error: 'not_in_channel' });
    slack.archive('C1');
    expect(await post()).toMatchObject({ error: 'is_archived' });
  });

  it('an update without blocks takes them away', async () => {
    const { slack, post, call } = await start();
    const { ts } = await post({ blocks: [{ type: 'divider' }] });
    await call('chat.update', { channel: 'C1', ts, text: 'y' });
    expect(slack.messages('C1')).toMatchObject([
      { text: 'y', blocks: [], edits: [{ blocks: [{ type: 'divider' }] }] },
    ]);
  });

  it('takes about one message a second to a channel', async () => {
    let now = 1_000_000;
    const { post, call } = await start({ limits: true, now: () => now });
    expect([await post(), await post()]).toMatchObject([{ ok: true }, { ok: true }]);
    const third = await call('chat.postMessage', { channel: 'C1', text: 'x' });
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '1']);
    now += 1_000;
    expect(await post()).toMatchObject({ ok: true });
  });

  it('shows a file only after it is uploaded, completed and processed', async () => {
    let now = 1_000_000;
    const { slack, call, post } = await start({ fileDelayMs: 500, now: () => now });
    const target = (await call('files.getUploadURLExternal', { filename: 'a.png', length: 3 })).body;
    const complete = async () =>
      (await call('files.completeUploadExternal', { files: [{ id: target['file_id'] }] })).body;
    expect(await complete()).toMatchObject({ error: 'file_not_uploaded' });
    await fetch(String(target['upload_url']), { method: 'POST', body: 'abc' });
    expect(await complete()).toMatchObject({ ok: true });
    const blocks = [{ type: 'image', alt_text: 'a', slack_file: { id: target['file_id'] } }];
    const mimetype = async () =>
      ((await call('files.info', { file: target['file_id'] })).body['file'] as { mimetype: string }).mimetype;
    expect([await mimetype(), (await post({ blocks }))['error']]).toEqual(['', 'invalid_blocks']);
    now += 500;
    expect([await mimetype(), (await post({ blocks }))['ok']]).toEqual(['image/png', true]);
    expect(Buffer.from(slack.file(String(target['file_id'])) ?? []).toString()).toBe('abc');
  });

  it('opens one modal for a trigger, within three seconds', async () => {
    let now = 1_000_000;
    const { taken, ivan, call } = await start({ now: () => now });
    const view = { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] };
    const open = async (trigger_id: unknown) => (await call('views.open', { trigger_id, view })).body;
    await ivan.commands('/x', 'C1');
    const trigger = taken.at(-1)?.payload['trigger_id'];
    expect(await open('other')).toMatchObject({ error: 'invalid_trigger_id' });
    expect(await open(trigger)).toMatchObject({ ok: true });
    expect(await open(trigger)).toMatchObject({ error: 'exchanged_trigger_id' });
    await ivan.commands('/x', 'C1');
    now += 3_001;
    expect(await open(taken.at(-1)?.payload['trigger_id'])).toMatchObject({ error: 'expired_trigger_id' });
  });

  it('knows a modal by the name that the app gave it, of which there is one', async () => {
    const { slack, taken, ivan, call } = await start();
    const title = { type: 'plain_text', text: 'x' };
    const view = { type: 'modal', title, blocks: [], external_id: 'mine' };
    const trigger = async () => {
      await ivan.commands('/x', 'C1');
      return taken.at(-1)?.payload['trigger_id'];
    };
    await call('views.open', { trigger_id: await trigger(), view });
    const next = { type: 'modal', title, blocks: [], callback_id: 'next' };
    const update = async (external_id: string) =>
      (await call('views.update', { external_id, view: next })).body;
    expect(await update('mine')).toMatchObject({ ok: true });
    expect(slack.modals('U1')).toMatchObject([{ view: next }]);
    expect(await update('another')).toMatchObject({ error: 'not_found' });
    const again = await call('views.open', { trigger_id: await trigger(), view });
    expect(again.body).toMatchObject({ error: 'duplicate_external_id' });
  });

  it('takes five answers at a response URL', async () => {
    const { slack, taken, ivan } = await start();
    await ivan.commands('/x', 'C1');
    const answer = (body: object) =>
      fetch(String(taken.at(-1)?.payload['response_url']), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await answer({ text: 'one' })).status).toBe(200);
    await answer({ text: 'two', replace_original: true });
    await answer({ text: 'three' });
    await answer({ text: 'all', response_type: 'in_channel' });
    expect(slack.ephemerals('U1').map((message) => message.text)).toEqual(['two', 'three']);
    expect(slack.messages('C1').map((message) => message.text)).toEqual(['all']);
    await answer({ text: 'five' });
    expect((await answer({ text: 'six' })).status).toBe(404);
  });

  it('sends an event again until it is taken, three times at most', async () => {
    const { slack, ivan } = await start();
    const tries: (number | undefined)[] = [];
    slack.deliverBy(async ({ retry }) => {
      tries.push(retry?.attempt);
      return { status: tries.length < 2 ? 500 : 200, body: null };
    });
    expect(await ivan.sends('hello')).toMatchObject({ status: 200 });
    expect(tries).toEqual([undefined, 1]);
    slack.deliverBy(async () => Promise.reject(new Error('away')));
    expect(await ivan.sends('hello')).toMatchObject({ status: null });
  });
});
