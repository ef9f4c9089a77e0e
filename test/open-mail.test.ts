import { expect, it } from 'vitest';
import { mailParts } from '../src/open-mail.ts';

it('mail is a part of /readyz that tells its last trouble; there is none where it is not set up', () => {
  const trouble = { state: () => ({ ok: false, reason: 'mail.test: ECONNREFUSED' }) };
  expect(mailParts(trouble)).toEqual([
    { name: 'mail', severity: 'warning', ok: false, reason: 'mail.test: ECONNREFUSED' },
  ]);
  expect(mailParts(null)).toEqual([]);
});
