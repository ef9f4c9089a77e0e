import type { JSX } from 'satori/jsx/jsx-runtime';

/** SVG attributes are written with dashes, but for the few that are not. */
const AS_THEY_ARE = new Set(['viewBox']);

/** Writes SVG elements as text. Drawn by satori, each would be an image behind a mask, five times as slow. */
export function renderMarkup(node: unknown): string {
  if (Array.isArray(node)) return node.map(renderMarkup).join('');
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (!isElement(node)) throw new Error(`a shape must be an SVG element, not ${typeof node}`);
  if (typeof node.type === 'function') return renderMarkup(node.type(node.props));
  const { children, ...attributes } = node.props as Record<string, unknown>;
  const written = Object.entries(attributes).map(
    ([name, value]) => ` ${attributeName(name)}="${escapeAttribute(value)}"`,
  );
  return `<${node.type}${written.join('')}>${renderMarkup(children)}</${node.type}>`;
}

type Element = JSX.Element & { type: string | ((props: unknown) => unknown) };

function isElement(node: unknown): node is Element {
  return typeof node === 'object' && node !== null && 'type' in node && 'props' in node;
}

function attributeName(name: string): string {
  return AS_THEY_ARE.has(name) ? name : name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}

function escapeAttribute(value: unknown): string {
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
