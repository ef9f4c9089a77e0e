import type { Block, Sheet } from '../../charts/index.ts';

/** Whole rows of a sheet, from `top` on, with the blocks that lie in them. */
export type SheetBand = { top: number; height: number; blocks: readonly Block[] };

/** Splits a sheet into bands of whole rows, between rows of blocks; a change of one block changes one band. */
export function splitIntoBands({ blocks, height }: Sheet): SheetBand[] {
  const rows: { end: number; blocks: Block[] }[] = [];
  for (const block of blocks.toSorted((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    if (row && block.y < row.end) {
      row.blocks.push(block);
      row.end = Math.max(row.end, block.y + block.height);
    } else rows.push({ end: block.y + block.height, blocks: [block] });
  }
  let top = 0;
  return rows.map((row, index) => {
    const end = index === rows.length - 1 ? height : row.end;
    const band = { top, height: end - top, blocks: row.blocks };
    top = end;
    return band;
  });
}
