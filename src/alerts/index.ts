/**
 * WHETHER somebody must hear. In: readings and presses. Out: alerts with a version, their events, and deliveries to make.
 * The judge is pure; the episodes' verbs apply it under the metric's row lock.
 */
export type * from './types.ts';
export { levelOf, type Lines } from './levels.ts';
export { initialState, judge, judgePolicyOf } from './judge.ts';
export { routeAlert, type Route, type RouteRequest } from './route.ts';
export { ReplyPayload, type PlannedAlert } from './plan-reply.ts';
export { storeAlerts, type AlertFacts, type Change, type ChangeContext, type JudgedState } from './store.ts';
export { pressAlert, type AlertAction, type AlertPress, type PressOutcome } from './verbs.ts';
export { wakeAlerts, withdrawAlerts } from './wake.ts';
export { findAlertRecord, listAlerts, type AlertFilter, type AlertRecord } from './read.ts';
