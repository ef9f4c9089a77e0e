import type { JSX } from 'satori/jsx/jsx-runtime';

import type { Pen } from './sheet.ts';
import type { Mark } from './theme.ts';
import type { TileSpec } from './types.ts';

/** Gives how a metric stands. An unverified one never counts as red, whatever its value. */
export function markOf(tile: TileSpec): Mark {
  if (!tile.verified) return 'unverified';
  if (tile.level === null) return 'silent';
  return tile.stale ? 'stale' : tile.level;
}

/** Gives the word that stands beside a mark. */
export function markWord(mark: Mark, { words }: Pen): string {
  return words.t(`picture-mark-${mark}`);
}

type MarkBox = { x: number; y: number; size: number; color: string };

const RING_WIDTH = 3;

/** The mark of a level, told apart by shape as well as by colour. */
export function renderMark(mark: Mark, { x, y, size, color }: MarkBox): JSX.Element {
  const [middleX, middleY] = [x + size / 2, y + size / 2];
  switch (mark) {
    case 'red': {
      const [top, bottom] = [y + size * 0.06, y + size * 0.94];
      return <path d={`M${middleX} ${top}L${x + size} ${bottom}H${x}Z`} fill={color} />;
    }
    case 'amber':
      return (
        <path
          d={`M${middleX} ${y}L${x + size} ${middleY}L${middleX} ${y + size}L${x} ${middleY}Z`}
          fill={color}
        />
      );
    case 'green':
      return <circle cx={middleX} cy={middleY} r={size * 0.44} fill={color} />;
    case 'stale':
      return <path d={bar(x + size * 0.18, y, size) + bar(x + size * 0.58, y, size)} fill={color} />;
    case 'silent':
      return (
        <rect
          x={x + size * 0.1}
          y={middleY - size * 0.1}
          width={size * 0.8}
          height={size * 0.2}
          fill={color}
        />
      );
    case 'unverified':
      return <circle {...ring(middleX, middleY, size)} fill="none" stroke={color} strokeWidth={RING_WIDTH} />;
  }
}

function bar(x: number, y: number, size: number): string {
  return `M${x} ${y + size * 0.06}h${size * 0.24}v${size * 0.88}h${-size * 0.24}Z`;
}

/** Eight dashes around. */
function ring(
  cx: number,
  cy: number,
  size: number,
): { cx: number; cy: number; r: number; strokeDasharray: string } {
  const r = size * 0.44 - RING_WIDTH / 2;
  const dash = (2 * Math.PI * r) / 16;
  return { cx, cy, r, strokeDasharray: `${dash} ${dash}` };
}
