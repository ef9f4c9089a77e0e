import { describe, expect, it } from 'vitest';
import { findSlackTrouble } from '../../../src/channels/slack/index.ts';
import type { FaultKind } from '../../../src/playground/slack-api/index.ts';
import { SLACK_ROOM } from '../../support/slack.ts';
import { requestOf, startSlack } from './slack.ts';

async function outcomeOf(fault: FaultKind, timeoutMs = 5_000) {
  const { slack, channel, lines } = await startSlack({ channel: { timeoutMs } });
  slack.fail({ method: 'chat.postMessage', times: 9, with: fault });
  const outcome = await channel.send(requestOf());
  const tries = slack.calls.filter(({ method }) => method === 'chat.postMessage').length;
  return { outcome, tries, log: lines.join(''), token: slack.token };
}

describe('error classes', () => {
  it.each([
    ['channel_not_found', 'gone'],
    ['is_archived', 'gone'],
    ['account_inactive', 'gone'],
    ['user_not_found', 'gone'],
    ['not_in_channel', 'gone'],
    ['token_revoked', 'unauthorized'],
    ['invalid_auth', 'unauthorized'],
    ['not_authed', 'unauthorized'],
    ['message_not_found', 'lost'],
    ['cant_update_message', 'lost'],
    ['fatal_error', 'retry'],
    ['internal_error', 'retry'],
    ['service_unavailable', 'retry'],
    ['missing_scope', 'bad'],
    ['something_new', 'bad'],
  ])('T12 %s is %s, by its code and in one call', async (error, kind) => {
    const { outcome, tries } = await outcomeOf({ error });
    expect(outcome).toMatchObject({ kind, reason: expect.stringContaining(error) });
    expect(tries).toBe(1);
  });

  it('T12 a 429 waits exactly as long as told, in every form Slack gives it', async () => {
    expect((await outcomeOf({ status: 429, retryAfter: 30 })).outcome).toMatchObject({
      kind: 'wait',
      afterMs: 30_000,
    });
    expect((await outcomeOf({ status: 429, retryAfter: 3_600 })).outcome).toMatchObject({
      afterMs: 3_600_000,
    });
    expect((await outcomeOf({ status: 429 })).outcome).toMatchObject({ kind: 'wait', afterMs: 5_000 });
    expect((await outcomeOf({ error: 'ratelimited' })).outcome).toMatchObject({
      kind: 'wait',
      afterMs: 5_000,
    });
  });

  it('T12 a 429 in a text is not a 429', async () => {
    const { slack, channel } = await startSlack();
    const answer = { lines: [['429 Too Many Requests, ratelimited']] };
    expect(await channel.send(requestOf({ answer }))).toMatchObject({ kind: 'sent' });
    expect(slack.messages(SLACK_ROOM)).toHaveLength(1);
  });

  it('keeps Slack’s own budget: one message a second to a channel', async () => {
    const { channel } = await startSlack({ world: { limits: true } });
    const outcomes = [];
    for (let at = 0; at < 3; at += 1) outcomes.push(await channel.send(requestOf()));
    expect(outcomes.at(-1)).toMatchObject({ kind: 'wait', afterMs: 1_000 });
    expect(channel.limits.perPlaceGapMs).toBeGreaterThanOrEqual(1_000);
  });

  it('tells what may have arrived from what cannot have', async () => {
    expect((await outcomeOf({ status: 500 })).outcome).toMatchObject({ kind: 'retry', maybeSent: false });
    expect((await outcomeOf({ status: 502 })).outcome).toMatchObject({ kind: 'retry', maybeSent: true });
    expect((await outcomeOf({ status: 404 })).outcome).toMatchObject({ kind: 'bad' });
    expect((await outcomeOf('hang', 150)).outcome).toMatchObject({
      kind: 'retry',
      maybeSent: true,
      reason: 'no answer in time',
    });
    expect((await outcomeOf('cut_after_accept')).outcome).toMatchObject({ kind: 'retry', maybeSent: true });
    expect((await outcomeOf('cut_before')).outcome).toMatchObject({ kind: 'retry', maybeSent: true });
    const gateway = { status: 200, body: '<html>maintenance</html>' };
    expect((await outcomeOf(gateway)).outcome).toMatchObject({ kind: 'retry', maybeSent: true });
  });

  it('no connection at all: nothing was written', async () => {
    const { slack, channel } = await startSlack();
    await slack.close();
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'retry', maybeSent: false });
  });

  it('a message of somebody else, or in a channel that is archived, moved on or left', async () => {
    const { slack, channel, ivan } = await startSlack();
    slack.deliverBy(async () => ({ status: 200, body: null }));
    const { ts } = await ivan.sends('hello', { channel: SLACK_ROOM });
    const edit = requestOf({ operation: 'edit', messageId: ts });
    expect(await channel.send(edit)).toMatchObject({ kind: 'lost' });
    slack.removeBot(SLACK_ROOM);
    expect(await channel.send(requestOf())).toMatchObject({
      kind: 'gone',
      reason: expect.stringMatching(/invite/),
    });
    slack.archive(SLACK_ROOM);
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'gone', reason: 'is_archived' });
    expect(await channel.send(requestOf({ to: 'C0NONE' }))).toMatchObject({ kind: 'gone' });
    expect(await channel.send(requestOf({ to: 'U0NOBODY' }))).toMatchObject({ kind: 'gone' });
  });

  it('names no secret in reasons and logs', async () => {
    const faults: FaultKind[] = [
      { error: 'invalid_blocks' },
      { status: 500 },
      'cut_before',
      { error: 'invalid_auth' },
    ];
    for (const fault of faults) {
      const { outcome, log, token } = await outcomeOf(fault);
      expect(JSON.stringify(outcome) + log).not.toContain(token);
    }
  });
});

describe('a look at the token', () => {
  it('says what is wrong and what to check', async () => {
    const { slack, log } = await startSlack();
    const options = { token: slack.token, apiUrl: slack.url, log };
    expect(await findSlackTrouble(options)).toBeNull();
    expect(await findSlackTrouble({ ...options, token: 'xoxb-wrong' })).toMatch(
      /invalid_auth.*SLACK_BOT_TOKEN/,
    );
    slack.refuseToken('token_revoked');
    expect(await findSlackTrouble(options)).toMatch(/token_revoked/);
    await slack.close();
    expect(await findSlackTrouble(options)).toMatch(/cannot be reached/);
  });
});
