import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { listSlackCommands, slackParts } from '../src/open-slack.ts';

const TOKENS = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const connected = { state: () => ({ ok: true, reason: 'connected' }) };

describe('Slack on /readyz', () => {
  it('is as the connection is, also that of the playground', () => {
    const part = { name: 'slack', severity: 'warning', ok: true, reason: 'connected' };
    expect(slackParts(readConfig(TOKENS), connected)).toEqual([part]);
    expect(slackParts(readConfig({}), connected)).toEqual([part]);
    expect(slackParts(readConfig({ PLAYGROUND: 'off' }), null)).toEqual([]);
  });

  it('says that a Slack that is set hears nothing while the playground is on', () => {
    const config = readConfig({ ...TOKENS, PLAYGROUND: 'on' });
    expect(slackParts(config, connected)).toMatchObject([
      { ok: false, reason: expect.stringContaining('while the playground is on') },
    ]);
  });
});

describe('the commands that the app has in Slack', () => {
  it('begin with the umbrella, have words, and leave out names that Slack keeps', () => {
    const commands = listSlackCommands();
    const names = commands.map(({ command }) => command);
    expect(names[0]).toBe('heartbeat');
    expect(names).toEqual(expect.arrayContaining(['cockpit', 'metric', 'watchlist']));
    for (const kept of ['star', 'help', 'cancel']) expect(names).not.toContain(kept);
    expect(commands.filter(({ description }) => description === '')).toEqual([]);
  });
});
