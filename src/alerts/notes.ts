import { shorten } from '../answers/index.ts';
import { inTransaction, sql, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { InputError, NotFoundError } from '../errors.ts';
import { recordAct } from '../journal/index.ts';
import { requireMayOperate, type Caller } from '../people/index.ts';
import { findAlertRecord, type AlertNote, type AlertRecord } from './read.ts';
import { enqueueRedraws } from './redraw.ts';

/** A note is a remark; what is longer belongs on a page. */
export const NOTE_MAX = 1000;

/** Which alert: by its number within the workspace, or by id. */
export type AlertKey = { number: number } | { id: string };

/** A note as it was stored; `isCut`: it was longer than `NOTE_MAX` characters. */
export type NoteAdded = { alert: AlertRecord; note: AlertNote; isCut: boolean };

/**
 * Adds what a caller says about an alert, open or over, and has it shown under every message of the alert. Throws NotFoundError
 * `alert_unknown`, InputError `note_empty`, RefusedError `role_too_low` or `not_a_member`.
 */
export async function addNote(
  deps: Deps,
  caller: Caller,
  { alert, text }: { alert: AlertKey; text: string },
): Promise<NoteAdded> {
  const said = readableText(text);
  const note = { by: caller.actor, at: deps.clock.now(), text: shorten(said, NOTE_MAX) };
  const added = await inTransaction(deps.db, async (tx) => {
    const found = await getOperable(tx, deps, { caller, alert });
    if (said === '') throw new InputError('note_empty', 'A note needs words.');
    const id = await insertNote(tx, caller, { alertId: found.id, note });
    await enqueueRedraws(tx, deps, { alertId: found.id, edge: 'noted', cause: id });
    await recordAct(tx, caller, {
      at: note.at,
      verb: 'alert.note',
      subject: `A-${found.number}`,
      before: null,
      after: { text: note.text },
    });
    return found;
  });
  deps.outbox.kick();
  return { alert: added, note, isCut: note.text !== said };
}

/** Gives an alert that a caller may act on. Throws NotFoundError `alert_unknown`, RefusedError `role_too_low` or `not_a_member`. */
export async function getOperable(
  tx: Tx,
  deps: Pick<Deps, 'workspaceId' | 'registry'>,
  { caller, alert }: { caller: Caller; alert: AlertKey },
): Promise<AlertRecord> {
  const found = await findAlertRecord({ prisma: tx }, deps.workspaceId, alert);
  if (!found) {
    const name = 'id' in alert ? alert.id : `A-${alert.number}`;
    throw new NotFoundError('alert_unknown', `There is no alert ${name}.`, { details: { alert: name } });
  }
  requireMayOperate(caller, deps.registry.current().metrics.get(found.metricId) ?? null);
  return found;
}

/** Lines stay lines; what PostgreSQL cannot store goes. */
function readableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').trim();
}

async function insertNote(
  tx: Tx,
  { workspaceId, channel }: Caller,
  { alertId, note }: { alertId: string; note: AlertNote },
): Promise<string> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>(sql`
    insert into heartbeat.alert_note (workspace_id, alert_id, at, actor, channel, text)
    values (${workspaceId}, ${alertId}::uuid, ${note.at}, ${note.by}, ${channel}, ${note.text}) returning id`);
  return String(rows[0]?.id);
}
