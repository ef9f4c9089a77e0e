import { assert, constantFrom, dictionary, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig, Settings, settingsTable } from '../src/config.ts';
import { InputError } from '../src/errors.ts';

/** What reading came to: the sentences of a refusal, or nothing. A crash stays a crash. */
function read(environment: Record<string, string>): string | undefined {
  try {
    readConfig(environment);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

function refusal(environment: Record<string, string>): string {
  return read(environment) ?? 'these settings were accepted';
}

describe('settings', () => {
  it('need nothing: embedded database, demo workspace, playground on loopback', () => {
    expect(readConfig({})).toEqual({
      http: { host: '127.0.0.1', port: 8080, publicUrl: null },
      workspaceDir: null,
      dataDir: '.heartbeat',
      databaseUrl: null,
      martsUrl: null,
      telegram: { mode: 'off' },
      slack: { mode: 'off' },
      channels: { mail: null, webhooks: new Map(), msteams: new Map(), discord: new Map(), sms: null },
      watchdogUrl: null,
      apiTokens: [],
      playground: true,
      logLevel: 'info',
    });
  });

  it('a token makes Telegram poll and the playground go; a secret makes it a web hook', () => {
    const token = { TELEGRAM_BOT_TOKEN: '123:abc' };
    expect(readConfig(token)).toMatchObject({
      telegram: { mode: 'polling', token: '123:abc', apiRoot: 'https://api.telegram.org' },
      playground: false,
    });
    expect(readConfig({ ...token, TELEGRAM_WEBHOOK_SECRET: 's3cret' }).telegram).toMatchObject({
      mode: 'webhook',
      secret: 's3cret',
    });
    expect(readConfig({ ...token, PLAYGROUND: 'on' }).playground).toBe(true);
    expect(readConfig({ PLAYGROUND: 'off' }).playground).toBe(false);
  });

  it('an empty value is an unset one, and a slash at the end of PUBLIC_URL is dropped', () => {
    expect(readConfig({ DATABASE_URL: ' ', PUBLIC_URL: 'https://hb.example.com/' })).toMatchObject({
      databaseUrl: null,
      http: { publicUrl: 'https://hb.example.com' },
    });
  });

  it('tells every problem at once, each with what to do', () => {
    const text = refusal({
      PORT: '99999',
      DATABASE_URL: 'mysql://x',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SMTP_URL: 'smtp://mail.test',
      TELEGRAM_WEBHOOK_SECRET: 'abc',
      HOST: '0.0.0.0',
      API_TOKENS: '',
    });
    expect(text).toMatch(/PORT/);
    expect(text).toMatch(/DATABASE_URL: must be a URL such as postgresql:/);
    expect(text).toMatch(/SLACK_BOT_TOKEN is set alone\. Set SLACK_APP_TOKEN/);
    expect(text).toMatch(/SMTP_URL is set without MAIL_FROM/);
    expect(text).toMatch(/TELEGRAM_WEBHOOK_SECRET is set without TELEGRAM_BOT_TOKEN/);
    expect(text).toMatch(/HOST is 0\.0\.0\.0, which others can reach, and API_TOKENS is unset/);
    expect(text.split('\n')).toHaveLength(7);
  });

  it('the other halves of half-set channels are told too', () => {
    expect(refusal({ SLACK_SIGNING_SECRET: 'x' })).toMatch(/without SLACK_BOT_TOKEN/);
    expect(refusal({ MAIL_FROM: 'a@b.test' })).toMatch(/MAIL_FROM is set without SMTP_URL/);
  });

  it('a signing secret makes Slack call, an app token makes Heartbeat connect and wins', () => {
    const signed = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' };
    const apiUrl = 'https://slack.com/api/';
    expect(readConfig(signed)).toMatchObject({
      slack: { mode: 'http', token: 'xoxb-1', apiUrl, signingSecret: 's' },
      playground: false,
    });
    expect(readConfig({ ...signed, SLACK_APP_TOKEN: 'xapp-1' }).slack).toEqual({
      mode: 'socket',
      token: 'xoxb-1',
      apiUrl,
      appToken: 'xapp-1',
    });
  });

  it('reads the channels besides the chats', () => {
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    const { channels } = readConfig({
      SMTP_URL: 'smtp://mail.test',
      MAIL_FROM: 'Heartbeat <hb@shop.test>',
      WEBHOOKS: `pager=https://pager.test/in|${secret}|${secret}, second=http://localhost:9|${secret}`,
      MSTEAMS_WEBHOOKS: 'ops=https://teams.test/workflow?sig=1',
      TWILIO_URL: 'https://AC1:token@api.twilio.com',
      SMS_FROM: '+34600111222',
    });
    expect(channels.mail).toEqual({ url: 'smtp://mail.test', from: 'Heartbeat <hb@shop.test>', dkim: null });
    expect(channels.webhooks.get('pager')).toEqual({
      url: 'https://pager.test/in',
      secrets: [secret, secret],
    });
    expect(channels.webhooks.get('second')?.url).toBe('http://localhost:9');
    expect(channels.msteams.get('ops')).toEqual({ url: 'https://teams.test/workflow?sig=1', secrets: [] });
    expect(channels.sms).toEqual({
      apiRoot: 'https://api.twilio.com',
      accountSid: 'AC1',
      authToken: 'token',
      from: '+34600111222',
    });
  });

  it.each([
    [{ WEBHOOKS: 'https://pager.test/in' }, /WEBHOOKS: entry 1 has no name/],
    [{ WEBHOOKS: 'pager=https://pager.test' }, /WEBHOOKS: entry 1 has no secret/],
    [{ WEBHOOKS: 'pager=https://pager.test|short' }, /WEBHOOKS: entry 1 has a secret that is not whsec_/],
    [
      { DISCORD_WEBHOOKS: 'a=https://d.test,a=https://e.test' },
      /DISCORD_WEBHOOKS: the name a stands there twice/,
    ],
    [{ MSTEAMS_WEBHOOKS: 'a=https://d.test|x' }, /MSTEAMS_WEBHOOKS: entry 1 has a secret, which/],
    [{ SMS_FROM: '+34600111222' }, /TWILIO_URL and SMS_FROM one is set alone/],
    [{ TWILIO_URL: 'https://api.twilio.com', SMS_FROM: 'Shop' }, /TWILIO_URL has no account and token/],
    [{ SMTP_URL: 'smtp://m', MAIL_FROM: 'a@b.test', DKIM_DOMAIN: 'b.test' }, /DKIM is set in part/],
  ])('refuses half a channel: %o', (environment, sentence) => {
    expect(refusal(environment)).toMatch(sentence);
  });

  it('never repeats a secret in a refusal', () => {
    const secret = 'hunter2hunter2';
    const text = refusal({
      TELEGRAM_BOT_TOKEN: secret,
      SLACK_BOT_TOKEN: secret,
      DATABASE_URL: `mysql://heartbeat:${secret}@db/x`,
      API_TOKENS: `ops:wrong role:${secret}`,
    });
    expect(text).not.toContain(secret);
  });

  it('reads any environment without a crash', () => {
    assert(
      property(dictionary(constantFrom(...Object.keys(Settings.shape)), string()), (environment) => {
        expect(['string', 'undefined']).toContain(typeof read(environment));
      }),
    );
  });

  it('are a table with each name, its default and its meaning', () => {
    const lines = settingsTable().split('\n');
    expect(lines).toHaveLength(Object.keys(Settings.shape).length + 2);
    expect(lines.find((line) => line.includes('`PORT`'))).toMatch(/^\| `PORT` \| `8080` \| .+ \|$/);
    expect(lines.find((line) => line.includes('`DATABASE_URL`'))).toMatch(/\| unset \|/);
  });
});
