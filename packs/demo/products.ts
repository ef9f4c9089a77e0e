/** What the shop sells: thirty products in five categories. */
import type { Row } from './target.ts';

/** A product: units sold on an ordinary day of 2025, and the days from one delivery to the next. */
export type Product = {
  sku: string;
  name: string;
  category: string;
  priceEur: number;
  costEur: number;
  soldADay: number;
  cycleDays: number;
};

type Line = readonly [name: string, priceEur: number, costEur: number, soldADay: number, cycleDays: number];

const SHELVES: Record<string, readonly Line[]> = {
  fresh: [
    ['Bananas, 1 kg', 1.89, 1.3, 240, 3],
    ['Tomatoes on the vine, 1 kg', 2.79, 1.95, 210, 3],
    ['Plain yoghurt, 4 cups', 1.65, 1.2, 180, 4],
    ['Free-range eggs, 12', 3.45, 2.6, 150, 5],
    ['Chicken breast, 500 g', 5.2, 4.0, 120, 3],
    ['Mixed salad, 250 g', 1.95, 1.35, 140, 3],
  ],
  groceries: [
    ['Extra virgin olive oil, 1 l', 8.95, 7.1, 90, 10],
    ['Spaghetti, 500 g', 1.25, 0.9, 160, 12],
    ['Round rice, 1 kg', 1.75, 1.25, 110, 12],
    ['Chopped tomatoes, 400 g', 0.95, 0.65, 170, 10],
    ['Ground coffee, 250 g', 3.6, 2.7, 95, 9],
    ['Dark chocolate, 100 g', 1.85, 1.3, 105, 11],
  ],
  drinks: [
    ['Still water, 6 × 1.5 l', 3.3, 2.3, 150, 5],
    ['Orange juice, 1 l', 2.15, 1.55, 120, 6],
    ['Semi-skimmed milk, 6 × 1 l', 5.7, 4.5, 135, 5],
    ['Lager, 6 × 330 ml', 4.5, 3.1, 85, 8],
    ['Rioja crianza, 75 cl', 7.9, 5.4, 45, 14],
    ['Cola, 2 l', 2.1, 1.5, 100, 7],
  ],
  household: [
    ['Kitchen roll, 3 rolls', 3.1, 2.2, 70, 12],
    ['Toilet paper, 12 rolls', 5.6, 4.2, 80, 9],
    ['Washing liquid, 40 washes', 8.4, 6.2, 40, 14],
    ['Dish soap, 650 ml', 1.95, 1.3, 55, 14],
    ['Bin bags, 30 l × 20', 2.25, 1.5, 45, 14],
    ['Hand soap, 300 ml', 1.7, 1.15, 50, 13],
  ],
  bakery: [
    ['Country loaf', 2.2, 1.45, 160, 2],
    ['Baguette', 0.85, 0.5, 230, 2],
    ['Croissants, 4', 2.6, 1.75, 110, 2],
    ['Wholemeal sliced bread', 1.95, 1.35, 95, 4],
    ['Burger buns, 6', 1.8, 1.25, 60, 5],
    ['Oat biscuits, 300 g', 2.4, 1.7, 70, 10],
  ],
};

export const PRODUCTS_SOLD: readonly Product[] = Object.entries(SHELVES).flatMap(([category, lines]) =>
  lines.map(([name, priceEur, costEur, soldADay, cycleDays], i) => ({
    sku: `${category.slice(0, 2).toUpperCase()}-${String(i + 1).padStart(2, '0')}`,
    name,
    category,
    priceEur,
    costEur,
    soldADay,
    cycleDays,
  })),
);

/** Rows of `marts.products`. */
export function listProductRows(): Row[] {
  return PRODUCTS_SOLD.map((p) => [p.sku, p.name, p.category, p.priceEur, p.costEur]);
}
