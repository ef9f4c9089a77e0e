/** Visits, orders and payments of an hour: what the shop's web site and apps did. */
import { HOUR } from '../../src/lib/time.ts';
import { dayDemand, hourShape, localTime } from './calendar.ts';
import type { LocalTime } from './calendar.ts';
import { createNoise, roundBy, roundParts } from './noise.ts';
import type { Row } from './target.ts';
import { isDuring } from './truth.ts';

const VISITS_A_DAY = 15_800;
const CONVERSION = 0.044;
const DEVICES = [
  { name: 'phone', share: 0.52, conversion: 0.82 },
  { name: 'desktop', share: 0.24, conversion: 1.05 },
  { name: 'app', share: 0.24, conversion: 1.35 },
];
/** Of intact trade: orders by baskets, and orders by checkouts begun. */
const ORDERS_A_BASKET = 0.335;
const ORDERS_A_CHECKOUT = 0.71;
const BOUNCED = 0.37;
const BOTS = 0.06;
const BOT_WAVE = 8;
const APP_BUG = 0.1;

const PROVIDERS = [
  { name: 'card', share: 0.58, approved: 0.962, fee: 0.0115, feeEach: 0.05 },
  { name: 'wallet', share: 0.27, approved: 0.985, fee: 0.0195, feeEach: 0.1 },
  { name: 'bizum', share: 0.15, approved: 0.972, fee: 0.006, feeEach: 0.02 },
];
const CARD_OUTAGE = 0.3;

const AVERAGE_BASKET_EUR = 41;
const ITEMS_AN_ORDER = 9.2;
const RETURNING = 0.64;
const DISCOUNT = 0.055;
const REFUNDED = 0.016;
const RECALL = 4;

const noise = {
  dayVisits: createNoise('visits of the day'),
  dayConversion: createNoise('conversion of the day'),
  dayBasket: createNoise('basket size of the day'),
  dayRefunds: createNoise('refunds of the day'),
  visits: createNoise('visits'),
  visitParts: createNoise('visits by device'),
  bots: createNoise('bots'),
  bounced: createNoise('bounced'),
  conversion: createNoise('conversion'),
  baskets: createNoise('baskets'),
  taste: createNoise('taste in payments'),
  attempts: createNoise('payment attempts'),
  approved: createNoise('payments approved'),
  orderParts: createNoise('orders by device'),
  basketSize: createNoise('basket size'),
  returning: createNoise('returning'),
  discount: createNoise('discount'),
  refunded: createNoise('refunded'),
};

type DeviceHour = {
  name: string;
  visits: number;
  bots: number;
  bounced: number;
  baskets: number;
  checkouts: number;
  orders: number;
};
type ProviderHour = { name: string; attempts: number; approved: number; amountEur: number; feeEur: number };

/** All that was traded in one hour. */
export type TradeHour = {
  startMs: number;
  devices: DeviceHour[];
  providers: ProviderHour[];
  orders: number;
  returning: number;
  items: number;
  grossEur: number;
  discountEur: number;
  refundedEur: number;
};

/** Computes an hour's trade from the hour alone. */
export function computeTradeHour(startMs: number): TradeHour {
  const hour = Math.floor(startMs / HOUR);
  const time = localTime(startMs);
  const wanted = computeWanted(hour, time);
  const payments = computePayments(hour, time, sum(wanted.map((device) => device.orders)));
  const orders = sum(payments.map((provider) => provider.approved));
  const money = computeMoney(hour, time, orders);
  const orderParts = splitLike(
    orders,
    wanted.map((device) => device.orders),
    noise.orderParts.spread(hour),
  );
  return {
    startMs,
    devices: wanted.map((device, i) => ({ ...device, orders: orderParts[i] ?? 0 })),
    providers: payments.map((provider) => withMoney(provider, money.grossEur - money.discountEur, orders)),
    orders,
    returning: roundBy(
      orders * RETURNING * (1 + 0.03 * noise.returning.bell(hour)),
      noise.returning.spread(hour),
    ),
    items: Math.round(orders * ITEMS_AN_ORDER * (1 + 0.03 * noise.basketSize.bell(hour))),
    ...money,
  };
}

