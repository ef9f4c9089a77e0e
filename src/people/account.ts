import type { LinkChannel, LinkedAccount } from './merge.ts';
import type { Caller } from './types.ts';

/** A chat account of somebody, by the platform's own id. */
export type Account = Pick<LinkedAccount, 'channel' | 'account'>;

/** Gives the account of a caller nobody knows yet; null for one who is known, and where there are no accounts. */
export function strangerAccount(caller: Pick<Caller, 'person' | 'actor'>): Account | null {
  if (caller.person) return null;
  const [, channel, account] = /^(telegram|slack):(.+)$/.exec(caller.actor) ?? [];
  return channel === undefined || account === undefined ? null : { channel: channel as LinkChannel, account };
}
