/** The trade of an hour: visits, the payments they led to, and the orders and money that came of it. */
import { HOUR } from '../../src/lib/time.ts';
import { localTime } from './calendar.ts';
import type { LocalTime } from './calendar.ts';
import { computePayments, withMoney } from './generator-payments.ts';
import type { ProviderHour } from './generator-payments.ts';
import { computeVisits, withOrders } from './generator-visits.ts';
import type { DeviceHour } from './generator-visits.ts';
import { cents, sum } from './money.ts';
import { createNoise, roundBy, roundParts } from './noise.ts';
import type { Row } from './target.ts';
import { isDuring } from './truth.ts';

const AVERAGE_BASKET_EUR = 41;
const ITEMS_AN_ORDER = 9.2;
const RETURNING = 0.64;
const DISCOUNT = 0.055;
const REFUNDED = 0.016;
const RECALL = 4;

const noise = {
  dayBasket: createNoise('basket size of the day'),
  dayRefunds: createNoise('refunds of the day'),
  orderParts: createNoise('orders by device'),
  basketSize: createNoise('basket size'),
  returning: createNoise('returning'),
  discount: createNoise('discount'),
  refunded: createNoise('refunded'),
};

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
  const wanted = computeVisits(hour, time);
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
    devices: wanted.map((device, i) => withOrders(device, orderParts[i] ?? 0)),
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
