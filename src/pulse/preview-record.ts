import type { JudgePolicy, ReplayStats, Suggestion, Trial } from '../alerts/index.ts';
import type { Preview } from './preview.ts';

/** Episodes of a preview that programs are given: the newest. */
const EPISODES_MAX = 500;

/** Gives a preview as the API and the command line write it: plain JSON, instants in RFC 3339, spans in ms. */
export function previewRecord(preview: Preview) {
  const { metric, fromMs, toMs, readings, stats, before, marked, suggestions, episodes } = preview;
  return {
    metric: metric.id,
    from: toText(fromMs),
    to: new Date(toMs).toISOString(),
    readings,
    enough: preview.needed === null,
    tried: policyRecord(preview.tried),
    present: policyRecord(preview.present),
    result: statsRecord(stats),
    present_result: before === null ? null : statsRecord(before),
    feedback: marked,
    suggestions: suggestions.map(suggestionRecord),
    proposed: preview.proposed,
    episodes: episodes.slice(-EPISODES_MAX).map((episode) => ({
      from: new Date(episode.fromMs).toISOString(),
      to: toText(episode.toMs),
      level: episode.level,
      red_at: toText(episode.redMs),
      worst_value: episode.worstValue,
    })),
  };
}

function policyRecord({ norm, alert, bandNorm, bandAlert, enter, leave }: JudgePolicy) {
  return { norm, alert, band_norm: bandNorm, band_alert: bandAlert, enter, leave };
}

function statsRecord(stats: ReplayStats) {
  return {
    fired: stats.fired,
    red_pushes: stats.redPushes,
    amber_posts: stats.amberPosts,
    flaps: stats.flaps,
    short: stats.short,
    short_ms: stats.shortMs,
    open: stats.open,
    total_ms: stats.totalMs,
    median_ms: stats.medianMs,
    longest_ms: stats.longestMs,
  };
}

function suggestionRecord({ kind, trial, of, drops, noise, known, real, ...price }: Suggestion) {
  return {
    kind,
    changes: trialRecord(trial),
    counts: of,
    drops,
    noise,
    known,
    real,
    later_ticks: price.laterTicks,
    longer_ticks: price.longerTicks,
  };
}

function trialRecord({ bandNorm, bandAlert, ...rest }: Trial) {
  return {
    ...rest,
    ...(bandNorm !== undefined && { band_norm: bandNorm }),
    ...(bandAlert !== undefined && { band_alert: bandAlert }),
  };
}

function toText(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
