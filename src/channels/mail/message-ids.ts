import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { lineText, oneLine, shorten } from '../../answers/index.ts';
import type { SendRequest } from '../../delivery/index.ts';
import { SUBJECT_MAX } from './limits.ts';

/** RFC 2606: a domain that belongs to nobody, for a sender without one. */
const NO_DOMAIN = 'heartbeat.invalid';
const NUMBER_AT_END = / \([A-Z]+-\d+\)$/;
const NUMBER_MAX = 20;

/** How a mail is tied to its thread; each with its angle brackets. */
export type MessageIds = { messageId: string; inReplyTo: string | null };

type Identified = Pick<SendRequest, 'thread' | 'deliveryId' | 'operation' | 'messageId'> & {
  address: string;
};

/**
 * Gives the Message-ID of a delivery, the same over all its tries, and the one it answers. The first mail of a thread has an id
 * made of the thread and its recipient, so that later ones can name it without looking it up.
 */
export function messageIdsOf(request: Identified, domain: string): MessageIds {
  const { thread, deliveryId, operation } = request;
  const own = toId(['delivery', deliveryId], domain);
  if (thread === null) return { messageId: own, inReplyTo: null };
  const first = toId(['thread', thread.id, request.address.toLowerCase()], domain);
  const isFirst = operation === 'post' && request.messageId === null;
  return isFirst ? { messageId: first, inReplyTo: null } : { messageId: own, inReplyTo: first };
}

function toId(parts: readonly string[], domain: string): string {
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
  return `<${parts[0]}.${hash}@${domain}>`;
}

/** Gives the address of a From header such as `Heartbeat <hb@shop.test>`, and its domain in ASCII. */
export function readSender(from: string): { address: string; domain: string } {
  const address = /<([^<>]*)>\s*$/.exec(from)?.[1] ?? from.trim();
  return { address, domain: domainToASCII(address.slice(address.lastIndexOf('@') + 1)) || NO_DOMAIN };
}

/**
 * Gives the subject: of a thread always the same, and ending in its number; of a mail that stands alone its first line. At most
 * SUBJECT_MAX UTF-16 units, on one line.
 */
export function subjectOf({ thread, answer }: Pick<SendRequest, 'thread' | 'answer'>): string {
  if (thread === null) return `[Heartbeat] ${shorten(oneLine(lineText(answer.lines[0] ?? [])), SUBJECT_MAX)}`;
  const text = oneLine(thread.subject);
  const found = NUMBER_AT_END.exec(text)?.[0] ?? '';
  const number = found.length <= NUMBER_MAX ? found : '';
  const name = text.slice(0, text.length - number.length);
  return `[Heartbeat] ${shorten(name, SUBJECT_MAX - number.length)}${number}`;
}
