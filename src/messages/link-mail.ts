import { z } from 'zod';
import { answerLinkMail, type Words } from '../answers/index.ts';
import { inTransaction } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import {
  enqueueDeliveries,
  PRIORITY,
  type ClaimedDelivery,
  type Composed,
  type DeliveryDraft,
} from '../delivery/index.ts';
import { InputError, RefusedError } from '../errors.ts';
import {
  findByEmail,
  findLinkCode,
  getLinkable,
  issueLinkCode,
  showLinkCode,
  type Caller,
} from '../people/index.ts';
import { standalone } from './composed.ts';

/** What a delivery holds of a code: which request it is of. */
const CodePayload = z.object({ id: z.uuid() });
type CodePayload = z.infer<typeof CodePayload>;

const EMAIL = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}$/u;

/**
 * Mails a code to an address that owners.yaml has. What it gives and how long it takes is the same for any other address, so
 * that nobody learns who is here. Throws InputError `link_email_invalid`, RefusedError `link_no_mail` where no mail is set up,
 * `link_too_many` or `link_known`.
 */
export async function requestLink(deps: Deps, caller: Caller, address: string): Promise<void> {
  const account = getLinkable(caller);
  if (!deps.channels.has('mail'))
    throw new RefusedError(
      'link_no_mail',
      'Codes go by mail, and no mail is set up here. Ask an admin to add your id.',
      {
        details: { key: `${account.channel}_id`, id: account.account },
      },
    );
  const email = address.trim().toLowerCase();
  if (!EMAIL.test(email)) throw new InputError('link_email_invalid', 'That is no e-mail address.');
  const { workspaceId, jobs, clock } = deps;
  const now = clock.now();
  const person = findByEmail(deps.registry.current(), email);
  await inTransaction(deps.db, async (tx) => {
    const { id, mayMail } = await issueLinkCode(tx, { workspaceId, now, account, email });
    const drafts = person && mayMail ? [codeDraft(id, person.email)] : [];
    await enqueueDeliveries(tx, jobs, { workspaceId, drafts, now });
  });
  deps.outbox.kick();
}

/** The payload names the request alone: the code is made when the mail is. */
function codeDraft(id: string, address: string): DeliveryDraft {
  return {
    key: `link_code:${id}`,
    alertId: null,
    edge: 'link_code',
    place: { channel: 'mail', address },
    operation: 'notice',
    silent: false,
    priority: PRIORITY.press,
    hold: null,
    payload: { id } satisfies CodePayload,
  };
}

/** Makes the mail with the code, as long as it is good. */
export async function composeLinkCode(
  { db, workspaceId, clock }: Pick<Deps, 'db' | 'workspaceId' | 'clock'>,
  { payload }: Pick<ClaimedDelivery, 'payload'>,
  words: Words,
): Promise<Composed> {
  const now = clock.now();
  const { id } = CodePayload.parse(payload);
  const found = await findLinkCode(db, { workspaceId, now, id });
  if (!found) return { kind: 'skip', reason: 'the code is over' };
  const { code, account, expiresAt } = found;
  return standalone(answerLinkMail({ code: showLinkCode(code), account, expiresAt, now }, words));
}
