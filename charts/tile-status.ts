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
  const states = listStates(tile, mark, pen);
  const since = writeSince(tile, mark, pen);
  const { bare, against } = writeChange(tile, style, pen);
  const line = style.withLine && mark === 'red' ? writeAlertLine(tile, pen) : [];
  const fallingBack = [
    [...states, ...since, ...against, ...line],
    [...states, ...since, ...against],
    [...states, ...since, ...bare],
    [...states, ...since],
    states,
    [],
  ];
  return fallingBack.map((parts) => parts.map((part) => `· ${part}`).join(' '));
}

/** What there is to know beside the level: that somebody has it or put it off, or that the value is old. */
export function listStates({ alertState, stale }: TileSpec, mark: Mark, { words }: Pen): string[] {
  const states: string[] = [];
  if (alertState === 'acked' || alertState === 'snoozed') states.push(words.t(`picture-state-${alertState}`));
  if (stale && mark !== 'stale') states.push(words.t('picture-state-stale'));
  return states;
}

/** How long an alert is open, or how old a stale value is; nothing where neither is so. */
export function writeSince({ sinceMs, stale, ageMs }: TileSpec, mark: Mark, { words, nowMs }: Pen): string[] {
  if (stale) return ageMs === null ? [] : [writeAge(ageMs, words)];
  const isOpen = mark === 'red' || mark === 'amber';
  return isOpen && typeof sinceMs === 'number' ? [writeAge(nowMs - sinceMs, words)] : [];
}

/**
 * A change alone, and with what it is against where that is not the usual. The change of an old value says nothing, and
 * that of an unverified one nobody vouches for.
 */
function writeChange(
  { change, stale, verified }: TileSpec,
  { usualWhen }: StatusStyle,
  { words, nowMs }: Pen,
): { bare: string[]; against: string[] } {
  if (!change || stale || !verified) return { bare: [], against: [] };
  const text = words.change(change.ratio);
  const when = writeWhen(change.atMs, nowMs, words);
  const against = when === usualWhen ? text : words.t('picture-against', { change: text, when });
  return { bare: [text], against: [against] };
}

function writeAlertLine({ alert, unit }: TileSpec, { words }: Pen): string[] {
  return alert === null ? [] : [words.t('tuple-alert', { value: words.value(alert, unit) })];
}

/** Gives what most of the changes are against, such as `Fri`; null where no two are against the same. */
export function findUsualWhen(tiles: readonly TileSpec[], { words, nowMs }: Pen): string | null {
  const whens = tiles.flatMap((tile) => (tile.change ? [writeWhen(tile.change.atMs, nowMs, words)] : []));
  const [usual] = [...Map.groupBy(whens, (when) => when)].toSorted(([, a], [, b]) => b.length - a.length);
  return usual && usual[1].length > 1 ? usual[0] : null;
}
