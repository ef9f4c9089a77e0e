import { SECOND } from '../../lib/time.ts';
import type { ChannelLimits } from '../../delivery/index.ts';

/**
 * Mail servers name no limit. 20 a second is what a submission server of one company takes without deferring (Amazon SES starts
 * at 14, Postfix's own client at 20 connections); a gap keeps the mails of one mailbox in order.
 */
export const LIMITS: ChannelLimits = { perPlaceGapMs: 200, perGroup: null, perBotPerSecond: 20 };

/** Connections that are kept open and shared. */
export const CONNECTIONS = 5;
/** Mails handed over at once: a server that hangs must not take the places of other channels' calls. */
export const UNDER_WAY_MAX = 16;
/** How long a mail above that waits. */
export const BUSY_WAIT_MS = SECOND;

/** How long each step may take; `totalMs` counts from the call to its end, and a stopping process waits for that. */
export type MailTimeouts = { connectMs: number; greetingMs: number; silenceMs: number; totalMs: number };

export const TIMEOUTS: MailTimeouts = {
  connectMs: 5 * SECOND,
  greetingMs: 5 * SECOND,
  // scanning for viruses happens between the last byte and the server's word
  silenceMs: 10 * SECOND,
  totalMs: 15 * SECOND,
};

/** UTF-16 units. */
export const SUBJECT_MAX = 150;
export const LINE_MAX = 1_000;
export const LINES_MAX = 200;
export const CODE_MAX = 20_000;
export const LINKS_MAX = 20;
export const PREHEADER_MAX = 140;
