import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { placeKey, type Place } from '../delivery/index.ts';

/** Somebody who answers at once may be faster than the record of what was sent. */
const RECORD_WAITS_MS = [50, 100, 200, 400, 800];

type ChatMessage = { place: Place; messageId: string };

/**
 * Finds the alert that a message is about: its own message in that chat, or one of the replies under it. While a message to that
 * chat is being recorded it looks again, for 1.5 s at most.
 */
export async function findAlertOfMessage(
  deps: Pick<Deps, 'db' | 'workspaceId'>,
  message: ChatMessage,
): Promise<string | undefined> {
  for (const waitMs of RECORD_WAITS_MS) {
    // asked first: what is recorded after this is found by the next look
    const isRecording = await isBeingRecorded(deps, message.place);
    const found = await lookUpAlert(deps, message);
    if (found !== undefined || !isRecording) return found;
    await sleep(waitMs);
  }
  return lookUpAlert(deps, message);
}

function laneKey(place: Place): string {
  return placeKey(place.channel === 'telegram' ? { ...place, topic: null } : place);
}

async function isBeingRecorded({ db, workspaceId }: Pick<Deps, 'db' | 'workspaceId'>, place: Place) {
  const rows = await db.prisma.$queryRaw<unknown[]>(sql`
    select 1 from heartbeat.delivery
    where workspace_id = ${workspaceId} and lane = ${laneKey(place)} and status = 'sending' limit 1`);
  return rows.length > 0;
}

async function lookUpAlert(
  { db, workspaceId }: Pick<Deps, 'db' | 'workspaceId'>,
  { place, messageId }: ChatMessage,
): Promise<string | undefined> {
  const keys = [placeKey(place), laneKey(place)];
  // a pinned cockpit has a message of its own too, and takes no notes
  const rows = await db.prisma.$queryRaw<{ alert_id: string }[]>(sql`
    select found.alert_id from (
      select alert_id from heartbeat.alert_message
      where workspace_id = ${workspaceId} and place = any(${keys}) and message_id = ${messageId}
      union all
      select alert_id from heartbeat.delivery
      where workspace_id = ${workspaceId} and lane = ${laneKey(place)} and status = 'sent' and place = any(${keys})
        and message_id = ${messageId} and alert_id is not null) found
    where not exists (select 1 from heartbeat.pinned_cockpit p where p.id = found.alert_id)
    limit 1`);
  return rows[0]?.alert_id;
}
