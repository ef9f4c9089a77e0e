import type { Sheet } from '../../charts/index.ts';
import { renderMarkup } from '../../src/pictures/markup.ts';

/** Style values that CSS takes without a unit. */
const UNITLESS = new Set(['fontWeight', 'lineHeight', 'opacity']);

/** Writes a picture as a page: the same boxes, texts and shapes, for a browser to draw. */
export function sheetToHtml(sheet: Sheet, options: { background: string; fontFaces: string }): string {
  const blocks = sheet.blocks.map((block) => {
    const { shapes, texts } = block.draw();
    const box = `position:absolute;left:${block.x}px;top:${block.y}px;width:${block.width}px;height:${block.height}px`;
    const svg = `<svg style="position:absolute" width="${block.width}" height="${block.height}">${renderMarkup(shapes)}</svg>`;
    return `<div style="${box}">${svg}${toHtml(texts)}</div>`;
  });
  const page = `body{margin:0;background:${options.background};font-family:Inter}`;
  return `<!doctype html><meta charset="utf-8"><style>${options.fontFaces}${page}</style>${blocks.join('')}`;
}

function toHtml(node: unknown): string {
  if (Array.isArray(node)) return node.map(toHtml).join('');
  if (typeof node === 'string') return escape(node);
  if (typeof node !== 'object' || node === null || !('type' in node) || !('props' in node)) return '';
  if (typeof node.type === 'function') return toHtml(node.type(node.props));
  const { style, children } = node.props as { style?: object; children?: unknown };
  return `<div style="${escape(toCss(style ?? {}))}">${toHtml(children)}</div>`;
}

function toCss(style: object): string {
  const declarations = Object.entries(style).map(([name, value]: [string, unknown]) => {
    const property = name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
    return `${property}:${String(value)}${typeof value === 'number' && !UNITLESS.has(name) ? 'px' : ''}`;
  });
  return declarations.join(';');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
