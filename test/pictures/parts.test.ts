import { describe, expect, it, vi } from 'vitest';

import type { Block } from '../../charts/index.ts';
import { splitIntoBands } from '../../src/pictures/bands.ts';
import { identifySpec } from '../../src/pictures/content-hash.ts';
import { createGarbageKeeper } from '../../src/pictures/garbage.ts';
import { renderMarkup } from '../../src/pictures/markup.ts';
import { cockpit, metricCard, NOW, reader, tile } from './fixtures.ts';

describe('splitIntoBands', () => {
  const block = (key: string, y: number, height: number): Block => ({
    x: 0,
    y,
    width: 10,
    height,
    key,
    draw: () => {
      throw new Error('not drawn');
    },
  });
  const bandsOf = (height: number, ...blocks: Block[]) =>
    splitIntoBands({ width: 10, height, blocks }).map((band) => [
      band.top,
      band.height,
      band.blocks.map((one) => one.key).join(''),
    ]);

  it('cuts between rows of blocks and covers the whole sheet', () => {
    const blocks = [block('a', 10, 20), block('b', 40, 20), block('c', 40, 30), block('d', 80, 10)];
    expect(bandsOf(120, ...blocks)).toEqual([
      [0, 30, 'a'],
      [30, 40, 'bc'],
      [70, 50, 'd'],
    ]);
  });

  it('keeps blocks that overlap in height together, in any order', () => {
    expect(bandsOf(100, block('b', 20, 40), block('a', 0, 30))).toEqual([[0, 100, 'ab']]);
  });
});

describe('renderMarkup', () => {
  const element = (type: unknown, props: object) => ({ type, props, key: null });

  it('writes elements, attributes in SVG’s spelling, and components', () => {
    const Dot = ({ size }: { size: number }) => element('circle', { r: size, strokeWidth: 2 });
    const tree = element('g', {
      children: [element(Dot, { size: 4 }), null, false, element('path', { d: 'M0 0"<&' })],
    });
    expect(renderMarkup(tree)).toBe(
      '<g><circle r="4" stroke-width="2"></circle><path d="M0 0&quot;&lt;&amp;"></path></g>',
    );
  });

  it('keeps the one name that is spelt with a capital', () => {
    expect(renderMarkup(element('svg', { viewBox: '0 0 1 1' }))).toBe('<svg viewBox="0 0 1 1"></svg>');
  });

  it('refuses text: it belongs to the layer of texts', () => {
    expect(() => renderMarkup(element('g', { children: 'words' }))).toThrow(
      'must be an SVG element, not string',
    );
  });
});

describe('identifySpec', () => {
  it('gives equal specs one hash, and others another', () => {
    const hash = identifySpec(cockpit({ red: 1 })).contentHash;
    expect(hash).toMatch(/^[0-9a-f]{64}$/u);
    expect(identifySpec(cockpit({ red: 1 })).contentHash).toBe(hash);
    expect(identifySpec(cockpit({ red: 2 })).contentHash).not.toBe(hash);
  });

  it('counts times in whole minutes, as pictures show them', () => {
    const at = (nowMs: number, ageMs: number) =>
      identifySpec(metricCard({ reader: reader({ nowMs }), tile: tile({ ageMs }) })).contentHash;
    expect(at(NOW + 59_999, 60_000)).toBe(at(NOW, 119_999));
    expect(at(NOW + 60_000, 60_000)).not.toBe(at(NOW, 60_000));
    expect(at(NOW, 60_000)).not.toBe(at(NOW, 120_000));
  });
});

const MEBIBYTE = 1024 * 1024;

describe('createGarbageKeeper', () => {
  it('collects once enough waits', () => {
    const collect = vi.fn<() => void>();
    const keeper = createGarbageKeeper(collect);
    keeper.note(11 * MEBIBYTE);
    keeper.collectWhenDue();
    expect(collect).not.toHaveBeenCalled();
    keeper.note(MEBIBYTE);
    keeper.collectWhenDue();
    keeper.collectWhenDue();
    expect(collect).toHaveBeenCalledTimes(1);
  });

  it('collects within a picture that is very large', () => {
    const collect = vi.fn<() => void>();
    const keeper = createGarbageKeeper(collect);
    for (let index = 0; index < 100; index += 1) keeper.note(2 * MEBIBYTE);
    expect(collect).toHaveBeenCalledTimes(4);
  });

  it('finds the real collector', () => {
    const keeper = createGarbageKeeper();
    keeper.note(12 * MEBIBYTE);
    expect(() => keeper.collectWhenDue()).not.toThrow();
  });
});
