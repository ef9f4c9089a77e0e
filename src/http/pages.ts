import { readFile } from 'node:fs/promises';
import type { Hono } from 'hono';
import { etag } from 'hono/etag';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Deps } from '../deps.ts';
import { NotFoundError } from '../errors.ts';
import { HOUR, SECOND } from '../lib/time.ts';
import { findProjectPicture, renderSite, SITE_CSP } from '../site/index.ts';
import type { AppContext, AppEnv } from './env.ts';
import { rememberLocale, wordsOfReader } from './reader.ts';
import { signPath } from './signed-links.ts';
import { loadSigner } from './signing.ts';

const PICTURES_MS = HOUR;

export const PAGE_PATHS = ['/docs', '/docs/*', '/cockpit', '/alerts', '/audit', '/audit/*'] as const;

/** Shows the site to whoever the gate lets in. */
export function addPages(app: Hono<AppEnv>, deps: Deps): void {
  addPagePictures(app);
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

/** The pictures that stand in the pages about Heartbeat: files of one folder, known by name. */
function addPagePictures(app: Hono<AppEnv>): void {
  app.get('/docs/pictures/:name{.+}', etag(), async (c) => {
    const name = c.req.param('name');
    const picture = findProjectPicture(name);
    if (!picture) {
      throw new NotFoundError('picture_unknown', `There is no picture ${name}. /docs shows the pages.`, {
        details: { name },
      });
    }
    return c.body(new Uint8Array(await readFile(picture.path)), 200, {
      'content-type': 'image/png',
      'cache-control': `private, max-age=${PICTURES_MS / SECOND}`,
    });
  });
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
