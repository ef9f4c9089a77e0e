import {
  checkDays,
  completeTrial,
  judgePolicyOf,
  levelOf,
  listVerdicts,
  pointsOf,
  PREVIEW_MIN_READINGS,
  proposeLines,
  replay,
  suggest,
  summarize,
  verdictsOf,
  withTrial,
  type History,
  type HistoryPoint,
  type JudgePolicy,
  type Level,
  type Replay,
  type ReplayStats,
  type Suggestion,
  type Trial,
  type VerdictSpan,
} from '../alerts/index.ts';
import { sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { UnavailableError } from '../errors.ts';
import { createLimiter } from '../lib/limiter.ts';
import { runInSlices } from '../lib/slices.ts';
import { DAY } from '../lib/time.ts';
import type { Metric } from '../registry/index.ts';
import { readHistory } from './read-history.ts';
import { computeTypical, TYPICAL_MAX_READINGS } from './typical.ts';

/** What a metric's history would have raised by the lines that are tried. Instants are epoch milliseconds. */
export type Preview = {
  metric: Metric;
  /** the first reading and the end of the window; `fromMs` is null without a reading */
  fromMs: number | null;
  toMs: number;
  readings: number;
  /** how many readings tell enough; null when there are as many */
  needed: number | null;
  /** what is tried, beside what the file says */
  trial: Trial;
  tried: JudgePolicy;
  present: JudgePolicy;
  stats: ReplayStats;
  episodes: Replay['episodes'];
  /** of the newest reading by the lines tried; null without a reading */
  level: Level | null;
  /** the same by the file's lines; null when they are what was tried */
  before: ReplayStats | null;
  /** how many of the alerts people marked */
  marked: { real: number; noise: number };
  suggestions: readonly Suggestion[];
  /** lines worth trying, where neither the file nor the trial has any */
  proposed: { norm: number; alert: number | null } | null;
  points: readonly HistoryPoint[];
};

export type PreviewRequest = { metric: Metric; trial: Trial; days?: number | undefined };

type PreviewDeps = Pick<Deps, 'db' | 'clock' | 'workspaceId' | 'registry'>;

/** One at a time: a year of minutes takes 10 MB and seconds of this thread's time, in slices of a few milliseconds. */
const takeTurn = createLimiter(1);
/** Who comes later would wait for half a minute: asking again is better. */
const WAITING_MAX = 8;
let waiting = 0;

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= WAITING_MAX) {
    throw new UnavailableError(
      'preview_busy',
      'Too many previews are asked for at once. Try again in a minute.',
    );
  }
  waiting += 1;
  try {
    return await takeTurn(work);
  } finally {
    waiting -= 1;
  }
}

/** Replays a metric's history by other lines. Throws InputError `preview_ticks`, `preview_number`, `preview_lines` or `preview_days`, UnavailableError `preview_busy`. */
export async function loadPreview(deps: PreviewDeps, request: PreviewRequest): Promise<Preview> {
  const { metric } = request;
  const present = judgePolicyOf(metric, deps.registry.current().workspace.policies);
  const trial = completeTrial(present, request.trial);
  const now = deps.clock.now();
  const from = new Date(now.getTime() - checkDays(request.days) * DAY);
  return inTurn(async () => {
    const lagMs = (await isSeries(deps, metric.id)) ? metric.period.ms : 0;
    const [history, verdicts] = await Promise.all([
      readHistory(deps, { metricId: metric.id, from, to: now, lagMs }),
      listVerdicts(deps.db, { workspaceId: deps.workspaceId, metricId: metric.id, from, now }),
    ]);
    return preview({ metric, trial, present, history, verdicts, endMs: now.getTime() });
  });
}

type Facts = {
  metric: Metric;
  trial: Trial;
  present: JudgePolicy;
  history: History;
  verdicts: readonly VerdictSpan[];
  endMs: number;
};

async function preview(facts: Facts): Promise<Preview> {
  const { metric, trial, present, history, verdicts, endMs } = facts;
  const tried = withTrial(present, trial);
  const result = await runInSlices(replay({ history, policy: tried, endMs }));
  const isOther = !isSamePolicy(tried, present);
  const before = isOther ? await runInSlices(replay({ history, policy: present, endMs })) : null;
  const hasLines = tried.norm !== null || tried.alert !== null;
  const suggestions = hasLines ? await suggestFor(facts, tried) : [];
  const newest = history.values.at(-1);
  const said = verdictsOf(result, verdicts);
  return {
    metric,
    fromMs: history.atMs[0] ?? null,
    toMs: endMs,
    readings: history.values.length,
    needed: history.values.length < PREVIEW_MIN_READINGS ? PREVIEW_MIN_READINGS : null,
    trial,
    tried,
    present,
    stats: summarize(result),
    episodes: result.episodes,
    level: newest === undefined ? null : levelOf(newest, tried),
    before: before && summarize(before),
    marked: {
      real: said.filter((verdict) => verdict === 'real').length,
      noise: said.filter((verdict) => verdict === 'noise').length,
    },
    suggestions,
    proposed: hasLines ? null : proposeLines(history, metric.direction),
    points: pointsOf(history),
  };
}

function suggestFor({ metric, history, verdicts, endMs }: Facts, policy: JudgePolicy): Promise<Suggestion[]> {
  const deviation = deviationOf(history);
  return runInSlices(suggest({ history, policy, endMs, verdicts, periodMs: metric.period.ms, deviation }));
}

function isSamePolicy(one: JudgePolicy, other: JudgePolicy): boolean {
  return (Object.keys(one) as (keyof JudgePolicy)[]).every((key) => one[key] === other[key]);
}

function deviationOf({ atMs, values }: History): number | null {
  const newest = values.subarray(-TYPICAL_MAX_READINGS);
  const start = values.length - newest.length;
  const points = Array.from(newest, (value, index) => ({ at: new Date(atMs[start + index] ?? 0), value }));
  return computeTypical(points)?.deviation ?? null;
}

/** A series is judged when its period is over. */
async function isSeries({ db, workspaceId }: PreviewDeps, metricId: string): Promise<boolean> {
  const rows = await db.prisma.$queryRaw<{ series: boolean }[]>(sql`
    select series from heartbeat.metric_state where workspace_id = ${workspaceId} and metric_id = ${metricId}`);
  return rows[0]?.series ?? false;
}
