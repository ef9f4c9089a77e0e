import { sql, type Db } from '../../db/index.ts';
import type { FileIds } from './channel.ts';

/** Remembers in the database which pictures Telegram has, for one bot: an id of one bot means nothing to another. */
export function storeFileIds(db: Db, bot: string): FileIds {
  return {
    async find(contentHash) {
      const rows = await db.prisma.$queryRaw<{ file_id: string }[]>(sql`
        select file_id from heartbeat.picture_file
        where channel = 'telegram' and bot = ${bot} and content_hash = ${contentHash}`);
      return rows[0]?.file_id;
    },
    async remember(contentHash, fileId) {
      await db.prisma.$executeRaw(sql`
        insert into heartbeat.picture_file as p (channel, bot, content_hash, file_id)
        values ('telegram', ${bot}, ${contentHash}, ${fileId})
        on conflict (channel, bot, content_hash) do update set file_id = excluded.file_id`);
    },
  };
}
