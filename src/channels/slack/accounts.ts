import { z } from 'zod';
import type { Locale } from '../../registry/index.ts';

/** An account as Slack describes it; what is not said is null. */
export type SlackAccount = {
  id: string | null;
  teamId: string | null;
  /** somebody of another company, a bot, somebody who left, or an address nobody confirmed */
  isForeign: boolean;
  email: string | null;
  name: string | null;
  locale: Locale | null;
};

const text = z.string().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);
const Answer = z.object({
  user: z.object({
    id: text,
    team_id: text,
    deleted: flag,
    is_bot: flag,
    is_stranger: flag,
    is_email_confirmed: flag,
    locale: text,
    real_name: text,
    profile: z.object({ email: text }).nullish().catch(null),
  }),
});

/** Reads the account that `users.info` and `users.lookupByEmail` answer with; undefined where there is none. Pure. */
export function readAccount(answer: unknown): SlackAccount | undefined {
  const user = Answer.safeParse(answer).data?.user;
  if (!user) return undefined;
  return {
    id: user.id ?? null,
    teamId: user.team_id ?? null,
    isForeign: !!user.deleted || !!user.is_bot || !!user.is_stranger || user.is_email_confirmed === false,
    email: user.profile?.email ?? null,
    name: user.real_name ?? null,
    locale: user.locale ? (user.locale.startsWith('ru') ? 'ru' : 'en') : null,
  };
}

/**
 * Tells whether an account is of this company, so that its e-mail counts: in a shared channel the accounts of another one have
 * e-mails that this one has not confirmed. A team that is not said differs from none. Pure.
 */
export function isOwn({ isForeign, teamId }: SlackAccount, ownTeam: string | null): boolean {
  const isOther = teamId !== null && ownTeam !== null && teamId !== ownTeam;
  return !isForeign && !isOther;
}
