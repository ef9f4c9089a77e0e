import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { FluentResource } from '@fluent/bundle';
import satori from 'satori';
import { describe, expect, it } from 'vitest';

import { loadFonts } from '../../src/pictures/fonts.ts';
import { readFontMetrics } from '../../src/pictures/font-metrics.ts';
import { measureText } from '../../src/pictures/measure.ts';

const FOLDER = join(import.meta.dirname, '../../locales');
const fonts = Object.values(loadFonts());

/** Signs that messages in chats begin with; pictures draw shapes instead. */
const EMOJI = /\p{Extended_Pictographic}|\uFE0F/gu;

/** Every piece of text in a language's messages, in all their variants. */
function listStrings(locale: string): string[] {
  const files = readdirSync(FOLDER).filter((file) => `.${file}`.endsWith(`.${locale}.ftl`));
  const texts: string[] = [];
  const collect = (node: unknown): void => {
    if (typeof node === 'string') texts.push(node);
    else if (Array.isArray(node)) for (const part of node) collect(part);
    else if (typeof node === 'object' && node !== null) {
      const { value, variants } = node as { value?: unknown; variants?: unknown };
      if (variants !== undefined) collect(variants);
      else if (value !== undefined) collect(value);
    }
  };
  for (const file of files) {
    for (const message of new FluentResource(readFileSync(join(FOLDER, file), 'utf8')).body)
      collect(message.value);
  }
  return texts;
}

/** Renders texts in one weight and gives those for which the font had no glyph. */
async function findMissing(texts: readonly string[], weight: 400 | 600 | 700): Promise<string[]> {
  const missing: string[] = [];
  const children = texts.map((text) => ({
    type: 'div',
    props: { style: { display: 'flex' }, children: text },
  }));
  const root = {
    type: 'div',
    props: {
      style: { display: 'flex', flexDirection: 'column', fontWeight: weight, fontSize: 26 },
      children,
    },
  };
  const { data } = loadFonts()[weight];
  await satori(root as never, {
    width: 1280,
    height: 40 * texts.length,
    fonts: [{ name: 'Inter', data, weight, style: 'normal' }],
    loadAdditionalAsset: async (_code, segment) => {
      missing.push(segment);
      return [];
    },
  });
  return missing;
}

describe('the fonts', () => {
  it.each(['en', 'ru'])('have a glyph for every string of %s, in every weight', async (locale) => {
    const texts = listStrings(locale).map((text) => text.replaceAll(EMOJI, ''));
    // strings are drawn word by word: each word of them once says as much
    const words = [...new Set(texts.flatMap((text) => text.split(/\s+/)))].filter((word) => word !== '');
    expect(words.length).toBeGreaterThan(1_000);
    const characters = [...new Set(texts.join('').replaceAll('\n', ''))];
    for (const weight of [400, 600, 700] as const) {
      expect(await findMissing([words.join(' ')], weight)).toEqual([]);
      const { metrics } = loadFonts()[weight];
      expect(characters.filter((character) => !metrics.covers(character.codePointAt(0) ?? 0))).toEqual([]);
    }
  });

  it('would be found lacking', async () => {
    expect(await findMissing(['Checkout', 'הזמנות'], 400)).toEqual(['הזמנות']);
    expect(await findMissing(['Checkout הזמנות conversion'], 400)).toEqual(['הזמנות']);
  });

  it('have what numbers and signs are written with', () => {
    const characters = '0123456789−+±,.%€$£¥₽₴–—…·≥≤\u00A0\u202F';
    for (const { metrics } of fonts) {
      for (const character of characters)
        expect([character, metrics.covers(character.codePointAt(0) ?? 0)]).toEqual([character, true]);
    }
  });

  it('are measured as wide as they are drawn', async () => {
    for (const { data, weight } of fonts) {
      for (const text of ['Checkout conversion', '12,345.67 %', 'Доля возвратов']) {
        const widths: number[] = [];
        const style = {
          fontSize: 72,
          fontWeight: weight,
          whiteSpace: 'pre',
          fontVariantNumeric: 'tabular-nums',
        };
        const inner = { type: 'div', props: { style, children: text } };
        await satori({ type: 'div', props: { style: { display: 'flex' }, children: inner } } as never, {
          width: 3000,
          height: 100,
          fonts: [{ name: 'Inter', data, weight, style: 'normal' }],
          onNodeDetected: (node) => widths.push(node.width),
        });
        const measured = measureText(text, { size: 72, weight });
        expect(Math.abs(measured / (widths.at(-1) ?? 0) - 1)).toBeLessThan(0.03);
      }
    }
  });

  it('say what is wrong with a file that is no such font', () => {
    expect(() => readFontMetrics(Buffer.alloc(64))).toThrow('the font has no head table');
    const font = Buffer.from(loadFonts()[400].data);
    const table = font.indexOf('cmap', 0, 'latin1');
    font.writeUInt16BE(0, font.readUInt32BE(table + 8) + 2);
    expect(() => readFontMetrics(font)).toThrow('no full character map');
  });

  it('are files of the package', () => {
    expect(existsSync(FOLDER)).toBe(true);
  });
});
