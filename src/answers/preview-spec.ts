import type { ReplayedEpisode } from '../alerts/index.ts';
import type { PreviewSpec } from '../pictures/index.ts';
import type { Preview } from '../pulse/index.ts';
import { capitalise } from './lines.ts';
import { summaryOf } from './preview.ts';
import { toReader, type PictureReader } from './picture-specs.ts';
import { describePolicy } from './preview-words.ts';
import { oneLine } from './shorten.ts';

/** About two pixels each. */
const COLUMNS = 600;

type Span = PreviewSpec['spans'][number];

/** Gives the picture of a preview; null without a reading. */
export function previewSpec(preview: Preview, options: PictureReader): PreviewSpec | null {
  const { metric, tried, episodes, fromMs, toMs, points } = preview;
  const { words } = options;
  if (fromMs === null || points.length === 0) return null;
  const hasLines = tried.norm !== null || tried.alert !== null;
  return {
    kind: 'preview',
    reader: toReader(options),
    id: metric.id,
    name: oneLine(metric.name),
    unit: metric.unit,
    sentence: summaryOf(preview, words),
    linesText: hasLines ? capitalise(describePolicy(tried, metric.unit, words)) : '',
    points,
    fromMs,
    norm: tried.norm,
    alert: tried.alert,
    mark: preview.level ?? 'green',
    spans: drawable(
      episodes.flatMap((episode) => spansOf(episode, toMs)),
      { fromMs, toMs },
    ),
    counts: {
      red: episodes.filter(({ level }) => level === 'red').length,
      amber: episodes.filter(({ level }) => level === 'amber').length,
    },
  };
}

/** Amber until it turned red, then red until the end. */
function spansOf({ fromMs, toMs, redMs }: ReplayedEpisode, endMs: number): Span[] {
  const end = toMs ?? endMs;
  if (redMs === null) return [{ fromMs, toMs: end, level: 'amber' }];
  const red: Span = { fromMs: redMs, toMs: end, level: 'red' };
  return redMs > fromMs ? [{ fromMs, toMs: redMs, level: 'amber' }, red] : [red];
}

/**
 * More spans than a chart can tell apart are drawn by its columns: each has the worst level that an alert had in it.
 */
function drawable(spans: readonly Span[], { fromMs, toMs }: { fromMs: number; toMs: number }): Span[] {
  if (spans.length <= COLUMNS) return [...spans];
  const columnMs = (toMs - fromMs) / COLUMNS;
  const columns = Array.from({ length: COLUMNS }, (): Span['level'] | null => null);
  for (const span of spans) {
    const last = Math.min(COLUMNS - 1, Math.floor((span.toMs - fromMs) / columnMs));
    for (let column = Math.floor((span.fromMs - fromMs) / columnMs); column <= last; column += 1)
      if (columns[column] !== 'red') columns[column] = span.level;
  }
  return columns.flatMap((level, column) => {
    const startMs = fromMs + column * columnMs;
    return level === null ? [] : [{ fromMs: startMs, toMs: startMs + columnMs, level }];
  });
}
