/**
 * WHETHER somebody must hear. In: readings and presses. Out: alerts with a version, their events, and deliveries to make.
 * The judge is pure; the episodes' verbs apply it under the metric's row lock.
 */
export type * from './types.ts';
export { levelOf, type Lines } from './levels.ts';
export { initialState, judge, judgePolicyOf } from './judge.ts';
export {
  listHearers,
  listOpsPlaces,
  listPersonPlaces,
  listRoomPlaces,
  routeAlert,
  type Route,
  type RouteRequest,
} from './route.ts';
export { ReplyPayload, type PlannedAlert } from './plan-reply.ts';
export { endWindow, listWindows, openWindow, type ChatWindow, type WindowRequest } from './maintenance.ts';
export { leavePlaces } from './leave.ts';
export { LEFT, listLeftPlaces } from './left-places.ts';
export { maskValues } from './mask-values.ts';
export { WAREHOUSE_SOURCE } from './stale.ts';
export { draftSqlErrors } from './sql-error.ts';
export { sweepAlerts } from './sweep.ts';
export { StormPayload } from './storm-end.ts';
export { findStorm, type StormRecord } from './storm-read.ts';
export { pressStorm, type StormAction, type StormOutcome } from './press-all.ts';
export { quietUntil } from './quiet-hours.ts';
export { findWindow, type ActiveWindow } from './silence.ts';
export {
  changeContext,
  storeAlerts,
  type AlertFacts,
  type Change,
  type ChangeContext,
  type JudgedState,
} from './store.ts';
export { pressAlert, type AlertAction, type AlertPress, type PressOutcome } from './verbs.ts';
export { wakeAlerts, withdrawAlerts } from './wake.ts';
export {
  findAlertRecord,
  listAlertingMetrics,
  listAlerts,
  pageOpenAlerts,
  type AlertFilter,
  type AlertNote,
  type AlertRecord,
} from './read.ts';
export { listSources, type SourceRecord } from './read-sources.ts';
export { addNote, type AlertKey, NOTE_MAX, type NoteAdded } from './notes.ts';
export { findAlertOfMessage } from './find-alert-of-message.ts';
export { type FeedbackGiven, giveFeedback, type Verdict } from './feedback.ts';
export type * from './preview-types.ts';
export { replay, summarize, withTrial } from './preview.ts';
export { PREVIEW_MIN_READINGS, proposeLines } from './preview-lines.ts';
export { type HistoryPoint, pointsOf } from './preview-points.ts';
export { suggest } from './preview-suggest.ts';
export { checkDays, completeTrial } from './preview-trial.ts';
export { verdictsOf } from './preview-verdicts.ts';
export { listVerdicts } from './read-verdicts.ts';
