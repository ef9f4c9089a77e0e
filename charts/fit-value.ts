import type { Unit } from '../src/registry/index.ts';
import { fitText } from './fit-text.ts';
import type { Pen } from './sheet.ts';
import type { FontSize, FontWeight } from './theme.ts';

/** Stands where a value would be. */
const NO_VALUE = '–';

export type FittedValue = { text: string; size: FontSize };

type ValueRoom = { width: number; weight: FontWeight; sizes: readonly [FontSize, ...FontSize[]] };

/** Gives a value at the largest size that has room for it: in full, else in thousands, millions, … */
export function fitValue(value: number | null, unit: Unit, room: ValueRoom, pen: Pen): FittedValue {
  if (value === null) return { text: NO_VALUE, size: room.sizes[0] };
  const full = pen.words.value(value, unit);
  return fitSize(full, room, pen) ?? cutToSmallest(writeCompact(value, unit, pen), room, pen);
}

function fitSize(
  text: string,
  { width, weight, sizes }: ValueRoom,
  { measure }: Pen,
): FittedValue | undefined {
  const size = sizes.find((one) => measure(text, { size: one, weight }) <= width);
  return size && { text, size };
}

function cutToSmallest(text: string, room: ValueRoom, pen: Pen): FittedValue {
  const size = room.sizes.at(-1) ?? room.sizes[0];
  const widthOf = (part: string): number => pen.measure(part, { size, weight: room.weight });
  return fitSize(text, room, pen) ?? { text: fitText(text, room.width, widthOf), size };
}

/** From here on even a number in billions is long. */
const SCIENTIFIC_FROM = 1e15;

function writeCompact(value: number, unit: Unit, { words }: Pen): string {
  if (unit.kind === 'duration') return words.value(value, unit);
  const written = new Intl.NumberFormat(words.locale, {
    notation: Math.abs(value) < SCIENTIFIC_FROM ? 'compact' : 'scientific',
    maximumSignificantDigits: 3,
    ...(unit.kind === 'currency' && { style: 'currency', currency: unit.code }),
  }).format(value);
  return `${written.replace('-', '\u2212')}${unit.kind === 'percent' ? '\u202F%' : ''}`;
}
