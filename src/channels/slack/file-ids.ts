import { sql, type Db } from '../../db/index.ts';
import { placeKey } from '../../delivery/index.ts';
import type { SlackPlace } from './outcome.ts';

/** Ids of files that Slack has already, by the pictures' content. */
export type SlackFiles = {
  find(contentHash: string): Promise<string | undefined>;
  remember(contentHash: string, fileId: string): Promise<void>;
  /** the file that an alert's message shows now */
  findShown(place: SlackPlace, messageId: string): Promise<string | undefined>;
};

/** Keeps the ids in the database, for one bot: another company's bot cannot show its files. */
export function storeSlackFiles(db: Pick<Db, 'prisma'>, workspaceId: string, bot: string): SlackFiles {
  return {
    async find(contentHash) {
      const rows = await db.prisma.$queryRaw<{ file_id: string }[]>(sql`
        select file_id from heartbeat.picture_file
        where channel = 'slack' and bot = ${bot} and content_hash = ${contentHash}`);
      return rows[0]?.file_id;
    },
    async remember(contentHash, fileId) {
      await db.prisma.$executeRaw(sql`
        insert into heartbeat.picture_file (channel, bot, content_hash, file_id)
        values ('slack', ${bot}, ${contentHash}, ${fileId})
        on conflict (channel, bot, content_hash) do update set file_id = excluded.file_id, created_at = now()`);
    },
    async findShown(place, messageId) {
      const rows = await db.prisma.$queryRaw<{ file_id: string }[]>(sql`
        select f.file_id
        from heartbeat.alert_message m
        join heartbeat.picture_file f on f.channel = 'slack' and f.bot = ${bot} and f.content_hash = m.picture_hash
        where m.workspace_id = ${workspaceId} and m.place = ${placeKey(place)} and m.message_id = ${messageId} limit 1`);
      return rows[0]?.file_id;
    },
  };
}
