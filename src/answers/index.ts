/**
 * What Heartbeat says, platform-neutral and pure. In: facts and a reader's Words. Out: Answer values that channels render,
 * and PictureSpecs that pictures draw. Reading what people say back (commands, names, presses, spans of time) is here too.
 * The messages of locales/*.ftl are read once; there is no other input or output.
 */
export type * from './types.ts';
export type * from './alert-view.ts';
export type * from './words-types.ts';
export type * from './why-types.ts';
export { createWords } from './words.ts';
export { LOCALES, loadLocales } from './load-locales.ts';
export { oneLine, printable, shorten } from './shorten.ts';
export { answerText, isVisible, type SpanWriter, writeLines, writePlain } from './write-lines.ts';
export { type ActDoors, actHint } from './act-elsewhere.ts';
export { lineText } from './lines.ts';
export { createNameOf, type NameOf } from './names.ts';
export {
  encodePress,
  parsePress,
  type Press,
  PRESS_MAX_BYTES,
  type PressedAlert,
  type PressSubject,
} from './press.ts';
export { findPressedMetric } from './pressed-metric.ts';
export { FIRST_LINE_MAX } from './first-line.ts';
export { describeAlert } from './alert.ts';
export { describeNote, describeReply } from './reply.ts';
export { firstLine } from './first-line.ts';
export { answerWindowDone, answerWindows, type WindowFact } from './maintenance.ts';
export { parseMaintenance, type MaintenanceText } from './parse-maintenance.ts';
export { GLYPH } from './glyphs.ts';
export { describeFreshSource, describeStaleSource, type StaleSourceView } from './stale-source.ts';
export { describeStorm, describeStormEnd, type StormView } from './storm.ts';
export { alertButtons, snoozeMenuButtons } from './alert-buttons.ts';
export { answerMetricCard, metricCardButtons, metricCardHead, statusLine } from './metric-card.ts';
export { answerHowToRead } from './how-to-read.ts';
export { answerCockpit } from './cockpit.ts';
export { describeStanding } from './standing.ts';
export { findStanding, type Standing } from './standings.ts';
export { ALERTS_PAGE, answerAlerts, answerChooseAlert, pageOf } from './alert-list.ts';
export { answerWhy } from './why.ts';
export { answerHelp, answerNotMember, answerStart, answerWhoami } from './greetings.ts';
export { cockpitMark } from './cockpit-mark.ts';
export {
  parseSchedule,
  type ScheduleChange,
  type ScheduleText,
  type ScheduleWhat,
} from './parse-schedule.ts';
export {
  answerPinned,
  answerScheduleBroken,
  answerScheduleChanged,
  answerScheduled,
  answerSchedules,
  markLate,
  markLive,
  scheduleButtons,
  type ScheduleFact,
} from './schedules.ts';
export { answerAccessDecided, answerAccessRequest, answerDecision } from './access.ts';
export {
  answerLinkAsked,
  answerLinked,
  answerLinkHow,
  answerLinkMail,
  answerLinkWrong,
  answerSetting,
  answerUnlinked,
  type SettingFacts,
} from './people.ts';
export { quietWords } from './people-words.ts';
export { type AccessDecision, isPeoplePress, type PeoplePress } from './press-people.ts';
export {
  answerCancel,
  answerDidYouMean,
  answerDocs,
  answerDone,
  answerPlanned,
  answerRefresh,
  answerUnknownCommand,
  type RefreshPhase,
} from './command-answers.ts';
export { answerAskAgain, answerAskedEnough, answerAskUntil, answerNoted } from './questions.ts';
export { answerRefusal, type PressOutcome, pressToast } from './toasts.ts';
export { answerTestDone, answerTestRunning, type TestFact } from './test-fire.ts';
export { answerAudit, answerNoAudit, type AuditFacts } from './audit.ts';
export { answerHealth, type HealthFacts, type HealthPart } from './health.ts';
export { answerDeliveryLog, type DeliveryLogFacts, type LogEntry } from './delivery-log.ts';
export { parsePreview, type PreviewText } from './parse-preview.ts';
export { answerPreview, type PreviewFacts } from './preview.ts';
export { answerPreviewChange } from './preview-change.ts';
export { previewSpec } from './preview-spec.ts';
export { answerError } from './error-answer.ts';
export { cockpitSpec, metricCardSpec, type PictureReader } from './picture-specs.ts';
export { pictureAlt } from './picture-alt.ts';
export { type LogPage, type LogScope } from './press-log.ts';
export { parseLog, type LogShow } from './parse-log.ts';
export { findMetric, listNearestMetrics } from './find-metric.ts';
export { findNamed, type NamedSearch } from './find-named.ts';
export {
  isSameName,
  listScopes,
  metricsInScope,
  type Mine,
  type NamedScope,
  parsePrefixed,
  parseScope,
  type Scope,
  scopeName,
} from './scopes.ts';
export { isListPress, isShareToken, type ListPress } from './press-lists.ts';
export { parseWatchlist, splitItems, type WatchlistText, type WatchlistVerb } from './parse-watchlist.ts';
export {
  answerListChanged,
  answerListDeleted,
  answerListShared,
  answerWatchlists,
  answerWhichList,
  type ListChange,
  type NamedList,
  watchlistButtons,
} from './watchlists.ts';
export {
  answerAskItems,
  answerChooseRemoval,
  answerStarred,
  answerUnknownItems,
  removalButtons,
  type UnknownWords,
} from './watchlist-items.ts';
export { answerTeam, answerWhichScope, answerWhichTeam, type TeamFacts } from './team.ts';
export { type CommandText, findNearestCommand, parseCommandText } from './parse-command.ts';
export { nextWorkingMorning, parseSnooze, type SnoozeText, splitSnooze } from './parse-snooze.ts';
