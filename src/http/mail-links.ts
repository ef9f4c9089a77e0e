import { z } from 'zod';
import type { MailLinks } from '../channels/mail/index.ts';
import type { Deps } from '../deps.ts';
import { DAY, HOUR } from '../lib/time.ts';
import { seal, unseal } from './sealed.ts';
import { loadSigner, type Purpose, type Signer, type SigningDeps } from './signing.ts';

/** A mail is read late, and an alert may last. */
const LINK_MS = 7 * DAY;
/** A page is not left open for longer. */
const FORM_MS = HOUR;

/** What a link or a form of a mail asks for, and for whose mailbox it was made. `press` is a button's data. */
export const MailPress = z.object({ to: z.string(), press: z.string(), expiresAt: z.number() });
export type MailPress = z.infer<typeof MailPress>;

const Subscription = z.object({ to: z.string() });

/** What a word of an address came to. */
export type Opened<Data> = { kind: 'valid'; data: Data } | { kind: 'expired' } | { kind: 'forged' };

/** Makes the signed addresses that mails hold. */
export function createMailLinks(deps: SigningDeps & Pick<Deps, 'publicUrl'>): MailLinks {
  return {
    async actionUrl(address, press) {
      const data = { to: address, press, expiresAt: deps.clock.now().getTime() + LINK_MS };
      return `${deps.publicUrl()}/mail/act?t=${seal(await loadSigner(deps), 'mail_link', data)}`;
    },
    async unsubscribeUrl(address) {
      const word = seal(await loadSigner(deps), 'mail_unsubscribe', { to: address });
      return `${deps.publicUrl()}/mail/unsubscribe?t=${word}`;
    },
  };
}

/** Seals what a page's button does: a word that only who has opened the page can send back. */
export function sealForm(signer: Signer, { to, press }: { to: string; press: string }, now: Date): string {
  return seal(signer, 'mail_form', { to, press, expiresAt: now.getTime() + FORM_MS });
}

/** Opens the word of a link (`mail_link`) or of a form (`mail_form`). */
export function openPress(
  signer: Signer,
  purpose: Extract<Purpose, 'mail_link' | 'mail_form'>,
  { word, now }: { word: string; now: Date },
): Opened<MailPress> {
  const data = unseal(signer, purpose, { word, schema: MailPress });
  if (!data) return { kind: 'forged' };
  return data.expiresAt > now.getTime() ? { kind: 'valid', data } : { kind: 'expired' };
}

/** Opens the word of a link that ends the mails to a mailbox; undefined when it was not made here. Such a link never expires. */
export function openSubscription(signer: Signer, word: string): string | undefined {
  return unseal(signer, 'mail_unsubscribe', { word, schema: Subscription })?.to;
}
