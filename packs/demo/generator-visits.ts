/** Visits of an hour by device, and how far they came: basket, checkout, order. */
import { dayDemand, hourShape } from './calendar.ts';
import type { LocalTime } from './calendar.ts';
import { createNoise, roundBy, roundParts } from './noise.ts';
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
const APP_BUG = 0.05;

const noise = {
  dayVisits: createNoise('visits of the day'),
  dayConversion: createNoise('conversion of the day'),
  visits: createNoise('visits'),
  visitParts: createNoise('visits by device'),
  bots: createNoise('bots'),
  bounced: createNoise('bounced'),
  conversion: createNoise('conversion'),
  baskets: createNoise('baskets'),
};

export type DeviceHour = {
  name: string;
  visits: number;
  bots: number;
  bounced: number;
  baskets: number;
  checkouts: number;
  orders: number;
};
/** What visitors did in an hour; `orders` are those wanted, a fraction, before any payment is refused. */
export function computeVisits(hour: number, time: LocalTime): DeviceHour[] {
  const mood = (1 + 0.035 * noise.dayVisits.bell(time.day)) * (1 + 0.035 * noise.visits.bell(hour));
  const visits = ((VISITS_A_DAY * dayDemand(time)) / 24) * hourShape(time) * mood;
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

/** Rounding must not make a funnel that widens. */
export function withOrders(device: DeviceHour, orders: number): DeviceHour {
  const checkouts = Math.max(device.checkouts, orders);
  return { ...device, orders, checkouts, baskets: Math.max(device.baskets, checkouts) };
}
