import { inTransaction, sql } from '../db/index.ts';
import { recordAct } from '../journal/index.ts';
import type { Person } from '../registry/index.ts';
import { bumpPeople } from './bump-people.ts';
import { accountKey } from './merge.ts';
import type { LinkDeps } from './link.ts';
import type { Caller } from './types.ts';

/**
 * Remembers the Slack account that a person was recognised by, or looked up, through the e-mail that Slack has confirmed: from then on
 * alerts reach them there. Gives false where there is nothing to remember: another account is theirs, or they took this one back.
 */
export async function rememberSlack(
  deps: LinkDeps,
  author: Pick<Caller, 'workspaceId' | 'actor' | 'channel' | 'requestId'>,
  { person, userId }: { person: Person; userId: string },
): Promise<boolean> {
  if (person.slackId !== null) return false;
  const { workspaceId } = deps;
  const email = person.email.toLowerCase();
  const now = deps.clock.now();
  const isNew = await inTransaction(deps.db, async (tx) => {
    const inserted = await tx.$executeRaw(sql`
      insert into heartbeat.linked_account (workspace_id, channel, account, email, proven_at, live_account, live_email)
      select ${workspaceId}, 'slack', ${userId}, ${email}, ${now}::timestamptz, ${userId}, ${email}
      where not exists (
        select 1 from heartbeat.linked_account
        where workspace_id = ${workspaceId} and channel = 'slack' and account = ${userId} and email = ${email}
          and unlinked_reason = 'unlink')
      on conflict do nothing`);
    if (inserted === 0) return false;
    await bumpPeople(tx, workspaceId);
    await recordAct(tx, author, {
      at: now,
      verb: 'people.link',
      subject: `person:${person.email}`,
      before: null,
      after: { account: accountKey({ channel: 'slack', account: userId }), by: 'e-mail' },
    });
    return true;
  });
  if (isNew) await deps.people.reload();
  return isNew;
}
