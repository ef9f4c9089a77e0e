import {
  findAlertRecord,
  pressAlert,
  type AlertAction,
  type AlertRecord,
  type PressOutcome,
  type PressRefusal,
} from '../../alerts/index.ts';
import type { Deps } from '../../deps.ts';
import { InputError, NotFoundError } from '../../errors.ts';
import { DAY, parseDuration, SECOND } from '../../lib/time.ts';
import type { Caller } from '../../people/index.ts';
import { createProblem, type Problem } from '../problem.ts';
import type { StoredAnswer } from './idempotency.ts';
import { numberText, presentAlert } from './present.ts';
import type { SnoozeBody } from './schemas.ts';
import { answerOrProblem, toStored } from './write-once.ts';

const SNOOZE_MIN_MS = SECOND;
const SNOOZE_MAX_MS = 30 * DAY;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export type AlertKey = { id: string } | { number: number };

/** Reads `A-1042` or an id. Throws NotFoundError `alert_unknown` for a word that is neither. */
export function toAlertKey(text: string): AlertKey {
  const number = /^a-(\d{1,9})$/i.exec(text)?.[1];
  if (number !== undefined) return { number: Number(number) };
  if (UUID.test(text)) return { id: text };
  throw unknownAlert(text);
}

/** Gives one alert. Throws NotFoundError `alert_unknown`. */
export async function getAlert(deps: Deps, key: AlertKey): Promise<AlertRecord> {
  const alert = await findAlertRecord(deps.db, deps.workspaceId, key);
  if (!alert) throw unknownAlert('id' in key ? key.id : numberText(key.number));
  return alert;
}

/** Reads until when an alert is to be silent. Throws InputError `snooze_unreadable` or `snooze_out_of_range`. */
export function readSnooze(body: SnoozeBody, now: Date): AlertAction {
  const until = 'until' in body ? new Date(body.until) : untilOf(body.for, now);
  const lengthMs = until.getTime() - now.getTime();
  if (lengthMs >= SNOOZE_MIN_MS && lengthMs <= SNOOZE_MAX_MS) return { kind: 'snooze', until };
  throw new InputError(
    'snooze_out_of_range',
    'An alert is silent for a second at least and 30 days at most.',
  );
}

function untilOf(text: string, now: Date): Date {
  const span = parseDuration(text);
  if (span) return new Date(now.getTime() + span.ms);
  throw new InputError(
    'snooze_unreadable',
    `"${text.slice(0, 40)}" is no span of time. Write 90s, 15m, 4h, 2d or 1w.`,
  );
}

export type ApiPress = { caller: Caller; key: AlertKey; version: number | null; action: AlertAction };

/** Acks, un-acks or snoozes an alert, and says what became of it: the alert, or a problem that holds the alert as it is. */
export async function answerPress(deps: Deps, press: ApiPress): Promise<StoredAnswer> {
  const { caller, key, version, action } = press;
  return answerOrProblem(async () => {
    const outcome = await pressAlert(deps, caller, { alert: key, version, action, place: null });
    const alert = await getAlert(deps, { id: outcome.alert.id });
    if (outcome.refusal)
      return toStored(toRefusal(deps, { outcome, refusal: outcome.refusal, alert, version }));
    return toAnswer(deps, alert);
  });
}

/** Gives an alert as the answer to a write. */
export function toAnswer(deps: Deps, alert: AlertRecord): StoredAnswer {
  return {
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify(presentAlert(deps, alert)),
    etag: `"${alert.version}"`,
  };
}

/** Gives the problem of a write that was meant for another version of an alert than the present one; null when it was not. */
export function findOutdated(deps: Deps, alert: AlertRecord, version: number | null): Problem | null {
  if (version === null || version === alert.version) return null;
  return createProblem(412, { ...OUTDATED, alert: presentAlert(deps, alert), version: alert.version });
}

type Refused = {
  outcome: PressOutcome;
  refusal: PressRefusal;
  alert: AlertRecord;
  version: number | null;
};

/** A version that is not the alert's is 412, whatever else is wrong; what somebody else did stands beside it. */
function toRefusal(deps: Deps, { outcome, refusal, alert, version }: Refused): Problem {
  const { code, detail, status } = describeRefusal(refusal, numberText(alert.number));
  const { kind, ...facts } = refusal;
  const more = { ...facts, alert: presentAlert(deps, alert) };
  if (version === null || version === outcome.alert.version)
    return createProblem(status, { code, detail, ...more });
  const reason = kind === 'outdated' ? {} : { reason: code };
  return createProblem(412, { ...OUTDATED, ...more, version: outcome.alert.version, ...reason });
}

const OUTDATED = {
  code: 'version_outdated',
  detail:
    'The alert has changed since the version in If-Match. Look at it again, then decide. Nothing was changed.',
};

function describeRefusal(
  refusal: PressRefusal,
  name: string,
): { status: number; code: string; detail: string } {
  switch (refusal.kind) {
    case 'no_alert':
      return { status: 409, code: 'alert_closed', detail: `${name} is over. Nothing was changed.` };
    case 'already_acked':
      return {
        status: 409,
        code: 'already_acked',
        detail: `${name} was acked by ${refusal.by} at ${refusal.at}.`,
      };
    case 'not_acked':
      return {
        status: 409,
        code: 'not_acked',
        detail: `Nobody has acked ${name}, so there is nothing to undo.`,
      };
    case 'already_snoozed':
      return {
        status: 409,
        code: 'already_snoozed',
        detail: `${name} was snoozed by ${refusal.by} until ${refusal.until}.`,
      };
    case 'not_in_future':
      return {
        status: 400,
        code: 'snooze_out_of_range',
        detail: 'That time has passed. Choose a later one.',
      };
    case 'outdated':
      return { status: 412, ...OUTDATED };
  }
}

function unknownAlert(name: string): NotFoundError {
  return new NotFoundError(
    'alert_unknown',
    `There is no alert ${name}. GET /api/alerts lists the open ones.`,
    {
      details: { alert: name },
    },
  );
}
