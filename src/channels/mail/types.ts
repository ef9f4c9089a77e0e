import type { Line, Words } from '../../answers/index.ts';
import type { Person } from '../../registry/index.ts';

/** A link of a mail. A primary one is what most readers came for. */
export type MailLink = { label: string; url: string; primary: boolean };

/** The colour beside the state's word. */
export type Tone = 'red' | 'amber' | 'green' | 'calm';

/** What a mail shows, before it is text or HTML: cleaned, cut, in the reader's language. */
export type MailContent = {
  locale: string;
  title: string;
  tone: Tone;
  /** the state in a word; null for a mail that is not about one alert */
  state: string | null;
  /** what a list of mails shows beside the subject */
  preheader: string;
  lines: readonly Line[];
  code: string | null;
  picture: { cid: string; alt: string } | null;
  links: readonly MailLink[];
  /** says that this may be a repeat */
  mark: string | null;
  footer: string;
  unsubscribe: { label: string; url: string } | null;
};

/** Who reads a mailbox. `person` is null for an address of nobody in owners.yaml, such as the ops inbox. */
export type MailReader = {
  address: string;
  person: Person | null;
  words: Words;
  isOps: boolean;
  /** whether a mail offers to end the mails */
  maySilence: boolean;
};

/** Makes the addresses that a mail holds; each is signed for one mailbox. */
export type MailLinks = {
  /** an absolute address where this person confirms a press */
  actionUrl(address: string, press: string): Promise<string>;
  /** an absolute address that ends the mails to a mailbox by one POST */
  unsubscribeUrl(address: string): Promise<string>;
};
