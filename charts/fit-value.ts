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
  const [largest] = room.sizes;
  if (value === null) return { text: NO_VALUE, size: largest };
  const texts = [pen.words.value(value, unit), writeCompact(value, unit, pen)];
  for (const text of texts) {
    const size = room.sizes.find(
      (one) => pen.measure(text, { size: one, weight: room.weight }) <= room.width,
    );
    if (size) return { text, size };
  }
  const size = room.sizes.at(-1) ?? largest;
  return {
    text: fitText(texts.at(-1) ?? '', room.width, (text) => pen.measure(text, { size, weight: room.weight })),
    size,
  };
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
