/** Random numbers that depend only on a name and a position, so that any hour can be made without the hours before it. */

const SEED = 'corner-shop-1';
const GAMMA = 0x6d2b79f5;
const GOLDEN_RATIO = 0.618033988749895;

/** A named stream of noise. Positions are whole numbers of any size. */
export type Noise = {
  /** Even on [0, 1). */
  even(position: number): number;
  /** Bell-shaped: mean 0, deviation 1, never beyond 3. */
  bell(position: number): number;
  /** Even on [0, 1) and evenly spread over neighbours, so that rounding by it loses nothing in sums. */
  spread(position: number): number;
};

/** Gives the stream of a name; the same name is the same numbers for ever. */
export function createNoise(name: string): Noise {
  const seed = hashText(`${SEED}/${name}`);
  const even = (position: number): number => mulberry32(seed, position);
  return {
    even,
    // Three even numbers add up to a bell of variance 3/12, so twice the sum has deviation 1.
    bell: (position) => 2 * (even(3 * position) + even(3 * position + 1) + even(3 * position + 2) - 1.5),
    spread: (position) => fraction(seed / 2 ** 32 + position * GOLDEN_RATIO),
  };
}

/** Rounds to one of the two whole numbers around, up as often as the fraction says when `chance` is even on [0, 1). */
export function roundBy(expected: number, chance: number): number {
  return Math.max(0, Math.floor(expected + chance));
}

/** Rounds parts so that their sum is the rounded sum: the error of a total does not grow with its parts. */
export function roundParts(expected: readonly number[], chance: number): number[] {
  let sum = chance;
  return expected.map((part) => {
    const before = Math.floor(sum);
    sum += Math.max(0, part);
    return Math.floor(sum) - before;
  });
}

/** Noise that changes slowly: at whole positions the bell, between them a smooth way from one to the next. */
export function drift(noise: Noise, position: number): number {
  const start = Math.floor(position);
  const way = position - start;
  const smooth = way * way * (3 - 2 * way);
  return noise.bell(start) * (1 - smooth) + noise.bell(start + 1) * smooth;
}

/**
 * The output step of mulberry32 (Tommy Ettinger, 2017, public domain). Its state is a plain counter, so the n-th number is
 * had directly from the seed and n.
 */
function mulberry32(seed: number, position: number): number {
  const state = (seed + Math.imul(position + 1, GAMMA)) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo). */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function fraction(value: number): number {
  return value - Math.floor(value);
}
