import type { Hono } from 'hono';
import { z } from 'zod';
import { cockpitSpec, LOCALES } from '../answers/index.ts';
import type { Deps } from '../deps.ts';
import { InputError, NotFoundError } from '../errors.ts';
import { loadCardSpec, rangeOf } from '../messages/index.ts';
import type { Picture } from '../pictures/index.ts';
import { findStatus } from '../pulse/index.ts';
import { loadScope, toScope } from '../site/index.ts';
import type { AppContext, AppEnv } from './env.ts';
import { personOf } from './reader.ts';

const Look = z.object({
  theme: z.enum(['light', 'dark']).default('light'),
  locale: z.enum(LOCALES).optional(),
  range: z.enum(['1d', '7d', '28d', '90d']).optional(),
});
type Look = z.infer<typeof Look>;

export const PICTURE_PATHS = ['/cockpit.png', '/metric/*'] as const;

/** Draws the cockpit and the cards of metrics for whoever the gate lets in. */
export function addPictures(app: Hono<AppEnv>, deps: Deps): void {
  app.get('/cockpit.png', async (c) => {
    const { theme, words } = readLook(c, deps);
    const { statuses, ...scope } = await loadScope(deps, toScope(new URL(c.req.url).searchParams));
    const spec = cockpitSpec(statuses, { ...scope, words, theme, now: deps.clock.now() });
    return sendPicture(c, 'cockpit', await deps.pictures.render(spec));
  });
  app.get('/metric/:file{.+\\.png}', async (c) => {
    const { theme, words, range } = readLook(c, deps);
    const id = c.req.param('file').slice(0, -'.png'.length);
    const status = await findStatus(deps, id);
    if (!status) {
      throw new NotFoundError('metric_unknown', `There is no metric ${id}. /docs lists those that exist.`, {
        details: { metric: id },
      });
    }
    const spec = await loadCardSpec(deps, status, { range: range ?? rangeOf(status.metric), words, theme });
    return sendPicture(c, id, await deps.pictures.render(spec));
  });
}

function readLook(c: AppContext, deps: Deps) {
  const parsed = Look.safeParse(c.req.query());
  if (!parsed.success) {
    const reason = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw new InputError('picture_unreadable', `No such picture: ${reason}.`, { details: { reason } });
  }
  const { workspace } = deps.registry.current();
  const person = personOf(c);
  const locale: Look['locale'] = parsed.data.locale ?? person?.locale ?? workspace.locale;
  return {
    ...parsed.data,
    words: deps.wordsFor(locale ?? workspace.locale, person?.timezone ?? workspace.timezone),
  };
}

function sendPicture(c: AppContext, name: string, { png, contentHash }: Picture): Response {
  const etag = `"${contentHash}"`;
  const headers = { etag, 'cache-control': 'private, no-cache' };
  const known = (c.req.header('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.some((tag) => tag === etag || tag === '*')) return new Response(null, { status: 304, headers });
  const body = new Uint8Array(png);
  return new Response(body, {
    headers: {
      ...headers,
      'content-type': 'image/png',
      'content-disposition': `inline; filename="${name}.png"`,
    },
  });
}
