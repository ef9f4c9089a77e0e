import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Locale } from '../../registry/index.ts';
import { isOwn, readAccount } from './accounts.ts';
import type { SlackClient } from './client.ts';
import { PERSON_TTL_MS } from './limits.ts';
import type { Self } from './self.ts';
import { describeTrouble, toTrouble } from './trouble.ts';

/** What Slack tells of an account. `email` is there only where Slack has confirmed it, for people of this company. */
export type Profile = { email: string | null; locale: Locale | null; name: string | null };

export interface Profiles {
  /** Never throws: nothing is known of whom Slack does not tell. */
  find(userId: string): Promise<Profile>;
}

export type ProfilesOptions = { client: SlackClient; self: () => Promise<Self>; log: Logger };

const PEOPLE_MAX = 10_000;
const UNKNOWN: Profile = { email: null, locale: null, name: null };

/** Makes what asks Slack about people; answers are remembered for an hour, failures are not. */
export function createProfiles(options: ProfilesOptions): Profiles {
  const known = new LRUCache<string, Profile>({ max: PEOPLE_MAX, ttl: PERSON_TTL_MS });
  return {
    async find(userId) {
      const found = known.get(userId);
      if (found) return found;
      try {
        const profile = await ask(options, userId);
        known.set(userId, profile);
        return profile;
      } catch (error) {
        options.log.warn(
          { reason: describeTrouble(toTrouble(error)) },
          'Slack does not tell who somebody is',
        );
        return UNKNOWN;
      }
    },
  };
}

async function ask({ client, self }: ProfilesOptions, userId: string): Promise<Profile> {
  const [{ teamId }, answer] = await Promise.all([
    self(),
    client.call('users.info', { user: userId, include_locale: true }),
  ]);
  const account = readAccount(answer);
  if (!account) return UNKNOWN;
  const { name, locale } = account;
  return { email: isOwn(account, teamId) ? account.email : null, name, locale };
}
