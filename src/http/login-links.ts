import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { inTransaction, sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { RefusedError } from '../errors.ts';
import { recordJournal } from '../journal/index.ts';
import { MINUTE } from '../lib/time.ts';
import type { Person } from '../registry/index.ts';
import { seal, unseal } from './sealed.ts';
import { loadSigner, type Signer, type SigningDeps } from './signing.ts';

const TICKET_MS = 10 * MINUTE;
const USED_TICKETS = 'ticket';

const Ticket = z.object({ person: z.string(), path: z.string(), nonce: z.string(), expiresAt: z.number() });

/**
 * Gives an absolute address that signs a person in once, within ten minutes, and leads on to a root-relative path. It is for
 * a private chat with that person.
 */
export async function createLoginLink(
  deps: SigningDeps & Pick<Deps, 'publicUrl'>,
  person: Pick<Person, 'email'>,
  path: string,
): Promise<string> {
  const ticket = {
    person: person.email,
    path: toLocalPath(path),
    nonce: randomUUID(),
    expiresAt: deps.clock.now().getTime() + TICKET_MS,
  };
  return `${deps.publicUrl()}/login?ticket=${seal(await loadSigner(deps), 'ticket', ticket)}`;
}

/**
 * Uses a ticket up: gives its person and where to go. Throws RefusedError `ticket_unreadable`, `ticket_expired`,
 * `ticket_used` or `not_a_member`.
 */
export async function redeemTicket(
  deps: Deps,
  { word, signer, requestId }: { word: string; signer: Signer; requestId: string },
): Promise<{ person: Person; path: string }> {
  const ticket = unseal(signer, 'ticket', { word, schema: Ticket });
  if (!ticket)
    throw refused('ticket_unreadable', 'This link was not made by Heartbeat, or a part of it is missing.');
  if (ticket.expiresAt <= deps.clock.now().getTime())
    throw refused('ticket_expired', 'This link is more than ten minutes old.');
  const person = deps.registry.current().people.find(({ email }) => email === ticket.person);
  if (!person) throw refused('not_a_member', 'The person of this link is no longer in this workspace.');
  await useUp(deps, { nonce: ticket.nonce, person, requestId });
  return { person, path: toLocalPath(ticket.path) };
}

async function useUp(
  { db, clock, workspaceId }: Deps,
  { nonce, person, requestId }: { nonce: string; person: Person; requestId: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const rows = await tx.$queryRaw<{ update_id: string }[]>(sql`
      insert into heartbeat.handled_update (channel, update_id) values (${USED_TICKETS}, ${nonce})
      on conflict do nothing returning update_id`);
    if (rows.length === 0) throw refused('ticket_used', 'This link has been used already. It opens once.');
    await recordJournal(tx, {
      workspaceId,
      at: clock.now(),
      actor: person.email,
      channel: 'web',
      verb: 'login',
      subject: `person:${person.email}`,
      before: null,
      after: null,
      requestId,
    });
  });
}

function refused(code: string, reason: string): RefusedError {
  return new RefusedError(code, `${reason} Send /docs to the bot for a new one.`);
}

/** Gives a path that stays on this site, `/docs` for all else. Nothing leads away from this site: `//host` and `/\host` are other hosts to a browser. */
export function toLocalPath(path: string): string {
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(path) ? path : '/docs';
}
