import { generateKeyPairSync, createVerify, createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMailChannel } from '../../../src/channels/mail/channel.ts';
import { NOW } from '../../answers/facts.ts';
import { ann, aPicture, LINKS, mailDeps, OPS, requestOf, startMail } from './mail.ts';

const header = (raw: string, name: string): string[] => {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n(?=[ \t])/g, '');
  return head
    .split('\r\n')
    .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    .map((line) => line.slice(name.length + 1).trim());
};

describe('a mail', () => {
  it('is text, then HTML with its chart, from us to one mailbox, for machines to see what it is', async () => {
    const { server, channel } = await startMail();
    const picture = aPicture();
    const outcome = await channel.send(requestOf({ picture }));
    expect(outcome).toMatchObject({ kind: 'sent', hasPicture: true });
    expect(server.complaints).toEqual([]);
    const [mail] = server.mails;
    expect(mail).toMatchObject({ from: 'hb@shop.test', to: 'ivan@shop.test' });
    const { raw = '', parsed } = mail ?? {};
    expect(parsed?.subject).toBe('[Heartbeat] Checkout conversion (A-1042)');
    expect(parsed?.date).toEqual(NOW);
    expect(parsed?.text?.split('\n')[0]).toBe('🔴 Checkout conversion 3.1\u202f%');
    expect(header(raw, 'Auto-Submitted')).toEqual(['auto-generated']);
    expect(header(raw, 'X-Auto-Response-Suppress')).toEqual(['All']);
    expect(header(raw, 'List-Id')).toEqual(['"Corner Shop" <shop.heartbeat.shop.test>']);
    expect(header(raw, 'List-Unsubscribe')).toEqual([
      '<https://hb.shop.test/mail/unsubscribe?t=ivan@shop.test>',
    ]);
    expect(header(raw, 'List-Unsubscribe-Post')).toEqual(['List-Unsubscribe=One-Click']);
    const kinds = [...raw.matchAll(/^Content-Type: ([\w/]+)/gim)].map((match) => match[1]);
    expect(kinds).toEqual([
      'multipart/alternative',
      'text/plain',
      'multipart/related',
      'text/html',
      'image/png',
    ]);
    expect(parsed?.attachments[0]?.content.equals(picture.png)).toBe(true);
    expect(parsed?.html).toContain(`alt="${picture.alt}"`);
  });

  it('has an id that is the same over its tries; later mails of the alert name the first', async () => {
    const { server, channel } = await startMail();
    const first = await channel.send(requestOf({ deliveryId: 'd1' }));
    const again = await channel.send(requestOf({ deliveryId: 'd1', maybeSent: true }));
    const acked = await channel.send(requestOf({ deliveryId: 'd2', operation: 'reply' }));
    const second = await channel.send(requestOf({ deliveryId: 'd3', messageId: '<known@shop.test>' }));
    const toAnn = await channel.send(requestOf({ deliveryId: 'd4', to: ann.email }));
    expect(again).toEqual(first);
    expect(
      new Set([first, acked, second, toAnn].map((one) => one.kind === 'sent' && one.messageId)).size,
    ).toBe(4);
    const ids = server.mails.map(({ parsed }) => [parsed.messageId, parsed.inReplyTo, parsed.references]);
    const root = first.kind === 'sent' ? first.messageId : '';
    expect(root).toMatch(/^<thread\.[0-9a-f]{32}@shop\.test>$/);
    expect(ids[0]).toEqual([root, undefined, undefined]);
    expect(ids[2]).toEqual([expect.stringMatching(/^<delivery\./), root, root]);
    expect(ids[3]).toEqual([expect.stringMatching(/^<delivery\./), root, root]);
    expect(ids[4]?.[1]).toBeUndefined();
    expect(new Set(server.mails.map(({ parsed }) => parsed.subject)).size).toBe(1);
    expect(server.mails[1]?.parsed.text).toContain('may be a repeat');
    expect(server.complaints).toEqual([]);
  });

  it('that stands alone has its first line as subject, and no thread', async () => {
    const { server, channel } = await startMail();
    await channel.send(
      requestOf({
        operation: 'notice',
        thread: null,
        view: null,
        answer: { lines: [['metrics/cr.yaml cannot be read'], ['line 3']] },
      }),
    );
    const { parsed } = server.mails[0] ?? {};
    expect(parsed?.subject).toBe('[Heartbeat] metrics/cr.yaml cannot be read');
    expect(parsed?.inReplyTo).toBeUndefined();
  });

  it('to the ops inbox has no link that acts and cannot be unsubscribed', async () => {
    const { server, channel } = await startMail({ unsubscribed: new Set([`mail:${OPS}`]) });
    const outcome = await channel.send(requestOf({ to: OPS }));
    expect(outcome.kind).toBe('sent');
    const { raw = '', parsed } = server.mails[0] ?? {};
    expect(header(raw, 'List-Unsubscribe')).toEqual([]);
    expect(header(raw, 'List-Unsubscribe-Post')).toEqual([]);
    expect(parsed?.text).not.toContain('/mail/');
    expect(parsed?.text).toContain('/docs/metrics/growth#checkout_conversion');
  });

  it('to a mailbox that unsubscribed is not sent, whatever the case of its letters', async () => {
    const { server, channel } = await startMail({ unsubscribed: new Set(['mail:ann@shop.test']) });
    const outcome = await channel.send(requestOf({ to: ann.email }));
    expect(outcome).toEqual({ kind: 'lost', reason: 'unsubscribed by one click' });
    expect(server.mails).toEqual([]);
    expect(channel.state()).toEqual({ ok: true, reason: null });
  });

  it('T08 to such a mailbox fails where a chat has failed before it, so that the alert goes on', async () => {
    const { channel } = await startMail({ unsubscribed: new Set(['mail:ann@shop.test', 'd9']) });
    const outcome = await channel.send(requestOf({ to: ann.email, deliveryId: 'd9' }));
    expect(outcome).toEqual({ kind: 'gone', reason: 'unsubscribed by one click', statusCode: null });
  });

  it('is never an edit, and never for another channel', async () => {
    const { channel } = await startMail();
    expect(await channel.send(requestOf({ operation: 'edit' }))).toMatchObject({ kind: 'lost' });
    const place = { channel: 'sms', number: '+34600111222' } as const;
    expect(await channel.send(requestOf({ place }))).toMatchObject({ kind: 'bad' });
  });

  it('whose links cannot be made is tried again', async () => {
    const broken = { ...LINKS, actionUrl: () => Promise.reject(new Error('no database')) };
    const { channel, server, lines } = await startMail({ links: broken });
    expect(await channel.send(requestOf())).toMatchObject({
      kind: 'retry',
      reason: 'no database',
      maybeSent: false,
    });
    expect(server.mails).toEqual([]);
    expect(lines.join('')).toContain('a mail could not be made');
  });

  it('is signed by DKIM, with what one-click unsubscribing needs under the signature', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'hb-dkim-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    const keys = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const keyFile = join(dir, 'key.pem');
    await writeFile(keyFile, keys.privateKey);
    const dkim = { domain: 'shop.test', selector: 'hb', keyFile };
    const { server, channel } = await startMail({ config: () => ({ dkim }) });
    await channel.send(requestOf({ operation: 'reply', deliveryId: 'd2' }));
    const { raw = '' } = server.mails[0] ?? {};
    const [signature = ''] = header(raw, 'DKIM-Signature');
    expect(signature).toContain('d=shop.test');
    const signed = /[; ]h=([^;]+)/.exec(signature)?.[1]?.toLowerCase() ?? '';
    for (const name of ['from', 'subject', 'in-reply-to', 'list-unsubscribe', 'list-unsubscribe-post'])
      expect(signed.split(':').map((one) => one.trim())).toContain(name);
    expect(verifyDkim(raw, keys.publicKey)).toBe(true);
    await writeFile(keyFile, 'no key');
    expect(() =>
      createMailChannel({ ...mailDeps(), config: { url: server.url, from: 'a@b.test', dkim }, links: LINKS }),
    ).toThrow(/DKIM_KEY_FILE .* holds no private key/);
  });

  it('from a sender outside ASCII has an id of its domain in ASCII', async () => {
    const { channel } = await startMail({ config: () => ({ from: 'Пульс <hb@почта.рф>' }) });
    const outcome = await channel.send(requestOf());
    expect(outcome.kind === 'sent' && outcome.messageId).toMatch(/@xn--80a1acny\.xn--p1ai>$/);
  });
});

