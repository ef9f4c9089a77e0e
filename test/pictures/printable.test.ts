import { describe, expect, it } from 'vitest';

import { printableSpec } from '../../src/pictures/printable.ts';
import { cockpit, metricCard, tile } from './fixtures.ts';
import { previewSpec } from './preview-fixture.ts';

function printedName(name: string): string {
  const spec = printableSpec({ ...cockpit({}), tiles: [tile({ id: 'late_orders', name })] });
  return (spec.kind === 'cockpit' && spec.tiles[0]?.name) || '';
}

describe('printableSpec', () => {
  it.each([
    ['Checkout conversion', 'Checkout conversion'],
    ['Доля возвратов, ₽', 'Доля возвратов, ₽'],
    ['Ελληνικά', 'Ελληνικά'],
    ['Cafe\u0301', 'Café'],
    ['🔥 Burn rate 🚀', 'Burn rate'],
    ['two\nlines\tand   spaces', 'two lines and spaces'],
    ['1\u202F000\u00A0kg', '1\u202F000\u00A0kg'],
    ['\u202Egnp.exe\u2066', 'gnp.exe'],
    ['lone \uD800 half', 'lone half'],
  ])('T14 writes %j as %j', (name, printed) => {
    expect(printedName(name)).toBe(printed);
  });

  it.each(['הזמנות באיחור', 'شكاوى العملاء', '注文の遅れ', '🔥', '', 'Orders 注文'])(
    'T14 names a metric by its id where the font cannot write %j',
    (name) => {
      expect(printedName(name)).toBe('late_orders');
    },
  );

  it('cleans every text of a card, and its name within the sentence', () => {
    const spec = printableSpec(
      metricCard({
        tile: tile({ id: 'late_orders', name: 'הזמנות' }),
        sentence: 'הזמנות is red 🔥',
        owner: 'Ivan 🧑',
        verifiedBy: 'Зоя\n',
      }),
    );
    expect(spec).toMatchObject({
      sentence: 'late_orders is red',
      owner: 'Ivan',
      verifiedBy: 'Зоя',
      tile: { name: 'late_orders' },
    });
  });

  it('leaves what is not there', () => {
    expect(printableSpec(metricCard({ owner: null, verifiedBy: null }))).toMatchObject({
      owner: null,
      verifiedBy: null,
    });
  });
});

it('T14 cleans every text of a preview', () => {
  const spec = printableSpec(
    previewSpec({ id: 'late_orders', name: 'הזמנות', sentence: 'fired 🔥 twice', linesText: 'norm\n4' }),
  );
  expect(spec).toMatchObject({ name: 'late_orders', sentence: 'fired twice', linesText: 'norm 4' });
});
