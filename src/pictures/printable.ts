import type { PictureSpec, TileSpec } from '../../charts/index.ts';
import { loadFonts } from './fonts.ts';

/**
 * Gives a spec whose texts the font can write. Emoji and control characters are left out. A metric's name in a script
 * that the font lacks gives way to the metric's id, which is always plain letters; a person's or workspace's is left out.
 */
export function printableSpec(spec: PictureSpec): PictureSpec {
  switch (spec.kind) {
    case 'cockpit':
      return { ...spec, title: printable(spec.title), tiles: spec.tiles.map(printableTile) };
    case 'metric':
      return {
        ...spec,
        tile: printableTile(spec.tile),
        sentence: printable(spec.sentence.replaceAll(spec.tile.name, printableName(spec.tile))),
        owner: spec.owner === null ? null : printable(spec.owner),
        verifiedBy: spec.verifiedBy === null ? null : printable(spec.verifiedBy),
      };
    case 'preview':
      return {
        ...spec,
        name: printableName(spec),
        sentence: printable(spec.sentence),
        linesText: printable(spec.linesText),
      };
  }
}

function printableTile(tile: TileSpec): TileSpec {
  return { ...tile, name: printableName(tile) };
}

function printableName({ name, id }: Pick<TileSpec, 'name' | 'id'>): string {
  const text = printable(name);
  const lettersLost = countLetters(name) > countLetters(text);
  return lettersLost || text === '' ? id : text;
}

const LETTER = /[\p{L}\p{N}]/gu;

function countLetters(text: string): number {
  return text.normalize('NFC').match(LETTER)?.length ?? 0;
}

/** Line breaks become spaces; what has no glyph is left out. */
function printable(text: string): string {
  const { covers } = loadFonts()[400].metrics;
  const spaced = text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\s\p{Zl}\p{Zp}]+/gu, (space) => (space === '\u00A0' || space === '\u202F' ? space : ' '));
  return Array.from(spaced)
    .filter((character) => isPrintable(character, covers))
    .join('')
    .replaceAll(/ {2,}/gu, ' ')
    .trim();
}

/** Direction marks, joiners and variation selectors have glyphs in some fonts and belong to scripts that this one lacks. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\uFE00-\uFE0F]/u;

function isPrintable(character: string, covers: (codePoint: number) => boolean): boolean {
  return !INVISIBLE.test(character) && covers(character.codePointAt(0) ?? 0);
}
