/**
 * What pictures look like. In: a PictureSpec and a Pen (words, colours, a measure of text). Out: a Sheet of blocks, drawn
 * by src/pictures. Pure: no clock, no files, no drawing.
 */
import { layoutCockpit } from './cockpit.tsx';
import { layoutMetricCard } from './metric-card.tsx';
import { layoutPreview } from './preview.tsx';
import type { Pen, Sheet } from './sheet.ts';
import type { PictureSpec } from './types.ts';

export type * from './types.ts';
export type { Block, Drawing, Measure, Pen, Sheet } from './sheet.ts';
export { PlacedText, type LineOfText } from './text.tsx';
export { LINE_HEIGHT, THEMES, type Colors } from './theme.ts';

/** Lays a picture out in blocks. */
export function layoutPicture(spec: PictureSpec, pen: Pen): Sheet {
  switch (spec.kind) {
    case 'cockpit':
      return layoutCockpit(spec, pen);
    case 'metric':
      return layoutMetricCard(spec, pen);
    case 'preview':
      return layoutPreview(spec, pen);
  }
}
