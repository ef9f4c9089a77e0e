import type { Block, Sheet } from '../../charts/index.ts';

/** Gives every text under an element, components called. */
export function textsOf(node: unknown): string[] {
  if (typeof node === 'string') return node === '' ? [] : [node];
  if (Array.isArray(node)) return node.flatMap(textsOf);
  if (typeof node !== 'object' || node === null || !('props' in node) || !('type' in node)) return [];
  if (typeof node.type === 'function') return textsOf(node.type(node.props));
  return textsOf((node.props as { children?: unknown }).children);
}

/** Gives what a block says. */
export function blockTexts(block: Block): string[] {
  return textsOf(block.draw().texts);
}

/** Gives what a picture says, block by block from the top. */
export function sheetTexts(sheet: Sheet): string[][] {
  return sheet.blocks.map(blockTexts);
}
