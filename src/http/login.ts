import type { Hono } from 'hono';
import type { Deps } from '../deps.ts';
import { RefusedError } from '../errors.ts';
import { findApiToken } from '../people/index.ts';
import { renderNotice } from '../site/index.ts';
import { remoteAddressOf, type AppContext, type AppEnv } from './env.ts';
import { redeemTicket, toLocalPath } from './login-links.ts';
import { sendPage } from './pages.ts';
import { createRateLimiter, RATES, tooManyRequests } from './rate-limit.ts';
import { wordsOfReader } from './reader.ts';
import { startSession } from './sessions.ts';
import { loadSigner } from './signing.ts';

/** Chats open links to show a preview of them, and browsers to be quick: neither is the person. */
const PREVIEWER = /bot\b|preview|crawler|spider|facebookexternalhit|whatsapp|slack|embed/i;

/** Signs people in by the bot's one-time link, or by an API token that they type. */
export function addLogin(app: Hono<AppEnv>, deps: Deps): void {
  const limiter = createRateLimiter(RATES.refused);
  app.get('/login', async (c) => {
    const words = wordsOfReader(c, deps);
    const title = words.t('site-login');
    if (isPreview(c))
      return sendPage(c, {
        status: 200,
        html: renderNotice(words, { title, text: words.t('site-login-text') }),
      });
    const word = c.req.query('ticket');
    if (word === undefined)
      return askForToken(c, deps, { text: words.t('site-refused-text'), status: 200, next: '/docs' });
    return signInByTicket(c, deps, word);
  });
  app.post('/login', async (c) => {
    const waitMs = limiter.take(remoteAddressOf(c));
    return waitMs > 0 ? tooManyRequests(waitMs) : signInByToken(c, deps);
  });
}

/** Answers a reader who may not see a page: how to get in. */
export function askForToken(
  c: AppContext,
  deps: Deps,
  { text, status, next }: { text: string; status: number; next: string },
): Response {
  const words = wordsOfReader(c, deps);
  const title = words.t(status === 401 ? 'site-refused' : 'site-login');
  return sendPage(c, { status, html: renderNotice(words, { title, text, signIn: { next } }) });
}

async function signInByTicket(c: AppContext, deps: Deps, word: string): Promise<Response> {
  const signer = await loadSigner(deps);
  try {
    const { person, path } = await redeemTicket(deps, { word, signer, requestId: c.get('requestId') });
    startSession(c, deps, { signer, signedIn: { kind: 'person', person } });
    return c.redirect(path, 303);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const text = wordsOfReader(c, deps).t('site-ticket', { code: error.code });
    return askForToken(c, deps, { text, status: 401, next: '/docs' });
  }
}

async function signInByToken(c: AppContext, deps: Deps): Promise<Response> {
  const form = await c.req.parseBody();
  const next = toLocalPath(textOf(form['next']));
  const token = findApiToken(deps.config.apiTokens, textOf(form['token']));
  if (!token) {
    const text = wordsOfReader(c, deps).t('site-token-wrong');
    return askForToken(c, deps, { text, status: 401, next });
  }
  startSession(c, deps, { signer: await loadSigner(deps), signedIn: { kind: 'token', token } });
  return c.redirect(next, 303);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isPreview(c: AppContext): boolean {
  const purpose = c.req.header('sec-purpose') ?? c.req.header('purpose') ?? '';
  return (
    c.req.method === 'HEAD' ||
    /prefetch|preview/i.test(purpose) ||
    PREVIEWER.test(c.req.header('user-agent') ?? '')
  );
}
