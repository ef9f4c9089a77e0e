import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LIMITS, UNDER_WAY_MAX } from '../../../src/channels/mail/limits.ts';
import { findMailTrouble } from '../../../src/channels/mail/verify.ts';
import { findFreePort } from '../../support/free-port.ts';
import type { MailFault } from '../../support/mail-server.ts';
import { QUICK, requestOf, startMail } from './mail.ts';

describe('what a mail server answers', () => {
  const refusals: [string, MailFault, object][] = [
    [
      'greylisting',
      { at: 'rcpt', code: 450, text: '4.2.0 Greylisted' },
      { kind: 'retry', statusCode: 450, maybeSent: false },
    ],
    [
      'local trouble',
      { at: 'data', code: 451, text: '4.3.0 later' },
      { kind: 'retry', statusCode: 451, maybeSent: false },
    ],
    [
      'no room',
      { at: 'mail', code: 452, text: '4.3.1 no room' },
      { kind: 'retry', statusCode: 452, maybeSent: false },
    ],
    [
      'going down',
      { at: 'connect', code: 421, text: 'going down' },
      { kind: 'retry', statusCode: 421, maybeSent: false },
    ],
    ['unknown', { at: 'rcpt', code: 550, text: '5.1.1 no such user' }, { kind: 'gone', statusCode: 550 }],
    ['unknown, bare', { at: 'rcpt', code: 550, text: 'no' }, { kind: 'gone', statusCode: 550 }],
    ['not local', { at: 'rcpt', code: 551, text: 'not here' }, { kind: 'gone', statusCode: 551 }],
    ['name', { at: 'rcpt', code: 553, text: '5.1.3 what is that' }, { kind: 'gone', statusCode: 553 }],
    [
      'unknown, told late',
      { at: 'data', code: 554, text: '5.1.1 nobody' },
      { kind: 'gone', statusCode: 554 },
    ],
    ['shut', { at: 'rcpt', code: 550, text: '5.2.1 disabled' }, { kind: 'gone', statusCode: 550 }],
    ['spam', { at: 'data', code: 550, text: '5.7.1 spam' }, { kind: 'bad', statusCode: 550 }],
    ['content', { at: 'data', code: 554, text: '5.6.0 no' }, { kind: 'bad', statusCode: 554 }],
    ['too large', { at: 'data', code: 552, text: '5.3.4 too big' }, { kind: 'bad', statusCode: 552 }],
    ['our sender', { at: 'mail', code: 550, text: '5.1.8 bad sender' }, { kind: 'bad', statusCode: 550 }],
    ['our sender, bare', { at: 'mail', code: 553, text: 'no' }, { kind: 'bad', statusCode: 553 }],
    [
      'relaying',
      { at: 'rcpt', code: 554, text: '5.7.1 Relay access denied' },
      { kind: 'bad', statusCode: 554 },
    ],
  ];
  it.each(refusals)('%s: T12 its class is by code, not by words', async (_name, fault, expected) => {
    const { server, channel } = await startMail();
    server.fault = fault;
    expect(await channel.send(requestOf())).toMatchObject(expected);
    server.fault = null;
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'sent' });
  });

  it('T12 "429" in the words of a refusal means nothing', async () => {
    const { server, channel } = await startMail();
    server.fault = { at: 'rcpt', code: 550, text: '5.1.1 429 Too Many Requests, retry after 30' };
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'gone', statusCode: 550 });
  });
});

describe('a connection that fails', () => {
  it('before the message went out is tried again, not marked', async () => {
    const { server, channel } = await startMail();
    server.fault = { at: 'rcpt', cut: true };
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'retry', maybeSent: false });
    server.fault = { at: 'rcpt', hang: true };
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'retry', maybeSent: false });
    expect(server.mails).toEqual([]);
  });

  it('after the message went out may have sent it', async () => {
    const { server, channel } = await startMail();
    server.fault = { at: 'data', cut: true };
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'retry', maybeSent: true });
    server.fault = { at: 'data', hang: true };
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'retry', maybeSent: true });
    expect(server.mails).toHaveLength(2);
  });

  it('that says nothing at all is given up in time', async () => {
    const { server, channel } = await startMail();
    server.fault = { at: 'connect', hang: true };
    const started = performance.now();
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'retry', maybeSent: false });
    expect(performance.now() - started).toBeLessThan(QUICK.totalMs);
  });

  it('to a port where nobody listens is tried again, and /readyz hears why', async () => {
    const port = await findFreePort();
    const { channel } = await startMail({ config: () => ({ url: `smtp://127.0.0.1:${port}` }) });
    expect(await channel.send(requestOf())).toMatchObject({
      kind: 'retry',
      maybeSent: false,
      statusCode: null,
    });
    expect(channel.state()).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^127\.0\.0\.1: .*ECONNREFUSED/),
    });
  });

  it('to a kept connection that the server has ended meanwhile goes over a new one', async () => {
    const { server, channel } = await startMail();
    await channel.send(requestOf());
    server.dropConnections();
    expect(await channel.send(requestOf({ deliveryId: 'd2', operation: 'reply' }))).toMatchObject({
      kind: 'sent',
    });
    expect(server.mails).toHaveLength(2);
  });

  it('of a server that is stuck does not take the places of other channels', async () => {
    const { server, channel } = await startMail({ timeouts: { totalMs: 1_500 } });
    server.fault = { at: 'data', hang: true };
    const under = Array.from({ length: UNDER_WAY_MAX }, (_, n) =>
      channel.send(requestOf({ deliveryId: `d${n}` })),
    );
    expect(await channel.send(requestOf({ deliveryId: 'late' }))).toMatchObject({
      kind: 'wait',
      afterMs: 1_000,
    });
    const outcomes = await Promise.all(under);
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['retry']));
    server.fault = null;
    expect(await channel.send(requestOf({ deliveryId: 'late' }))).toMatchObject({ kind: 'sent' });
    expect(channel.state()).toEqual({ ok: true, reason: null });
  });
});

