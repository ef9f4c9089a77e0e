import { describe, expect, it } from 'vitest';
import { toInbound as readInbound } from '../../../src/channels/slack/inbound.ts';

const toInbound = (body: unknown) => readInbound(body, 'r1');

const slash = (command: string, text: string) => ({
  command,
  text,
  user_id: 'U1',
  team_id: 'T1',
  channel_id: 'C1',
  response_url: 'https://hooks.slack.com/1',
  trigger_id: 't1',
});
const event = (fields: object) => ({ type: 'event_callback', event_id: 'Ev1', team_id: 'T1', event: fields });
const message = (fields: object) =>
  event({ type: 'message', user: 'U1', channel: 'C1', text: 'hi', ts: '2.1', ...fields });

describe('what Slack sends', () => {
  it('is a command by its own name and under the umbrella', () => {
    expect(toInbound(slash('/metric', 'cr'))).toEqual({
      kind: 'command',
      actor: { id: 'r1', userId: 'U1', teamId: 'T1', channel: 'C1' },
      text: '/metric cr',
      triggerId: 't1',
      responseUrl: 'https://hooks.slack.com/1',
    });
    const texts = ['metric cr', ' /metric cr ', '', '  '].map((text) => toInbound(slash('/heartbeat', text)));
    expect(texts.map((one) => one.kind === 'command' && one.text)).toEqual([
      '/metric cr',
      '/metric cr',
      '/help',
      '/help',
    ]);
  });

  it('is words in a thread, or in direct messages; talk in a channel is not for us', () => {
    expect(toInbound(message({ thread_ts: '1.1' }))).toMatchObject({
      kind: 'message',
      threadTs: '1.1',
      ts: '2.1',
    });
    expect(toInbound(message({ channel: 'D1' }))).toMatchObject({ kind: 'message', threadTs: null });
    expect(toInbound(message({ channel: 'D1' }))).toMatchObject({ actor: { id: 'Ev1' } });
    expect(toInbound(message({}))).toEqual({ kind: 'other' });
    expect(toInbound(message({ thread_ts: '2.1' }))).toEqual({ kind: 'other' });
  });

  it('leaves what bots wrote, and what became of messages', () => {
    expect(toInbound(message({ thread_ts: '1.1', bot_id: 'B1' }))).toEqual({ kind: 'other' });
    for (const subtype of ['message_changed', 'message_deleted', 'channel_join', 'bot_message'])
      expect(toInbound(message({ thread_ts: '1.1', subtype }))).toEqual({ kind: 'other' });
    expect(toInbound(message({ thread_ts: '1.1', subtype: 'thread_broadcast' }))).toMatchObject({
      kind: 'message',
    });
    expect(toInbound(message({ thread_ts: '1.1', subtype: 'file_share' }))).toMatchObject({
      kind: 'message',
    });
  });

  it('gives words as they were written', () => {
    const text =
      '<@UBOT> see <https://a.b/c|the graph>, <#C1|growth>, <@U2|ann>, <https://x.y>: 1 &lt; 2 &amp;&amp; 3 &gt; 2';
    expect(toInbound(message({ thread_ts: '1.1', text }))).toMatchObject({
      text: 'see https://a.b/c, growth, ann, https://x.y: 1 < 2 && 3 > 2',
    });
  });

  it('is a press, of a button or a choice, in a message or in the Home tab', () => {
    const press = {
      type: 'block_actions',
      user: { id: 'U1', team_id: 'T1' },
      container: { type: 'message', thread_ts: '1.1' },
      channel: { id: 'C1' },
      trigger_id: 't1',
      response_url: 'https://hooks.slack.com/1',
      actions: [{ action_id: 'a', value: '1:a:1:1' }],
    };
    expect(toInbound(press)).toEqual({
      kind: 'press',
      actor: { id: 'r1', userId: 'U1', teamId: 'T1', channel: 'C1' },
      data: '1:a:1:1',
      triggerId: 't1',
      responseUrl: 'https://hooks.slack.com/1',
      threadTs: '1.1',
    });
    const { channel: _channel, response_url: _url, ...home } = press;
    expect(toInbound({ ...home, actions: [{ selected_option: { value: 'x' } }] })).toMatchObject({
      data: 'x',
      responseUrl: null,
      actor: { channel: null },
    });
    expect(toInbound({ ...press, actions: [{ action_id: 'link' }] })).toEqual({ kind: 'other' });
  });

  it('is a modal that was submitted', () => {
    const view = {
      id: 'V1',
      hash: 'h',
      callback_id: 'ask',
      private_metadata: '{}',
      state: { values: { answer: { at: { type: 'datetimepicker', selected_date_time: 5 } } } },
    };
    expect(toInbound({ type: 'view_submission', user: { id: 'U1' }, view })).toMatchObject({
      kind: 'submission',
      actor: { id: 'r1' },
      callbackId: 'ask',
      values: { answer: { at: { selected_date_time: 5 } } },
    });
  });

  it('is the Home tab, or links; the other tabs and anything else are nothing', () => {
    expect(toInbound(event({ type: 'app_home_opened', user: 'U1', tab: 'home' }))).toMatchObject({
      kind: 'home',
    });
    expect(toInbound(event({ type: 'app_home_opened', user: 'U1', tab: 'messages' }))).toEqual({
      kind: 'other',
    });
    const links = {
      type: 'link_shared',
      user: 'U1',
      channel: 'C1',
      message_ts: '1.1',
      links: [{ url: 'https://a.b' }],
    };
    expect(toInbound(event(links))).toMatchObject({ kind: 'links', ts: '1.1', urls: ['https://a.b'] });
    for (const odd of [
      null,
      7,
      'text',
      [],
      {},
      { type: 'event_callback' },
      { type: 'block_actions', actions: [] },
    ])
      expect(toInbound(odd)).toEqual({ kind: 'other' });
  });
});
