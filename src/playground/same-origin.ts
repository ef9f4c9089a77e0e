import { RefusedError } from '../errors.ts';

/**
 * Throws `other_site` when another site's page sent the request. Browsers say so themselves (Fetch Metadata, W3C); those that do
 * not tell the origin, whose host must be the one that is asked. What is no browser sends neither and is let through.
 */
export function refuseOtherSites(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  const isOwn = site === null ? isOwnOrigin(request) : site === 'same-origin' || site === 'none';
  if (!isOwn)
    throw new RefusedError(
      'other_site',
      'This came from a page of another site. Open the playground itself and press there.',
    );
}

function isOwnOrigin(request: Request): boolean {
  const origin = request.headers.get('origin');
  if (origin === null) return true;
  const host = request.headers.get('host') ?? new URL(request.url).host;
  return URL.canParse(origin) && new URL(origin).host === host;
}
