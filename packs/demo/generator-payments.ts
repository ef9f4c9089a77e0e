/** Attempts to pay by provider: a wanted order becomes an order when its payment is approved. */
import type { LocalTime } from './calendar.ts';
import { cents, sum } from './money.ts';
import { createNoise, roundParts } from './noise.ts';
import { isDuring } from './truth.ts';

const PROVIDERS = [
  { name: 'card', share: 0.58, approved: 0.962, fee: 0.0115, feeEach: 0.05 },
  { name: 'wallet', share: 0.27, approved: 0.985, fee: 0.0195, feeEach: 0.1 },
  { name: 'bizum', share: 0.15, approved: 0.972, fee: 0.006, feeEach: 0.02 },
];
const CARD_OUTAGE = 0.3;

const noise = {
  taste: createNoise('taste in payments'),
  attempts: createNoise('payment attempts'),
  approved: createNoise('payments approved'),
};

/** Attempts to pay in an hour by provider, and how many were approved. */
export type Attempts = { name: string; attempts: number; approved: number };

/** How a number of wanted orders was paid. */
export function computePayments(hour: number, time: LocalTime, wantedOrders: number): Attempts[] {
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

export type ProviderHour = Attempts & { amountEur: number; feeEur: number };

/** Adds what a provider moved and kept, of what all approved orders paid. */
export function withMoney(provider: Attempts, paidEur: number, orders: number): ProviderHour {
  const terms = PROVIDERS.find(({ name }) => name === provider.name);
  const amountEur = orders === 0 ? 0 : cents((paidEur * provider.approved) / orders);
  return {
    ...provider,
    amountEur,
    feeEur: cents(amountEur * (terms?.fee ?? 0) + provider.approved * (terms?.feeEach ?? 0)),
  };
}
