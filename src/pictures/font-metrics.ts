/** What a font covers and how wide its glyphs are, in ems. */
export type FontMetrics = {
  covers: (codePoint: number) => boolean;
  /** the advance of a character; of the missing-glyph box where the font has none. */
  advance: (codePoint: number) => number;
};

/**
 * Reads the character map and the advances of a TrueType font.
 * Layout of the tables: OpenType 1.9.1, `cmap` (format 12), `head`, `hhea`, `hmtx`.
 */
export function readFontMetrics(font: Buffer): FontMetrics {
  const unitsPerEm = font.readUInt16BE(findTable(font, 'head') + 18);
  const advances = readAdvances(font);
  const glyphs = readCharacterMap(font);
  const lastAdvance = advances.at(-1) ?? 0;
  return {
    covers: (codePoint) => glyphs.has(codePoint),
    advance: (codePoint) => (advances[glyphs.get(codePoint) ?? 0] ?? lastAdvance) / unitsPerEm,
  };
}

const TABLE_RECORDS_AT = 12;
const TABLE_RECORD_BYTES = 16;

function findTable(font: Buffer, tag: string): number {
  const count = font.readUInt16BE(4);
  for (let index = 0; index < count; index += 1) {
    const record = TABLE_RECORDS_AT + index * TABLE_RECORD_BYTES;
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  throw new Error(`the font has no ${tag} table: install the package's dependencies again`);
}

function readAdvances(font: Buffer): number[] {
  const count = font.readUInt16BE(findTable(font, 'hhea') + 34);
  const table = findTable(font, 'hmtx');
  return Array.from({ length: count }, (_, index) => font.readUInt16BE(table + index * 4));
}

const SEGMENTED_COVERAGE = 12;
const GROUP_BYTES = 12;

/** Code point → glyph, of the subtable that holds all of Unicode. */
function readCharacterMap(font: Buffer): Map<number, number> {
  const table = findTable(font, 'cmap');
  const subtable = findSubtable(font, table);
  const glyphs = new Map<number, number>();
  const groups = font.readUInt32BE(subtable + 12);
  for (let index = 0; index < groups; index += 1) {
    const group = subtable + 16 + index * GROUP_BYTES;
    const [first, last, glyph] = [0, 4, 8].map((at) => font.readUInt32BE(group + at)) as [
      number,
      number,
      number,
    ];
    for (let codePoint = first; codePoint <= last; codePoint += 1)
      glyphs.set(codePoint, glyph + codePoint - first);
  }
  return glyphs;
}

function findSubtable(font: Buffer, table: number): number {
  const count = font.readUInt16BE(table + 2);
  for (let index = 0; index < count; index += 1) {
    const subtable = table + font.readUInt32BE(table + 8 + index * 8);
    if (font.readUInt16BE(subtable) === SEGMENTED_COVERAGE) return subtable;
  }
  throw new Error('the font has no full character map: install the package’s dependencies again');
}
