import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { DAY, SECOND } from '../lib/time.ts';
import type { ApiToken } from '../people/index.ts';
import type { Person } from '../registry/index.ts';
import { seal, unseal } from './sealed.ts';
import type { Signer } from './signing.ts';

const COOKIE = 'heartbeat_session';
const SESSION_MS = 7 * DAY;

/** Who is signed in at a browser: a person by the bot's link, or whoever typed an API token. */
export type SignedIn = { kind: 'person'; person: Person } | { kind: 'token'; token: ApiToken };

const Session = z.object({
  holder: z.union([z.object({ person: z.string() }), z.object({ token: z.string(), mark: z.string() })]),
  expiresAt: z.number(),
});
type Session = z.infer<typeof Session>;

/** Signs a browser in for a week: no script can read the cookie, and no other site can send it with a write. */
export function startSession(
  c: Context,
  deps: Pick<Deps, 'clock' | 'publicUrl'>,
  { signer, signedIn }: { signer: Signer; signedIn: SignedIn },
): void {
  const session: Session = {
    holder: holderOf(signedIn),
    expiresAt: deps.clock.now().getTime() + SESSION_MS,
  };
  setCookie(c, COOKIE, seal(signer, 'session', session), {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: deps.publicUrl().startsWith('https:'),
    maxAge: SESSION_MS / SECOND,
  });
}

/** Tells whether the browser sent a session, good or not. */
export function hasSession(c: Context): boolean {
  return getCookie(c, COOKIE) !== undefined;
}

/** Gives who is signed in; undefined when the session is over, its person has left or its token was changed. */
export function findSession(
  c: Context,
  deps: Pick<Deps, 'clock' | 'registry' | 'config'>,
  signer: Signer,
): SignedIn | undefined {
  const word = getCookie(c, COOKIE);
  const session = word === undefined ? undefined : unseal(signer, 'session', { word, schema: Session });
  if (!session || session.expiresAt <= deps.clock.now().getTime()) return undefined;
  const { holder } = session;
  if ('person' in holder) {
    const person = deps.registry.current().people.find(({ email }) => email === holder.person);
    return person && { kind: 'person', person };
  }
  const token = deps.config.apiTokens.find(
    (known) => known.name === holder.token && markOf(known) === holder.mark,
  );
  return token && { kind: 'token', token };
}

function holderOf(signedIn: SignedIn): Session['holder'] {
  return signedIn.kind === 'person'
    ? { person: signedIn.person.email }
    : { token: signedIn.token.name, mark: markOf(signedIn.token) };
}

/** Tells one token of a name from the next, without telling the token. */
function markOf({ tokenHash }: ApiToken): string {
  return tokenHash.toString('base64url').slice(0, 16);
}
