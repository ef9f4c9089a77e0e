import { SECOND } from '../lib/time.ts';
import { loadSigner, type Signer, type SigningDeps } from './signing.ts';

const EXPIRES = 'exp';
const SIGNATURE = 'sig';

/** Signs a root-relative address: gives it with `exp` (Unix seconds) and `sig`, good until `expiresAt`. */
export function signPath(signer: Signer, path: string, expiresAt: Date): string {
  const { pathname, searchParams } = new URL(path, 'http://host');
  searchParams.delete(SIGNATURE);
  searchParams.set(EXPIRES, String(Math.floor(expiresAt.getTime() / SECOND)));
  const signature = signer.sign('link', signedText(pathname, searchParams));
  return `${pathname}?${searchParams.toString()}&${SIGNATURE}=${signature}`;
}

/**
 * Gives a root-relative address of a page or picture (`/cockpit.png?team=growth`) that opens without a token for `ttlMs`.
 * Put `deps.publicUrl()` before it for a chat.
 */
export async function signLink(deps: SigningDeps, path: string, ttlMs: number): Promise<string> {
  const signer = await loadSigner(deps);
  return signPath(signer, path, new Date(deps.clock.now().getTime() + ttlMs));
}

/** What the signature of an address came to. */
export type LinkCheck = 'none' | 'valid' | 'expired' | 'forged';

/** Checks an address as it was asked for; the order of its parameters does not matter. */
export function checkSignedLink(signer: Signer, url: URL, now: Date): LinkCheck {
  const signature = url.searchParams.get(SIGNATURE);
  if (signature === null) return 'none';
  const rest = new URLSearchParams(url.searchParams);
  rest.delete(SIGNATURE);
  if (!signer.isSigned('link', signedText(url.pathname, rest), signature)) return 'forged';
  return Number(rest.get(EXPIRES)) * SECOND > now.getTime() ? 'valid' : 'expired';
}

/** Tells whether an address says that it is signed. */
export function isSignedLink(url: URL): boolean {
  return url.searchParams.has(SIGNATURE);
}

function signedText(pathname: string, parameters: URLSearchParams): string {
  const sorted = new URLSearchParams(parameters);
  sorted.sort();
  return `${pathname}?${sorted.toString()}`;
}
