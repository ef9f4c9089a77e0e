import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Words } from '../answers/index.ts';
import type { Deps } from '../deps.ts';
import { renderMailPage, SITE_CSP, type MailPage } from '../site/index.ts';
import type { AppContext } from './env.ts';
import { wordsOfReader } from './reader.ts';

/** Sends a page that a link of a mail opened; nothing on the way keeps it. */
export function sendMailPage(
  c: AppContext,
  words: Words,
  page: MailPage,
  status: ContentfulStatusCode = 200,
): Response {
  return c.body(renderMailPage(words, page), status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': SITE_CSP,
    'cache-control': 'no-store',
  });
}

const BROKEN_STATUS = { forged: 403, expired: 410, gone: 403 } as const;

/** Answers a link that is good for nothing: why, and what to do. */
export function sendBroken(c: AppContext, deps: Deps, why: keyof typeof BROKEN_STATUS): Response {
  const words = wordsOfReader(c, deps);
  const page = {
    title: words.t('mail-link-broken', { why }),
    lines: [],
    notes: [words.t('mail-link-next', { why })],
    forms: [],
  };
  return sendMailPage(c, words, page, BROKEN_STATUS[why]);
}
