import type { Config } from '../config.ts';
import type { Deps } from '../deps.ts';
import { findApiToken, type ApiToken } from '../people/index.ts';
import type { AppContext } from './env.ts';
import { createProblem, type Problem } from './problem.ts';
import { findSession, hasSession, type SignedIn } from './sessions.ts';
import { checkSignedLink, isSignedLink } from './signed-links.ts';
import { loadSigner } from './signing.ts';

/** Why a page or a picture is shown: it is open to all who reach this machine, or the reader has shown something. */
export type Access =
  | { kind: 'open' }
  | { kind: 'token'; token: ApiToken }
  | { kind: 'link' }
  | { kind: 'session'; signedIn: SignedIn };

export type AccessCheck = { ok: true; access: Access } | { ok: false; problem: Problem };

const NOT_AUTHENTICATED = createProblem(401, {
  code: 'not_authenticated',
  detail:
    'This needs a token ("Authorization: Bearer …"), a signed link, or a session: send /docs to the bot for a link that signs you in.',
});

/** Decides whether the reader may see pages and pictures. */
export async function checkAccess(c: AppContext, deps: Deps): Promise<AccessCheck> {
  const { config } = deps;
  if (isOpen(config)) {
    return isKnownHost(c, deps) ? allow({ kind: 'open' }) : deny(unknownHost(c));
  }
  const bearer = bearerOf(c);
  if (bearer !== undefined) {
    const token = findApiToken(config.apiTokens, bearer);
    return token ? allow({ kind: 'token', token }) : deny(NOT_AUTHENTICATED);
  }
  const url = new URL(c.req.url);
  if (!isSignedLink(url) && !hasSession(c)) return deny(NOT_AUTHENTICATED);
  const signer = await loadSigner(deps);
  const link = checkSignedLink(signer, url, deps.clock.now());
  if (link === 'valid') return allow({ kind: 'link' });
  const signedIn = findSession(c, deps, signer);
  if (signedIn) return allow({ kind: 'session', signedIn });
  return deny(link === 'expired' ? EXPIRED : NOT_AUTHENTICATED);
}

const EXPIRED = createProblem(401, {
  code: 'link_expired',
  detail: 'This link is too old. Send /docs to the bot for a new one.',
});

/** The token of `Authorization: Bearer <token>`. */
export function bearerOf(c: AppContext): string | undefined {
  return /^bearer\s+(\S+)\s*$/i.exec(c.req.header('authorization') ?? '')?.[1];
}

/** Without tokens everything readable is open, which the settings allow on a loopback address alone. */
export function isOpen({ apiTokens, http }: Config): boolean {
  return apiTokens.length === 0 && isLoopback(http.host);
}

/** Tells whether only this machine reaches an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * What is open on a loopback address is open to its own names only: else a page of another site, whose name was made to point
 * at this machine, could read it through the visitor's browser.
 */
export function isKnownHost(c: AppContext, { publicUrl }: Pick<Deps, 'publicUrl'>): boolean {
  const { hostname } = new URL(c.req.url);
  return isLoopback(hostname) || hostname === new URL(publicUrl()).hostname;
}

/** The refusal of a name that is not this service's. */
export function unknownHost(c: AppContext): Problem {
  return createProblem(421, {
    code: 'host_unknown',
    detail: `Heartbeat does not answer to the name ${new URL(c.req.url).hostname}. Use localhost, or set PUBLIC_URL to this address.`,
  });
}

function allow(access: Access): AccessCheck {
  return { ok: true, access };
}

function deny(problem: Problem): AccessCheck {
  return { ok: false, problem };
}
