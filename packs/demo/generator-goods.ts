/** What is known of a day once it is over: sales by category, stock, new customers, money that reached the bank. */
import { DAY, WEEK } from '../../src/lib/time.ts';
import { dayDemand, dayText, localMidnight, localTime } from './calendar.ts';
import type { LocalTime } from './calendar.ts';
import { cents, sum } from './money.ts';
import { createNoise, roundBy } from './noise.ts';
import { PRODUCTS_SOLD } from './products.ts';
import type { Row } from './target.ts';
import { isDuring } from './truth.ts';

const CATEGORIES = [
  { name: 'fresh', share: 0.31, cost: 0.725, unitEur: 3.1 },
  { name: 'groceries', share: 0.27, cost: 0.745, unitEur: 3.6 },
  { name: 'drinks', share: 0.19, cost: 0.715, unitEur: 4.4 },
  { name: 'household', share: 0.14, cost: 0.735, unitEur: 6.2 },
  { name: 'bakery', share: 0.09, cost: 0.69, unitEur: 2.4 },
];
const WRONG_PRICE = 0.55;
const NO_DRINKS = 0.2;

const CHANNELS = [
  { name: 'search', signUps: 15.5, eurEach: 13.2 },
  { name: 'social', signUps: 10.5, eurEach: 16.4 },
  { name: 'friends', signUps: 9, eurEach: 5 },
  { name: 'leaflets', signUps: 4, eurEach: 21 },
];
const ORDERS_A_SIGN_UP = 0.61;

/** Goods are reordered for this many days; what is left then is the safety stock, in days of sale. */
const SAFETY_DAYS = 2.2;
const SOLD_OUT_CHANCE = 0.09;

/** The bank's file is copied by hand, a week at a time, and holds nothing younger than this. */
const BANK_DELAY_MS = 4 * DAY;
const FIRST_MONDAY_MS = 4 * DAY;

const noise = {
  share: createNoise('category share'),
  cost: createNoise('category cost'),
  signUps: createNoise('sign-ups'),
  spend: createNoise('ad spend'),
  sold: createNoise('units sold'),
  empty: createNoise('sold out'),
  booked: createNoise('bank booking'),
};

/** Rows of `marts.sales` for a day whose net revenue is known. */
export function listSalesRows(day: number, revenueEur: number): Row[] {
  const noon = localMidnight(day) + DAY / 2;
  const cheap = isDuring('price_error', noon);
  const dry = isDuring('stock_out', noon);
  const shares = CATEGORIES.map(({ name, share }, i) => {
    const lost = (cheap && name === 'fresh' ? WRONG_PRICE : 1) * (dry && name === 'drinks' ? NO_DRINKS : 1);
    return share * lost * (1 + 0.04 * noise.share.bell(day * CATEGORIES.length + i));
  });
  const all = sum(shares);
  return CATEGORIES.map((category, i) => {
    const revenue = (revenueEur * (shares[i] ?? 0)) / all;
    const price = cheap && category.name === 'fresh' ? WRONG_PRICE : 1;
    const cost =
      (revenue / price) * category.cost * (1 + 0.006 * noise.cost.bell(day * CATEGORIES.length + i));
    return [
      dayText(day),
      category.name,
      Math.round(revenue / price / category.unitEur),
      cents(revenue),
      cents(cost),
    ];
  });
}

/** Rows of `marts.customers`. */
export function listCustomerRows(day: number): Row[] {
  const demand = dayDemand(noonOf(day));
  return CHANNELS.map((channel, i) => {
    const at = day * CHANNELS.length + i;
    const expected = channel.signUps * demand * (1 + 0.07 * noise.signUps.bell(at));
    const signUps = roundBy(expected, noise.signUps.spread(at));
    const firstOrders = roundBy(signUps * ORDERS_A_SIGN_UP, noise.spend.spread(at));
    const spend = channel.signUps * demand * channel.eurEach * (1 + 0.05 * noise.spend.bell(at));
    return [dayText(day), channel.name, signUps, firstOrders, cents(spend)];
  });
}

/** Rows of `marts.stock`: what was on the shelves at closing time, and what the day sold. */
export function listStockRows(day: number): Row[] {
  const time = noonOf(day);
  const dry = isDuring('stock_out', time.ms);
  return PRODUCTS_SOLD.map((product, i) => {
    const at = day * PRODUCTS_SOLD.length + i;
    const empty = dry && product.category === 'drinks';
    const rate = product.soldADay * dayDemand(time);
    const sold = roundBy(
      rate * (1 + 0.1 * noise.sold.bell(at)) * (empty ? NO_DRINKS : 1),
      noise.sold.spread(at),
    );
    return [
      dayText(day),
      product.sku,
      empty ? 0 : countOnHand({ cycleDays: product.cycleDays, step: day + 5 * i, at, rate }),
      sold,
    ];
  });
}

/** Each product is delivered every few days, a different day for each, and sells down to its safety stock. */
function countOnHand(shelf: { cycleDays: number; step: number; at: number; rate: number }): number {
  const { cycleDays, step, at, rate } = shelf;
  const left = cycleDays - 1 - (step % cycleDays);
  if (left === 0 && noise.empty.even(at) < SOLD_OUT_CHANCE) return 0;
  return Math.round(rate * (left + SAFETY_DAYS + 0.3 * noise.empty.bell(at)));
}

/** The row of `marts.bank_bookings`: what payment providers announced, and what the bank booked. */
export function getBankRow(day: number, paidEur: number): Row {
  const announced = cents(paidEur * 0.985);
  return [dayText(day), announced, cents(announced * (1 - 0.004 * noise.booked.even(day)))];
}

/** The instant up to which the bank's file reaches: the last Monday that is at least four days old. */
export function findBankEnd(nowMs: number): number {
  const monday = Math.floor((nowMs - BANK_DELAY_MS - FIRST_MONDAY_MS) / WEEK) * WEEK + FIRST_MONDAY_MS;
  return localMidnight(Math.floor(monday / DAY));
}

function noonOf(day: number): LocalTime {
  return localTime(localMidnight(day) + DAY / 2);
}