/** What visitors did, with the orders they would have placed had every payment service been well. */
function computeWanted(hour: number, time: LocalTime): DeviceHour[] {
  const visits =
    ((VISITS_A_DAY * dayDemand(time)) / 24) * hourShape(time) * (1 + 0.04 * noise.visits.bell(hour));
  const parts = roundParts(
    DEVICES.map((device) => visits * device.share),
    noise.visitParts.spread(hour),
  );
  const conversion =
    CONVERSION * (1 + 0.02 * noise.dayConversion.bell(time.day)) * (1 + 0.025 * noise.conversion.bell(hour));
  const basketNoise = 1 + 0.025 * noise.baskets.bell(hour);
  const botWave = isDuring('bot_wave', time.ms) ? BOT_WAVE : 1;
  return DEVICES.map((device, i) => {
    const people = parts[i] ?? 0;
    const intact = people * conversion * device.conversion;
    const bug = device.name === 'app' && isDuring('app_release', time.ms) ? APP_BUG : 1;
    return {
      name: device.name,
      visits: people,
      bots: roundBy(people * BOTS * botWave * (1 + 0.08 * noise.bots.bell(hour)), noise.bots.spread(hour)),
      bounced: roundBy(people * BOUNCED * (1 + 0.025 * noise.bounced.bell(hour)), noise.bounced.spread(hour)),
      baskets: roundBy((intact / ORDERS_A_BASKET) * basketNoise, noise.baskets.spread(hour)),
      checkouts: roundBy((bug * intact) / ORDERS_A_CHECKOUT, noise.baskets.spread(hour)),
      orders: bug * intact,
    };
  });
}

type Attempts = { name: string; attempts: number; approved: number };

function computePayments(hour: number, time: LocalTime, wantedOrders: number): Attempts[] {
  const taste = PROVIDERS.map(
    (provider, i) => provider.share * (1 + 0.08 * noise.taste.bell(3 * time.day + i)),
  );
  const attempts = roundParts(
    PROVIDERS.map((provider, i) => (wantedOrders * (taste[i] ?? 0)) / sum(taste) / provider.approved),
    noise.attempts.spread(hour),
  );
  const outage = isDuring('card_outage', time.ms) ? CARD_OUTAGE : 1;
  const approved = roundParts(
    PROVIDERS.map(
      (provider, i) => (attempts[i] ?? 0) * provider.approved * (provider.name === 'card' ? outage : 1),
    ),
    noise.approved.spread(hour),
  );
  return PROVIDERS.map(({ name }, i) => ({
    name,
    attempts: attempts[i] ?? 0,
    approved: Math.min(approved[i] ?? 0, attempts[i] ?? 0),
  }));
}

function computeMoney(hour: number, time: LocalTime, orders: number) {
  const size = (1 + 0.012 * noise.dayBasket.bell(time.day)) * (1 + 0.025 * noise.basketSize.bell(hour));
  const grossEur = cents(orders * AVERAGE_BASKET_EUR * size);
  const recall =
    (isDuring('product_recall', time.ms) ? RECALL : 1) * (1 + 0.1 * noise.dayRefunds.bell(time.day));
  return {
    grossEur,
    discountEur: cents(grossEur * DISCOUNT * (1 + 0.1 * noise.discount.bell(hour))),
    refundedEur: cents(grossEur * REFUNDED * recall * (1 + 0.2 * noise.refunded.bell(hour))),
  };
}

function withMoney(provider: Attempts, paidEur: number, orders: number): ProviderHour {
  const terms = PROVIDERS.find(({ name }) => name === provider.name);
  const amountEur = orders === 0 ? 0 : cents((paidEur * provider.approved) / orders);
  return {
    ...provider,
    amountEur,
    feeEur: cents(amountEur * (terms?.fee ?? 0) + provider.approved * (terms?.feeEach ?? 0)),
  };
}

/** Rows of `marts.sessions`. */
export function listSessionRows(trade: TradeHour): Row[] {
  const hour = new Date(trade.startMs).toISOString();
  return trade.devices.map((d) => [
    hour,
    d.name,
    d.visits,
    d.bots,
    d.bounced,
    d.baskets,
    d.checkouts,
    d.orders,
  ]);
}

/** The row of `marts.orders`. */
export function getOrderRow(trade: TradeHour): Row {
  const { orders, returning, items, grossEur, discountEur, refundedEur } = trade;
  return [
    new Date(trade.startMs).toISOString(),
    orders,
    returning,
    items,
    grossEur,
    discountEur,
    refundedEur,
  ];
}

/** Rows of `marts.payments`. */
export function listPaymentRows(trade: TradeHour): Row[] {
  const hour = new Date(trade.startMs).toISOString();
  return trade.providers.map((p) => [hour, p.name, p.attempts, p.approved, p.amountEur, p.feeEur]);
}

function splitLike(total: number, weights: readonly number[], chance: number): number[] {
  const all = sum(weights);
  if (all === 0) return weights.map(() => 0);
  const parts = roundParts(
    weights.map((weight) => (total * weight) / all),
    chance,
  );
  // Floating-point sums may miss the last one; the first part takes it.
  return parts.map((part, i) => (i === 0 ? part + total - sum(parts) : part));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Rounds money to cents. */
export function cents(eur: number): number {
  return Math.round(eur * 100) / 100;
}
