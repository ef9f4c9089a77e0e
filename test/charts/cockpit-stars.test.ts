import { expect, it } from 'vitest';
import { groupTiles } from '../../charts/cockpit-order.ts';
import { layoutPicture } from '../../charts/index.ts';
import type { TileSpec } from '../../charts/types.ts';
import { reader, tile } from '../pictures/fixtures.ts';
import { pen } from './pen.ts';
import { sheetTexts } from './texts.ts';

function namesOf(tiles: readonly TileSpec[]): string[] {
  const spec = { kind: 'cockpit', reader: reader(), title: '', tiles } as const;
  return sheetTexts(layoutPicture(spec, pen(spec.reader)))
    .slice(1)
    .map(([name]) => name ?? '');
}

it('shows what is starred right after the red ones, the worst first', () => {
  const tiles = [
    tile({ name: 'Amber', level: 'amber' }),
    tile({ name: 'Unverified star', verified: false, starred: true }),
    tile({ name: 'Green star', starred: true }),
    tile({ name: 'Another green star', starred: true }),
    tile({ name: 'Amber star', level: 'amber', starred: true }),
    tile({ name: 'Red star', level: 'red', value: 3.3, starred: true }),
    tile({ name: 'Red', level: 'red', value: 2 }),
  ];
  expect(namesOf(tiles)).toEqual([
    'Red',
    'Red star',
    'Amber star',
    'Another green star',
    'Green star',
    'Unverified star',
    'Amber',
  ]);
});

it('keeps starred green metrics as tiles where the others fold, at most a dozen', () => {
  const tiles = Array.from({ length: 30 }, (_, index) =>
    tile({ id: `m${index}`, name: `Metric ${index}`, ...(index < 14 && { starred: true }) }),
  );
  const groups = groupTiles(tiles, 'en');
  expect(groups.map((group) => [group.tiles.length, group.folded.length])).toEqual([
    [12, 0],
    [0, 18],
  ]);
  expect(groups[0]?.tiles.every((one) => one.starred)).toBe(true);
});

it('keeps a list’s own order within each mark', () => {
  const tiles = ['Zebra', 'Ant', 'Mole'].map((name, order) => tile({ name, order }));
  const red = tile({ name: 'Last of the list', level: 'red', order: 3 });
  expect(namesOf([...tiles, red])).toEqual(['Last of the list', 'Zebra', 'Ant', 'Mole']);
});
