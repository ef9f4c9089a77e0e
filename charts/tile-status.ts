import { writeAge, writeWhen } from './dates.ts';
import type { Pen } from './sheet.ts';
import type { Mark } from './theme.ts';
import type { TileSpec } from './types.ts';

/** How a tile's status is written. */
export type StatusStyle = {
  /** what most changes are against; said once at the top of the cockpit, and not on each tile */
  usualWhen: string | null;
  /** there is room for the line that was crossed */
  withLine: boolean;
};

/**
 * What follows the word of the level on a tile, from everything there is to say down to nothing: who has it, since when,
 * the change, the line.
 */
export function listStatusTexts(tile: TileSpec, mark: Mark, style: StatusStyle, pen: Pen): string[] {
  const state = isAnswered(tile) ? pen.words.t(`picture-state-${tile.alertState}`) : '';
  const lasts = writeSince(tile, mark, pen);
  const change = tile.change && !tile.stale ? pen.words.change(tile.change.ratio) : '';
  const against = change === '' ? '' : writeAgainst(tile, change, style, pen);
  const line =
    style.withLine && mark === 'red' && tile.alert !== null
      ? pen.words.t('tuple-alert', { value: pen.words.value(tile.alert, tile.unit) })
      : '';
  const parts = [
    [state, lasts, against, line],
    [state, lasts, against],
    [state, lasts, change],
    [state, lasts],
    [lasts],
    [],
  ];
  return parts.map(joinStatus);
}

/** Tells whether somebody has the alert or has put it off. */
export function isAnswered({ alertState }: TileSpec): boolean {
  return alertState === 'acked' || alertState === 'snoozed';
}

/** How long an alert is open, or how old a stale value is. */
export function writeSince({ sinceMs, stale, ageMs }: TileSpec, mark: Mark, { words, nowMs }: Pen): string {
  if ((mark === 'red' || mark === 'amber') && sinceMs !== undefined && sinceMs !== null)
    return writeAge(nowMs - sinceMs, words);
  return stale && ageMs !== null ? writeAge(ageMs, words) : '';
}

function writeAgainst(
  { change }: TileSpec,
  text: string,
  { usualWhen }: StatusStyle,
  { words, nowMs }: Pen,
): string {
  const when = change && writeWhen(change.atMs, nowMs, words);
  return when === null || when === usualWhen ? text : words.t('picture-against', { change: text, when });
}

/** Gives what most of the changes are against, such as `Fri`; null where no two are against the same. */
export function findUsualWhen(tiles: readonly TileSpec[], { words, nowMs }: Pen): string | null {
  const whens = tiles.flatMap((tile) => (tile.change ? [writeWhen(tile.change.atMs, nowMs, words)] : []));
  const [usual] = [...Map.groupBy(whens, (when) => when)].toSorted(([, a], [, b]) => b.length - a.length);
  return usual && usual[1].length > 1 ? usual[0] : null;
}

function joinStatus(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => `· ${part}`)
    .join(' ');
}
