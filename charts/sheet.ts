import type { JSX } from 'satori/jsx/jsx-runtime';

import type { Words } from '../src/answers/index.ts';
import type { Colors, FontSize, FontWeight } from './theme.ts';

/** Gives the width of a text in pixels. */
export type Measure = (text: string, font: { size: FontSize; weight: FontWeight }) => number;

/** What a template writes and draws with. */
export type Pen = { words: Words; colors: Colors; measure: Measure; nowMs: number };

/** What a block shows: SVG elements in the block's own pixels, and texts over them. */
export type Drawing = { shapes: JSX.Element; texts: JSX.Element };

/** A rectangle of a picture. Blocks with equal keys have equal pixels, so that they are drawn once. */
export type Block = {
  x: number;
  y: number;
  width: number;
  height: number;
  key: string;
  draw(): Drawing;
};

/** A picture before drawing: a background and blocks that do not overlap. */
export type Sheet = { width: number; height: number; blocks: readonly Block[] };

/** Gives the key of a block: everything its pixels depend on, as text. */
export function blockKey(kind: string, pen: Pen, ...parts: readonly unknown[]): string {
  return JSON.stringify([kind, pen.colors.background, pen.words.locale, ...parts]);
}
