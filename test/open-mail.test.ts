import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { isMailOpen, mailParts } from '../src/open-mail.ts';

const SMTP = { SMTP_URL: 'smtp://mail.test', MAIL_FROM: 'hb@shop.test' };

describe('mail', () => {
  it('is sent when it is set up, and never for the playground’s people', () => {
    expect(isMailOpen(readConfig({}))).toBe(false);
    expect(isMailOpen(readConfig({ ...SMTP, PLAYGROUND: 'off' }))).toBe(true);
    expect(isMailOpen(readConfig({ ...SMTP, TELEGRAM_BOT_TOKEN: '1:a' }))).toBe(true);
    expect(isMailOpen(readConfig({ ...SMTP, TELEGRAM_BOT_TOKEN: '1:a', PLAYGROUND: 'on' }))).toBe(false);
  });

  it('is a part of /readyz that tells its last trouble, or why it is silent', () => {
    const trouble = { state: () => ({ ok: false, reason: 'mail.test: ECONNREFUSED' }) };
    const config = readConfig({ ...SMTP, PLAYGROUND: 'off' });
    expect(mailParts(config, trouble)).toEqual([
      { name: 'mail', severity: 'warning', ok: false, reason: 'mail.test: ECONNREFUSED' },
    ]);
    expect(mailParts(readConfig({}), null)).toEqual([]);
    expect(mailParts(readConfig(SMTP), null)).toMatchObject([
      { ok: false, reason: expect.stringContaining('playground') },
    ]);
  });
});
