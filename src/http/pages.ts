import type { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Deps } from '../deps.ts';
import { HOUR } from '../lib/time.ts';
import { renderSite, SITE_CSP } from '../site/index.ts';
import type { AppContext, AppEnv } from './env.ts';
import { rememberLocale, wordsOfReader } from './reader.ts';
import { signPath } from './signed-links.ts';
import { loadSigner } from './signing.ts';

const PICTURES_MS = HOUR;

export const PAGE_PATHS = ['/docs', '/docs/*', '/cockpit', '/audit', '/audit/*'] as const;

/** Shows the site to whoever the gate lets in. */
export function addPages(app: Hono<AppEnv>, deps: Deps): void {
  for (const path of PAGE_PATHS) {
    app.get(path, async (c) => {
      rememberLocale(c);
      const words = wordsOfReader(c, deps);
      const pictureHref = await pictureHrefOf(c, deps);
      const page = await renderSite(deps, { url: new URL(c.req.url), words, pictureHref });
      return page.kind === 'redirect' ? c.redirect(page.to) : sendPage(c, page);
    });
  }
}

/** Sends a page of the site. */
export function sendPage(c: AppContext, { html, status }: { html: string; status: number }): Response {
  return c.body(html, status as ContentfulStatusCode, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': SITE_CSP,
    'cache-control': 'private, no-cache',
    vary: 'accept-language, cookie',
  });
}

/** A browser sends no token with a picture: readers by token or link get signed addresses. */
async function pictureHrefOf(c: AppContext, deps: Deps): Promise<(path: string) => string> {
  const { kind } = c.get('access');
  if (kind === 'open' || kind === 'session') return (path) => path;
  const signer = await loadSigner(deps);
  // whole hours, so that a page asked for twice shows pictures of one address
  const until = new Date((Math.floor(deps.clock.now().getTime() / PICTURES_MS) + 2) * PICTURES_MS);
  return (path) => signPath(signer, path, until);
}
