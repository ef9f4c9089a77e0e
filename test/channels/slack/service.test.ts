import { describe, expect, it, onTestFinished } from 'vitest';
import { createSlackService, type SlackMode } from '../../../src/channels/slack/service.ts';
import type { CommandDeps } from '../../../src/commands/index.ts';
import { startSlack } from './slack.ts';

async function startService(mode?: SlackMode) {
  const world = await startSlack();
  const { slack, channel, log } = world;
  const service = createSlackService({
    // receiving alone: nothing is handled here
    deps: { log, registry: { current: () => ({ people: [] }) } } as unknown as CommandDeps,
    channel,
    apiUrl: slack.url,
    mode: mode ?? { kind: 'http', signingSecret: slack.signingSecret },
    reserve: async () => {},
  });
  onTestFinished(() => service.stop());
  return { ...world, service };
}

describe('receiving from Slack', () => {
  it('says what is wrong until Slack takes the token, and goes on by itself', async () => {
    const { slack, service } = await startService();
    slack.refuseToken('token_revoked');
    expect(service.state()).toEqual({ ok: false, reason: 'not started' });
    service.start();
    await expect
      .poll(() => service.state(), { timeout: 15_000 })
      .toEqual({
        ok: false,
        reason: expect.stringMatching(/token_revoked.*SLACK_BOT_TOKEN/),
      });
    slack.refuseToken(null);
    await expect.poll(() => service.state(), { timeout: 15_000 }).toMatchObject({ ok: true });
    await service.stop();
    expect(service.state()).toEqual({ ok: false, reason: 'stopped' });
  });

  it('ends while Slack cannot be reached', async () => {
    const { slack, service } = await startService();
    await slack.close();
    service.start();
    await expect.poll(() => service.state().reason, { timeout: 15_000 }).toMatch(/cannot be reached/);
    await service.stop();
  });

  it('has no address of the web server in Socket Mode', async () => {
    const { service } = await startService({ kind: 'socket', appToken: 'xapp-1' });
    expect(service.webhook).toBeNull();
  });
});