describe('TLS', () => {
  it('is taken when it is offered, with any certificate, as long as nobody insists', async () => {
    const { server, channel } = await startMail({ server: { starttls: true } });
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'sent' });
    expect(server.secured).toEqual([true]);
  });

  it('is not needed when nobody insists', async () => {
    const { server, channel } = await startMail();
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'sent' });
    expect(server.secured).toEqual([false]);
  });

  const insisting: [string, { starttls?: boolean; secure?: boolean }, (url: string) => string, RegExp][] = [
    ['no offer', {}, (url) => `${url}?requireTLS=true`, /offers none.*Use a server with TLS/],
    [
      'a certificate nobody trusts',
      { starttls: true },
      (url) => `${url}?requireTLS=true`,
      /certificate .* is not trusted/,
    ],
    ['smtps and such a certificate', { secure: true }, (url) => url, /certificate .* is not trusted/],
    ['smtps to a plain port', {}, (url) => url.replace('smtp:', 'smtps:'), /offers none/],
  ];
  it.each(insisting)(
    'is insisted on, and there is %s: no mail goes, and it says what to do',
    async (_name, server, toUrl, advice) => {
      const { channel, server: standIn } = await startMail({
        server,
        config: ({ url }) => ({ url: toUrl(url) }),
      });
      const outcome = await channel.send(requestOf());
      expect(outcome).toMatchObject({ kind: 'unauthorized', reason: expect.stringMatching(advice) });
      expect(standIn.mails).toEqual([]);
    },
  );

  it('that is insisted on works with a certificate that is trusted', async () => {
    const { channel, server } = await startMail({
      server: { starttls: true },
      config: ({ url }) => ({ url: `${url}?requireTLS=true&tls.rejectUnauthorized=false` }),
    });
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'sent' });
    expect(server.secured).toEqual([true]);
  });
});

describe('signing in', () => {
  const login = { user: 'bot', pass: 'hunter2-and-more' };
  const as =
    (user: string, pass: string) =>
    ({ url }: { url: string }) => ({
      url: url.replace('//', `//${user}:${pass}@`),
    });

  it('works with user and password', async () => {
    const { channel, server } = await startMail({ server: { login }, config: as(login.user, login.pass) });
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'sent' });
    expect(server.mails).toHaveLength(1);
  });

  it('that is refused holds all mail and says what to set, without the password', async () => {
    const { channel } = await startMail({ server: { login }, config: as('bot', 'wrong-password') });
    const outcome = await channel.send(requestOf());
    expect(outcome).toMatchObject({ kind: 'unauthorized', reason: expect.stringContaining('SMTP_URL') });
    expect(JSON.stringify([outcome, channel.state()])).not.toContain('wrong-password');
  });

  it('that is missing is told', async () => {
    const { channel } = await startMail({ server: { login } });
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'unauthorized' });
  });
});

describe('doctor', () => {
  it('finds no trouble, or says which', async () => {
    const { server, config } = await startMail({ server: { login: { user: 'bot', pass: 'right' } } });
    const url = server.url.replace('//', '//bot:right@');
    expect(await findMailTrouble({ ...config, url }, QUICK)).toBeNull();
    expect(await findMailTrouble({ ...config, url: url.replace('right', 'wrong') }, QUICK)).toMatch(
      /Check user and password/,
    );
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await findMailTrouble({ ...config, url: `smtp://127.0.0.1:${port}` }, QUICK)).toMatch(
      /^127\.0\.0\.1: (Timeout|Greeting never received)$/,
    );
    expect(server.mails).toEqual([]);
  });
});

describe('pace', () => {
  it('is a mailbox’s and a server’s own', () => {
    expect(LIMITS).toEqual({ perPlaceGapMs: 200, perGroup: null, perBotPerSecond: 20 });
  });
});
