import { sql, type Tx } from '../db/index.ts';
import { SECOND } from '../lib/time.ts';
import { botLane } from './lane.ts';
import { parsePlaceKey } from './place.ts';
import type { Channel, ChannelName } from './types.ts';

/** A call that takes longer hangs: it was made long ago, and keeps nobody waiting. */
const MAKING_MS = 4 * SECOND;

export type PacedChannel = Pick<Channel, 'name' | 'limits'>;

/** The end of an attempt, as far as a bot's own limit goes. */
type Ended = { id: string; number: number; lane: string; outcome: string };

/**
 * SQL of how many calls of a bot count now: those that began or ended within the last second, and those that were claimed earlier
 * and may only now begin, since making a message may take long. So no second ever sees more calls than are counted.
 */
export function countOfBot({ workspaceId, channel }: { workspaceId: string; channel: ChannelName }) {
  return sql`(
    select count(*) from bot, unnest(bot.recent) as r(at) where r.at > now() - interval '1 second') + (
    select count(*) from heartbeat.delivery s
    join heartbeat.delivery_attempt a on a.delivery_id = s.id and a.number = s.attempts
    where s.workspace_id = ${workspaceId} and s.channel = ${channel} and s.status = 'sending'
      and a.started_at <= now() - interval '1 second'
      and a.started_at > now() - ${MAKING_MS}::int * interval '1 millisecond')`;
}

/** Counts calls from their end instead of from their claim; an attempt that made no call counts no more. */
export async function writeBots(
  tx: Tx,
  {
    workspaceId,
    channels,
    attempts,
  }: { workspaceId: string; channels: readonly PacedChannel[]; attempts: readonly Ended[] },
): Promise<void> {
  const limited = new Set(
    channels.filter(({ limits }) => limits.perBotPerSecond !== null).map(({ name }) => name),
  );
  const ended = attempts
    .map(({ lane, ...attempt }) => ({ ...attempt, channel: parsePlaceKey(lane).channel }))
    .filter(({ channel }) => limited.has(channel))
    .map(({ id, number, outcome, channel }) => ({
      id,
      number,
      bot: botLane(channel),
      called: outcome !== 'skipped',
    }));
  if (ended.length === 0) return;
  await tx.$executeRaw(sql`
    with ended as (
      select r.bot, r.called, a.started_at
      from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as r(id uuid, number int, bot text, called bool)
      join heartbeat.delivery_attempt a on a.delivery_id = r.id and a.number = r.number)
    update heartbeat.place p
    set recent = array(
          select at from unnest(p.recent) as r(at) where at > now() - interval '1 second'
          except all select started_at from ended where bot = p.key)
        || array_fill(now(), array[(select count(*) from ended where bot = p.key and called)::int])
    where p.workspace_id = ${workspaceId} and p.key in (select bot from ended)`);
}
