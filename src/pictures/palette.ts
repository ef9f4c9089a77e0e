import type { Colors } from '../../charts/index.ts';

/** The colours that pictures of one theme are stored in, and the way to the nearest of them. */
export type Palette = {
  /** three bytes a colour */
  rgb: Uint8Array;
  /** Gives the number of the nearest colour for each pixel. */
  quantize(rgba: Uint8Array): Uint8Array;
  /** Gives, for each part of 255 of a pixel that an ink covers, the number of the colour it has with what is behind. */
  inkOver(behind: number, ink: string): Uint8Array;
};

type Rgb = readonly [number, number, number];
type Nearest = (red: number, green: number, blue: number) => number;

/**
 * Steps of an edge's smoothing from an ink to what is behind it. At the picture's density of two pixels to a point, more are
 * not seen; fewer colours make smaller files.
 */
const STEPS_OF_TEXT = 5;
const STEPS_OF_COLOR = 3;
const MAX_COLORS = 256;

/** Makes the palette of a theme: its colours, and the mixtures that smooth edges of one on another. */
export function createPalette(colors: Colors): Palette {
  const chosen = chooseColors(colors);
  const rgb = Uint8Array.from(chosen.flat());
  const nearest = createNearest(chosen);
  const mixed = new Map<string, Uint8Array>();
  return {
    rgb,
    quantize: (rgba) => quantize(rgba, nearest),
    inkOver: (behind, ink) => {
      const key = `${behind} ${ink}`;
      const found = mixed.get(key) ?? mixAll(chosen[behind] ?? [0, 0, 0], parseColor(ink), nearest);
      mixed.set(key, found);
      return found;
    },
  };
}

function mixAll(behind: Rgb, ink: Rgb, nearest: Nearest): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, coverage) => {
    const mix = (channel: 0 | 1 | 2): number =>
      Math.round((ink[channel] * coverage + behind[channel] * (255 - coverage)) / 255);
    return nearest(mix(0), mix(1), mix(2));
  });
}

/** Greys of any ink are smoothed in the steps of the text's. */
function chooseColors(colors: Colors): Rgb[] {
  const { background, text, series, mark, ink } = colors;
  const tints = [colors.typical, colors.range, colors.span.red, colors.span.amber];
  const plain = [
    background,
    text,
    colors.muted,
    colors.hairline,
    series,
    ...tints,
    ...Object.values(mark),
    ...Object.values(ink),
  ];
  const inks = [series, mark.red, mark.amber, mark.green];
  const smooth = [background, ...tints].flatMap((behind) => [
    ...mixtures(text, behind, STEPS_OF_TEXT),
    ...inks.flatMap((color) => mixtures(color, behind, STEPS_OF_COLOR)),
  ]);
  return unique([...plain.map(parseColor), ...smooth]).slice(0, MAX_COLORS);
}

function parseColor(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}

/** Colours between two, without the two. */
function mixtures(inkColor: string, behindColor: string, steps: number): Rgb[] {
  const [ink, behind] = [parseColor(inkColor), parseColor(behindColor)];
  return Array.from({ length: steps - 1 }, (_, index) => {
    const share = (index + 1) / steps;
    const mix = (channel: 0 | 1 | 2): number =>
      Math.round(ink[channel] * share + behind[channel] * (1 - share));
    return [mix(0), mix(1), mix(2)] as const;
  });
}

function unique(list: readonly Rgb[]): Rgb[] {
  return [...new Map(list.map((color) => [color.join(), color])).values()];
}

const BITS = 6;
const DROPPED_BITS = 8 - BITS;

/** Colours are looked up by their upper six bits; a cell is filled, for its middle, when it is first asked for. */
function createNearest(chosen: readonly Rgb[]): Nearest {
  const UNKNOWN = 0xffff;
  const cells = new Uint16Array(1 << (3 * BITS)).fill(UNKNOWN);
  const cellOf = (red: number, green: number, blue: number): number =>
    ((red >> DROPPED_BITS) << (2 * BITS)) | ((green >> DROPPED_BITS) << BITS) | (blue >> DROPPED_BITS);
  // the first colours are the plain ones: they keep their cells, so that areas are exact
  for (const [index, color] of chosen.entries()) {
    const cell = cellOf(...color);
    if (cells[cell] === UNKNOWN) cells[cell] = index;
  }
  return (red, green, blue) => {
    const cell = cellOf(red, green, blue);
    const known = cells[cell] ?? UNKNOWN;
    if (known !== UNKNOWN) return known;
    const found = findNearest(chosen, [middleOf(red), middleOf(green), middleOf(blue)]);
    cells[cell] = found;
    return found;
  };
}

function middleOf(channel: number): number {
  return ((channel >> DROPPED_BITS) << DROPPED_BITS) + (1 << (DROPPED_BITS - 1));
}

function findNearest(chosen: readonly Rgb[], [red, green, blue]: Rgb): number {
  let best = 0;
  let bestDistance = Infinity;
  for (const [index, color] of chosen.entries()) {
    // green counts most to the eye, blue least (ITU-R BT.601)
    const distance = 3 * (color[0] - red) ** 2 + 6 * (color[1] - green) ** 2 + (color[2] - blue) ** 2;
    if (distance < bestDistance) [best, bestDistance] = [index, distance];
  }
  return best;
}

/** Most pixels are like the one before them: the colour of a run is looked up once. */
function quantize(rgba: Uint8Array, nearest: Nearest): Uint8Array {
  const bytes = rgba.byteOffset % 4 === 0 ? rgba : rgba.slice();
  const pixels = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const indices = new Uint8Array(pixels.length);
  for (let at = 0; at < pixels.length;) {
    const start = at;
    const pixel = pixels[at];
    while (at < pixels.length && pixels[at] === pixel) at += 1;
    const index = nearest(bytes[start * 4] ?? 0, bytes[start * 4 + 1] ?? 0, bytes[start * 4 + 2] ?? 0);
    if (index !== 0) indices.fill(index, start, at);
  }
  return indices;
}
