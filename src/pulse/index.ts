/**
 * WHEN and HOW a reading is made. In: the registry, the clock, the warehouse. Out: readings, judged and stored in one
 * transaction; the MetricStatus that every surface reads.
 */
export type * from './types.ts';
export { createPulse, type Pulse, type PulseStats } from './pulse.ts';
export { loadPreview, type Preview, type PreviewRequest } from './preview.ts';
export { previewRecord } from './preview-record.ts';
export { readTickLag, type TickLag } from './lag.ts';
export type { Refreshed } from './refresh.ts';
export { findStatus, listPoints, loadStatuses } from './status.ts';
export {
  backfillMetric,
  backfillQueue,
  queueBackfills,
  workBackfills,
  type BackfillResult,
} from './backfill.ts';
export { checkedSqlOf } from './compute.ts';
export { queryWindow } from './window.ts';
export { checkCron, cronGapMs, lastRun, nextRun } from './due.ts';
export { listOpenWindows } from './maintenance.ts';
