import { describe, expect, it } from 'vitest';
import { manifestScopes, SLACK_ROOM } from '../../support/slack.ts';
import { pictureOf } from '../requests.ts';
import { ANSWER, requestOf, startSlack } from './slack.ts';

describe('one call of the channel', () => {
  it('posts text and blocks, and tells the message’s id', async () => {
    const { slack, channel } = await startSlack();
    const outcome = await channel.send(requestOf());
    const [message] = slack.messages(SLACK_ROOM);
    expect(outcome).toEqual({ kind: 'sent', messageId: message?.ts, hasPicture: false });
    expect(message).toMatchObject({
      text: '🔴 Checkout conversion 3.1 %',
      threadTs: null,
      blocks: [
        {
          type: 'section',
          text: { type: 'mrkdwn', text: '🔴 *Checkout conversion* 3.1 %\nbelow alert 3.4 %', verbatim: true },
        },
        {
          type: 'actions',
          elements: [
            { type: 'button', value: '1:a:1042:3', style: 'primary' },
            { type: 'static_select', placeholder: { text: '💤 …' } },
          ],
        },
      ],
    });
    expect(slack.calls.at(-1)?.params).toMatchObject({
      unfurl_links: false,
      unfurl_media: false,
      parse: 'none',
    });
  });

  it('edits in place, with blocks each time, in a person’s direct messages too', async () => {
    const { slack, channel } = await startSlack();
    for (const to of [SLACK_ROOM, 'U0IVAN']) {
      const sent = await channel.send(requestOf({ to }));
      const messageId = sent.kind === 'sent' ? sent.messageId : '';
      const answer = { ...ANSWER, lines: [['🟠 acked']] };
      expect(await channel.send(requestOf({ to, operation: 'edit', messageId, answer }))).toEqual({
        kind: 'sent',
        messageId,
        hasPicture: false,
      });
      const [message] = slack.messages(to);
      expect(message).toMatchObject({ ts: messageId, text: '🟠 acked' });
      expect(JSON.stringify(message?.blocks)).toMatch(/acked.*1:a:1042:3/);
    }
    expect(slack.calls.filter(({ method }) => method === 'conversations.open')).toHaveLength(1);
  });

  it('replies in the thread; one that notifies stands in the channel as well', async () => {
    const { slack, channel } = await startSlack();
    const sent = await channel.send(requestOf());
    const messageId = sent.kind === 'sent' ? sent.messageId : '';
    await channel.send(requestOf({ operation: 'reply', messageId }));
    await channel.send(requestOf({ operation: 'reply', messageId, silent: true }));
    expect(slack.messages(SLACK_ROOM).map(({ threadTs, isBroadcast }) => [threadTs, isBroadcast])).toEqual([
      [null, false],
      [messageId, true],
      [messageId, false],
    ]);
  });

  it('replies without a thread when the message is gone', async () => {
    const { slack, channel } = await startSlack();
    const outcome = await channel.send(requestOf({ operation: 'reply', messageId: '1.000001' }));
    expect(outcome).toMatchObject({ kind: 'sent' });
    expect(slack.messages(SLACK_ROOM)).toMatchObject([{ threadTs: null, isBroadcast: false }]);
  });

  it('marks what may be a repeat', async () => {
    const { slack, channel } = await startSlack();
    await channel.send(requestOf({ maybeSent: true }));
    expect(JSON.stringify(slack.messages(SLACK_ROOM))).toMatch(/may be a repeat/);
  });

  it('does not reach other channels, and edits nothing without a message', async () => {
    const { channel } = await startSlack();
    const mail = await channel.send({ ...requestOf(), place: { channel: 'mail', address: 'a@b.test' } });
    expect(mail).toMatchObject({ kind: 'bad' });
    expect(await channel.send(requestOf({ operation: 'edit' }))).toMatchObject({ kind: 'lost' });
  });
});

describe('direct messages', () => {
  it('work without the right to open them: where the post went is where it is edited', async () => {
    const scopes = manifestScopes().filter((scope) => scope !== 'im:write');
    const { slack, channel } = await startSlack({ world: { scopes } });
    const sent = await channel.send(requestOf({ to: 'U0IVAN' }));
    const messageId = sent.kind === 'sent' ? sent.messageId : '';
    const edit = requestOf({ to: 'U0IVAN', operation: 'edit', messageId });
    expect(await channel.send(edit)).toMatchObject({ kind: 'sent', messageId });
    expect(slack.messages('U0IVAN')).toHaveLength(1);
  });
});

