import type { Hooks, Person } from '../../src/registry/index.ts';

/** A room or inbox without web hooks. */
export const NO_HOOKS: Hooks = { webhook: null, msteams: null, discord: null };

/** What most people of a test have not said about themselves. */
export const NO_PHONE = {
  phone: null,
  fallback: ['telegram', 'slack', 'mail', 'sms'],
} as const satisfies Partial<Person>;

/** An operator of no team, in no chat, who set nothing. */
export function aPerson(email: string, over: Partial<Person> = {}): Person {
  return {
    email,
    name: email,
    role: 'operator',
    teams: [],
    telegramId: null,
    telegramHandle: null,
    slackId: null,
    locale: null,
    timezone: null,
    quietHours: null,
    ...NO_PHONE,
    ...over,
  };
}
