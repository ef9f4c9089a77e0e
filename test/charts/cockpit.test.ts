import { describe, expect, it } from 'vitest';

import { layoutPicture, type Sheet } from '../../charts/index.ts';
import type { CockpitSpec, Reader, TileSpec } from '../../charts/types.ts';
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts';
import { cockpit, NOW, reader, tile } from '../pictures/fixtures.ts';
import { pen } from './pen.ts';
import { sheetTexts } from './texts.ts';

const layout = (spec: CockpitSpec): Sheet => layoutPicture(spec, pen(spec.reader));

function layoutTiles(tiles: readonly TileSpec[], over: Partial<Reader> = {}): string[][] {
  return sheetTexts(layout({ kind: 'cockpit', reader: reader(over), title: 'Corner Shop', tiles }));
}

/** The kinds of blocks in reading order, from their keys. */
function kindsOf(sheet: Sheet): string[] {
  return sheet.blocks.map((block) => (JSON.parse(block.key) as [string])[0]);
}

function namesOf(spec: CockpitSpec): string[] {
  return sheetTexts(layout(spec))
    .slice(1)
    .map(([name]) => name ?? '');
}

describe('the cockpit', () => {
  it('says whose it is, of when, and how many metrics stand how', () => {
    const [header] = sheetTexts(layout(cockpit({ red: 1, amber: 2, stale: 1, green: 3, unverified: 1 })));
    expect(header).toEqual([
      'Corner Shop',
      'Fri 20 Nov, 14:00 · changes vs Fri',
      '1 red',
      '2 amber',
      '1 stale',
      '3 green',
      '1 unverified',
    ]);
  });

  it('counts in plain numbers where words have no room', () => {
    const tiles = Array.from({ length: 1400 }, (_, index) =>
      tile({ id: `m${index}`, verified: index % 2 > 0, level: index % 5 > 0 ? 'amber' : null }),
    );
    const [header] = layoutTiles(tiles, { locale: 'ru' });
    expect(header?.slice(2)).toEqual(['0', '560', '0', '0', '140', '700']);
  });

  it('shows red first, then amber, stale, without data, green, and unverified last', () => {
    const tiles = [
      tile({ name: 'Unverified', verified: false, level: 'red' }),
      tile({ name: 'Green' }),
      tile({ name: 'Stale', stale: true, level: 'red' }),
      tile({ name: 'Silent', level: null, value: null, spark: [] }),
      tile({ name: 'Amber', level: 'amber' }),
      tile({ name: 'Red', level: 'red' }),
    ];
    const spec: CockpitSpec = { kind: 'cockpit', reader: reader(), title: '', tiles };
    expect(namesOf(spec)).toEqual(['Red', 'Amber', 'Stale', 'Silent', 'Green', 'Unverified']);
  });

  it('shows the unanswered first, then the furthest beyond its line, then by name', () => {
    const red = (name: string, over: Partial<TileSpec>) =>
      tile({ name, level: 'red', alertState: 'firing', ...over });
    const tiles = [
      red('snoozed', { value: 1, alertState: 'snoozed' }),
      red('acked', { value: 1, alertState: 'acked' }),
      red('near', { value: 3.3 }),
      red('far', { value: 2 }),
      red('Also near', { value: 3.3 }),
      red('no line', { alert: null }),
    ];
    const spec: CockpitSpec = { kind: 'cockpit', reader: reader(), title: '', tiles };
    expect(namesOf(spec)).toEqual(['far', 'Also near', 'near', 'no line', 'acked', 'snoozed']);
  });

  it('gives red tiles more room, and an odd worst one a row', () => {
    const [, worst, second, third, amber] = layout(cockpit({ red: 3, amber: 1 })).blocks;
    expect([worst?.width, second?.width, third?.width, amber?.width]).toEqual([1200, 588, 588, 384]);
    expect(worst?.height).toBeGreaterThan(amber?.height ?? 0);
    expect(second?.y).toBe(third?.y);
  });

  it('puts three tiles in a row', () => {
    const [, first, second, third, fourth] = layout(cockpit({ green: 4 })).blocks;
    expect([first?.x, second?.x, third?.x, fourth?.x]).toEqual([40, 448, 856, 40]);
    expect(third?.y).toBe(first?.y);
    expect(fourth?.y).toBe((first?.y ?? 0) + 224);
  });

  it('folds more than 12 green into names and values', () => {
    expect(kindsOf(layout(cockpit({ green: 12 })))).toEqual([
      'header',
      ...Array.from({ length: 12 }, () => 'tile'),
    ]);
    const folded = layout(cockpit({ green: 13 }));
    expect(kindsOf(folded)).toEqual([
      'header',
      'strip-title',
      ...Array.from({ length: 13 }, () => 'strip-entry'),
    ]);
    expect(sheetTexts(folded)[1]).toEqual(['13 green']);
    expect(sheetTexts(folded)[2]).toHaveLength(2);
  });

  it('T08 folds what is too many of any mark, and says how many', () => {
    const texts = sheetTexts(layout(cockpit({ red: 20, unverified: 14 })));
    expect(texts.filter(([text]) => text === 'plus 8 red')).toHaveLength(1);
    expect(texts.filter(([text]) => text === 'plus 2 unverified')).toHaveLength(1);
  });

  it('stays within what Telegram takes, and counts what has no room', () => {
    const sheet = layout(cockpit({ red: 40, amber: 40, stale: 40, green: 3000, unverified: 40 }));
    expect(sheet.width + sheet.height).toBeLessThanOrEqual(10_000);
    const more = sheetTexts(sheet)
      .flat()
      .filter((text) => /^and [\d,]+ more$/u.test(text));
    expect(more).toHaveLength(1);
    const shown = kindsOf(sheet).filter((kind) => kind === 'strip-entry').length;
    const [, count] = /([\d,]+)/u.exec(more[0] ?? '') ?? [];
    expect(shown + Number(count?.replace(',', ''))).toBe(28 + 28 + 28 + 3000);
  });

  it.each([0, 1, 2, 3, 31, 200])('lays %i tiles out inside the picture, none over another', (count) => {
    const each = Math.floor(count / 5);
    const sheet = layout(
      cockpit({ red: count - 4 * each, amber: each, stale: each, green: each, unverified: each }),
    );
    expect(sheet.width).toBe(1280);
    for (const [index, block] of sheet.blocks.entries()) {
      expect(block.x).toBeGreaterThanOrEqual(40);
      expect(block.x + block.width).toBeLessThanOrEqual(1240);
      expect(block.y + block.height).toBeLessThanOrEqual(sheet.height - 39);
      for (const other of sheet.blocks.slice(index + 1)) {
        const beside = other.x >= block.x + block.width || block.x >= other.x + other.width;
        const beneath = other.y >= block.y + block.height || block.y >= other.y + other.height;
        expect(beside || beneath).toBe(true);
      }
    }
  });

  it('says that there is nothing yet', () => {
    expect(layoutTiles([])).toEqual([
      ['Corner Shop', 'Fri 20 Nov, 14:00', '0 red', '0 amber', '0 stale', '0 green'],
      ['No metrics here yet'],
    ]);
  });
});

