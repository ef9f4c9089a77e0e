/**
 * Mail. In: deliveries to mailboxes. Out: one thread an alert, text and HTML, with links that are signed for their reader; what
 * became of each mail, by the mail server's codes.
 */
export { createMailChannel, type MailChannel, type MailChannelOptions } from './channel.ts';
export { readerOf } from './reader.ts';
export type { MailLinks, MailReader } from './types.ts';
export { findMailTrouble } from './verify.ts';
