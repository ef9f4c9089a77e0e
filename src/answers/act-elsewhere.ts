import type { AlertView } from './alert-view.ts';
import type { Words } from './words-types.ts';

/** Where an alert can be acted on, for channels whose messages take no presses. `apiUrl`: base of the API; null when nobody may use it. */
export type ActDoors = { chat: boolean; apiUrl: string | null };

/** Says where an alert can be acked, the chat before the API; null where there is no such door, or nothing left to ack. */
export function actHint(view: AlertView | null, doors: ActDoors, words: Words): string | null {
  if (view === null || view.phase === 'resolved' || view.phase === 'withdrawn') return null;
  const number = `A-${view.number}`;
  if (doors.chat) return words.t('channel-act-chat', { command: `/ack ${number}` });
  if (doors.apiUrl === null) return null;
  return words.t('channel-act-api', { url: `${doors.apiUrl}/api/alerts/${number}/ack` });
}
