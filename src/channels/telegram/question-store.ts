import type { ConversationData, VersionedState, VersionedStateStorage } from '@grammyjs/conversations';
import type { CommandDeps } from '../../commands/index.ts';
import { sql } from '../../db/index.ts';
import { MINUTE } from '../../lib/time.ts';

/** Nobody answers a question that was asked longer ago; each answer begins the time anew. */
export const QUESTION_LIFE_MS = 10 * MINUTE;

type State = VersionedState<ConversationData>;

/** Keeps what people are in the middle of saying in the database, so that a restart does not interrupt them. What is too old is gone. */
export function storeQuestions({
  db,
  workspaceId,
  clock,
}: Pick<CommandDeps, 'db' | 'workspaceId' | 'clock'>): VersionedStateStorage<string, ConversationData> {
  return {
    async read(key) {
      const rows = await db.prisma.$queryRaw<{ state: State }[]>(sql`
        select state from heartbeat.conversation
        where workspace_id = ${workspaceId} and key = ${key} and expires_at > ${clock.now()}`);
      return rows[0]?.state;
    },
    async write(key, state) {
      const expiresAt = new Date(clock.now().getTime() + QUESTION_LIFE_MS);
      await db.prisma.$executeRaw(sql`
        insert into heartbeat.conversation (workspace_id, key, state, expires_at)
        values (${workspaceId}, ${key}, ${JSON.stringify(state)}::jsonb, ${expiresAt})
        on conflict (workspace_id, key) do update set state = excluded.state, expires_at = excluded.expires_at`);
    },
    async delete(key) {
      await db.prisma.$executeRaw(sql`
        delete from heartbeat.conversation where workspace_id = ${workspaceId} and key = ${key}`);
    },
  };
}