describe('a tile', () => {
  const textsOfTile = (over: Partial<TileSpec>, of: Partial<Reader> = {}): string[] =>
    layoutTiles([tile(over)], of)[1] ?? [];

  it('says name, value, level in a word, and change with its sign and what it is against', () => {
    expect(textsOfTile({})).toEqual(['Checkout conversion', '4.31\u202F%', 'Green', '· +2.1\u202F% vs Fri']);
  });

  it('says what most changes are against once, at the top', () => {
    const tiles = [
      tile(),
      tile({ id: 'b' }),
      tile({ id: 'c', name: 'D', change: { ratio: -0.5, atMs: NOW - DAY } }),
    ];
    const [header, first, , other] = layoutTiles(tiles);
    expect(header?.[1]).toBe('Fri 20 Nov, 14:00 · changes vs Fri');
    expect(first?.at(-1)).toBe('· +2.1\u202F%');
    expect(other?.at(-1)).toBe('· −50\u202F% vs Thu');
  });

  it('says since when it is red and which line was crossed', () => {
    const texts = textsOfTile({ level: 'red', value: 3.1, sinceMs: NOW - 75 * MINUTE });
    expect(texts.slice(2)).toEqual(['Red', '· 1\u202Fh · +2.1\u202F% vs Fri · alert 3.4\u202F%']);
  });

  it('says that somebody has it, or put it off', () => {
    expect(textsOfTile({ level: 'amber', alertState: 'acked', change: null }).slice(2)).toEqual([
      'Amber',
      '· acked',
    ]);
    expect(textsOfTile({ level: 'red', alertState: 'snoozed', change: null, alert: null }).slice(2)).toEqual([
      'Red',
      '· snoozed',
    ]);
  });

  it('T01 says how old a stale value is, and not how it changed', () => {
    expect(textsOfTile({ stale: true, ageMs: 5 * HOUR }).slice(2)).toEqual(['Stale', '· 5\u202Fh']);
    expect(textsOfTile({ stale: true, ageMs: null }).slice(2)).toEqual(['Stale']);
  });

  it('says of an unverified one that it is, and no more', () => {
    expect(textsOfTile({ verified: false }).slice(2)).toEqual(['Unverified']);
    expect(textsOfTile({ verified: false, stale: true, ageMs: 50 * HOUR }).slice(2)).toEqual([
      'Unverified',
      '· stale · 2\u202Fdays',
    ]);
  });

  it('T01 T02 shows no data as a dash, not as zero and not as null', () => {
    const texts = textsOfTile({ value: null, level: null, spark: [], change: null, norm: null, alert: null });
    expect(texts).toEqual(['Checkout conversion', '–', 'No data']);
  });

  it('T14 cuts a long name with an ellipsis', () => {
    const [name] = textsOfTile({ name: 'x'.repeat(10_000) });
    expect(name).toMatch(/^x{10,40}…$/u);
  });

  it('leaves out the least important where room is short', () => {
    const tight = { level: 'amber', alertState: 'acked', sinceMs: NOW - 26 * HOUR } as const;
    expect(textsOfTile(tight).slice(2)).toEqual(['Amber', '· acked · 1\u202Fday']);
    expect(
      textsOfTile({ ...tight, change: { ratio: 0.02, atMs: NOW - 40 * DAY } }, { locale: 'ru' }).at(-1),
    ).toBe('· в работе');
  });

  it('keeps its key while what it shows stays the same', () => {
    const keyOf = (over: Partial<TileSpec>, nowMs = NOW) =>
      layout({ kind: 'cockpit', reader: reader({ nowMs }), title: '', tiles: [tile(over)] }).blocks[1]?.key;
    expect(keyOf({ ageMs: 5 })).toBe(keyOf({ ageMs: 90 * MINUTE }, NOW + MINUTE));
    expect(keyOf({ value: 4.3 })).not.toBe(keyOf({ value: 4.4 }));
  });
});
