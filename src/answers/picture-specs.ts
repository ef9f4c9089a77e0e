import { MINUTE } from '../lib/time.ts';
import type { CardRange, CockpitSpec, MetricCardSpec, Reader, Theme, TileSpec } from '../pictures/index.ts';
import type { MetricStatus, Point } from '../pulse/index.ts';
import type { NameOf } from './names.ts';
import { oneLine } from './shorten.ts';
import { describeStanding, findChange } from './standing.ts';
import type { Words } from './words-types.ts';

const SPARK_MAX = 48;

/** Who looks at a picture, and when. */
export type PictureReader = { words: Words; theme: Theme; now: Date };

/** What a cockpit's picture is called, and what comes first in it: starred metrics, or the order of the statuses. */
export type CockpitPicture = PictureReader & {
  title: string;
  starred?: ReadonlySet<string>;
  isOrdered?: boolean;
};

/** Gives the cockpit's picture of these metrics. */
export function cockpitSpec(statuses: readonly MetricStatus[], options: CockpitPicture): CockpitSpec {
  const { starred, isOrdered } = options;
  return {
    kind: 'cockpit',
    reader: toReader(options),
    title: oneLine(options.title),
    tiles: statuses.map((status, order) => ({
      ...toTile(status),
      ...(starred?.has(status.metric.id) && { starred: true }),
      ...(isOrdered && { order }),
    })),
  };
}

/** What a metric card shows besides the status. */
export type MetricCardPicture = PictureReader & {
  range: CardRange;
  /** past and present alerts within the range */
  spans: readonly { from: Date; to: Date; level: 'amber' | 'red' }[];
  nameOf: NameOf;
};

/** Gives the picture of one metric's card; `points` are its readings within the range, oldest first. */
export function metricCardSpec(
  status: MetricStatus,
  points: readonly Point[],
  options: MetricCardPicture,
): MetricCardSpec {
  const { metric, typical, verification } = status;
  const { range, spans, nameOf, words, now } = options;
  return {
    kind: 'metric',
    reader: toReader(options),
    tile: toTile(status),
    range,
    sentence: describeStanding(status, now, words),
    points: points.map(toPoint),
    typical: typical && { mean: typical.mean, deviation: typical.deviation },
    target: metric.target === null ? null : { value: metric.target, due: metric.targetDue },
    spans: spans.map(({ from, to, level }) => ({ fromMs: from.getTime(), toMs: to.getTime(), level })),
    owner: metric.owner === null ? null : nameOf(metric.owner),
    periodText: metric.period.text,
    verifiedBy: verification === 'verified' && metric.verified ? nameOf(metric.verified.by) : null,
  };
}

/** Whole minutes: two requests within one draw one picture. */
function wholeMinutes(ms: number): number {
  return Math.floor(ms / MINUTE) * MINUTE;
}

/** Gives who looks at a picture, as its spec carries it. */
export function toReader({ words, theme, now }: PictureReader): Reader {
  return {
    theme,
    locale: words.locale,
    timezone: words.timezone,
    nowMs: wholeMinutes(now.getTime()),
  };
}

function toTile(status: MetricStatus): TileSpec {
  const { metric, observation, ageMs, alert } = status;
  const change = findChange(status);
  return {
    id: metric.id,
    name: oneLine(metric.name),
    unit: metric.unit,
    level: status.level,
    verified: status.verification === 'verified',
    stale: status.stale,
    value: observation?.value ?? null,
    ageMs: ageMs === null ? null : wholeMinutes(ageMs),
    change: change && { ratio: change.ratio, atMs: change.at.getTime() },
    norm: metric.norm,
    alert: metric.alert,
    spark: status.spark.slice(-SPARK_MAX).map(toPoint),
    alertState: alert?.state ?? null,
    sinceMs: alert?.openedAt.getTime() ?? null,
  };
}

function toPoint({ at, value }: Point): { atMs: number; value: number } {
  return { atMs: at.getTime(), value };
}