/** RFC 6376, relaxed/relaxed, as a receiving server does it. */
function verifyDkim(raw: string, publicKey: string): boolean {
  const split = raw.indexOf('\r\n\r\n');
  const lines = raw.slice(0, split).split(/\r\n(?![ \t])/);
  const body = `${raw
    .slice(split + 4)
    .replaceAll(/[ \t]+\r\n/g, '\r\n')
    .replaceAll(/[ \t]+/g, ' ')
    .replace(/(\r\n)*$/, '')}\r\n`;
  const relax = (line: string): string => {
    const at = line.indexOf(':');
    const value = line
      .slice(at + 1)
      .replaceAll(/\r\n/g, '')
      .replaceAll(/[ \t]+/g, ' ');
    return `${line.slice(0, at).trim().toLowerCase()}:${value.trim()}`;
  };
  const own = relax(lines.find((line) => line.startsWith('DKIM-Signature')) ?? '');
  const tag = (name: string): string =>
    new RegExp(`[;:] ?${name}=([^;]*)`).exec(own)?.[1]?.replaceAll(' ', '') ?? '';
  if (createHash('sha256').update(body, 'latin1').digest('base64') !== tag('bh')) return false;
  const covered = tag('h')
    .split(':')
    .map((name) => relax(lines.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)) ?? ''))
    .filter((line) => line !== ':');
  const text = [...covered, own.replace(/([;:] ?b=)[^;]*$/, '$1')].join('\r\n');
  return createVerify('sha256').update(text, 'latin1').verify(publicKey, tag('b'), 'base64');
}