describe('pictures', () => {
  it('are uploaded once for a content, waited for until Slack has processed them, and named on the block', async () => {
    const { slack, channel, fileIds } = await startSlack({ world: { fileDelayMs: 200 } });
    const picture = pictureOf();
    const [first, second] = await Promise.all([
      channel.send(requestOf({ picture })),
      channel.send(requestOf({ to: 'U0IVAN', picture })),
    ]);
    expect([first, second]).toMatchObject([{ hasPicture: true }, { hasPicture: true }]);
    const uploads = slack.calls.filter(({ method }) => method === 'upload');
    expect(uploads).toHaveLength(1);
    const [fileId = ''] = fileIds.values();
    expect(slack.file(fileId)).toEqual(picture.png);
    expect(slack.messages(SLACK_ROOM)[0]?.blocks).toContainEqual({
      type: 'image',
      slack_file: { id: fileId },
      alt_text: 'a chart',
    });
    expect(slack.calls.filter(({ error }) => error === 'invalid_blocks')).toEqual([]);
  });

  it('that take too long: a post goes without, the edit that brings it is tried again and uploads nothing twice', async () => {
    const { slack, channel } = await startSlack({
      world: { fileDelayMs: 600 },
      channel: { fileWaitMs: 100 },
    });
    const picture = pictureOf();
    const sent = await channel.send(requestOf({ picture }));
    expect(sent).toMatchObject({ kind: 'sent', hasPicture: false });
    const messageId = sent.kind === 'sent' ? sent.messageId : '';
    const edit = requestOf({ operation: 'edit', messageId, picture });
    expect(await channel.send(edit)).toMatchObject({
      kind: 'retry',
      maybeSent: false,
      reason: expect.stringMatching(/processed/),
    });
    await expect
      .poll(() => channel.send(edit), { timeout: 5_000 })
      .toMatchObject({ kind: 'sent', hasPicture: true });
    expect(slack.calls.filter(({ method }) => method === 'upload')).toHaveLength(1);
  });

  it('stay on a message whose words are edited', async () => {
    const { slack, channel, shown } = await startSlack();
    const sent = await channel.send(requestOf({ picture: pictureOf() }));
    const messageId = sent.kind === 'sent' ? sent.messageId : '';
    shown.set(messageId, 'hash-1');
    const edit = requestOf({ operation: 'edit', messageId, hasPicture: true });
    expect(await channel.send(edit)).toMatchObject({ kind: 'sent', hasPicture: true });
    expect(slack.messages(SLACK_ROOM)[0]?.blocks).toContainEqual(
      expect.objectContaining({ type: 'image', alt_text: 'Chart: 🔴 Checkout conversion 3.1 %' }),
    );
  });

  it('that were deleted at Slack are uploaded anew', async () => {
    const { slack, channel, fileIds } = await startSlack();
    fileIds.set('hash-1', 'F9999');
    expect(await channel.send(requestOf({ picture: pictureOf() }))).toMatchObject({ hasPicture: true });
    expect(slack.calls.filter(({ method }) => method === 'upload')).toHaveLength(1);
    expect(fileIds.get('hash-1')).not.toBe('F9999');
  });

  it('that Slack refuses in a block leave the words; what cannot be uploaded is no reason to be silent', async () => {
    const { slack, channel, lines } = await startSlack();
    slack.fail({ method: 'chat.postMessage', with: { error: 'invalid_blocks' } });
    expect(await channel.send(requestOf({ picture: pictureOf(1) }))).toMatchObject({
      kind: 'sent',
      hasPicture: false,
    });
    slack.fail({ method: 'upload', with: { status: 500 } });
    expect(await channel.send(requestOf({ picture: pictureOf(2) }))).toMatchObject({
      kind: 'sent',
      hasPicture: false,
    });
    slack.fail({ method: 'files.getUploadURLExternal', with: { error: 'missing_scope' } });
    const sent = await channel.send(requestOf({ picture: pictureOf(3) }));
    expect(sent).toMatchObject({ kind: 'sent', hasPicture: false });
    expect(lines.join('')).toMatch(/could not be brought to Slack/);
  });
});

describe('other forms of a message', () => {
  it('blocks that are refused go as plain text, once', async () => {
    const { slack, channel, lines } = await startSlack();
    slack.fail({ method: 'chat.postMessage', with: { error: 'invalid_blocks' } });
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'sent' });
    expect(slack.messages(SLACK_ROOM)).toMatchObject([
      { text: '🔴 Checkout conversion 3.1 %\nbelow alert 3.4 %', blocks: [] },
    ]);
    expect(lines.join('')).toMatch(/goes in another form/);
    slack.fail({ method: 'chat.postMessage', times: 9, with: { error: 'msg_too_long' } });
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'bad', reason: 'msg_too_long' });
    expect(slack.calls.filter(({ error }) => error === 'msg_too_long')).toHaveLength(2);
  });
});
