/** The last hours, slot by slot: what the demo shows moving, and what can be made to fall. */
import { HOUR, MINUTE, SECOND } from '../../src/lib/time.ts';
import { dayDemand, listSteps, localTime, momentShape } from './calendar.ts';
import type { LocalTime } from './calendar.ts';
import { createNoise, drift, roundBy } from './noise.ts';
import type { Row } from './target.ts';

export const SLOT_MS = 5 * SECOND;
/** How much of the live tables is kept. */
export const LIVE_KEPT_MS = 3 * HOUR;

/** The live metrics that can be made to fall below their alert lines. */
export const FALLABLE = [
  'checkout_success',
  'page_latency',
  'visitors_now',
  'chats_waiting',
  'orders_waiting',
] as const;
export type Fallable = (typeof FALLABLE)[number];

/** A fall that somebody asked for: it holds in the slots that begin in [from, to). */
export type DemoEffect = { metric: Fallable; from: Date; to: Date };

const FALL = { failed: 0.37, latency: 7, visitors: 0.02, chats: 14, orders: 36 };

const noise = {
  calls: createNoise('live calls'),
  failed: createNoise('live failed'),
  latency: createNoise('live latency'),
  latencyTrend: createNoise('live latency trend'),
  visitors: createNoise('live visitors'),
  visitorTrend: createNoise('live visitor trend'),
  chats: createNoise('live chats'),
  orders: createNoise('live orders waiting'),
};

/** Rows of `marts.live_site` for the slots that end after `fromMs` and not after `toMs`. */
export function listSiteRows(fromMs: number, toMs: number, effects: readonly DemoEffect[]): Row[] {
  return listSteps(SLOT_MS, fromMs, toMs).map((startMs) => {
    const slot = startMs / SLOT_MS;
    const time = localTime(startMs);
    const busy = dayDemand(time) * momentShape(time);
    const calls = Math.round((110 + 150 * busy) * (1 + 0.05 * noise.calls.bell(slot)));
    const failing = isFalling('checkout_success', startMs, effects);
    const failed = calls * (failing ? FALL.failed : 0.011) * (1 + 0.1 * noise.failed.bell(slot));
    const latency =
      (265 + 45 * busy) *
      (1 + 0.05 * drift(noise.latencyTrend, startMs / MINUTE) + 0.03 * noise.latency.bell(slot));
    return [
      new Date(startMs).toISOString(),
      calls,
      roundBy(failed, noise.failed.spread(slot)),
      Math.round(latency * (isFalling('page_latency', startMs, effects) ? FALL.latency : 1)),
      countVisitors(time, effects),
    ];
  });
}

function countVisitors(time: LocalTime, effects: readonly DemoEffect[]): number {
  const minutes = time.ms / MINUTE;
  const people =
    76 * dayDemand(time) * momentShape(time) * (1 + 0.06 * drift(noise.visitorTrend, minutes / 2));
  const fall = isFalling('visitors_now', time.ms, effects) ? FALL.visitors : 1;
  return Math.round(people * fall * (1 + 0.02 * noise.visitors.bell(time.ms / SLOT_MS)));
}

/** Rows of `marts.live_floor` for the slots that end after `fromMs` and not after `toMs`. */
export function listFloorRows(fromMs: number, toMs: number, effects: readonly DemoEffect[]): Row[] {
  return listSteps(SLOT_MS, fromMs, toMs).map((startMs) => {
    const time = localTime(startMs);
    const shape = momentShape(time);
    const minutes = startMs / MINUTE;
    const chats = 1.9 * shape + 0.9 * drift(noise.chats, minutes / 3);
    const orders = 5.2 * shape + 1.8 * drift(noise.orders, minutes / 4);
    return [
      new Date(startMs).toISOString(),
      Math.max(0, Math.round(chats)) + (isFalling('chats_waiting', startMs, effects) ? FALL.chats : 0),
      Math.max(0, Math.round(orders)) + (isFalling('orders_waiting', startMs, effects) ? FALL.orders : 0),
    ];
  });
}

function isFalling(metric: Fallable, startMs: number, effects: readonly DemoEffect[]): boolean {
  return effects.some(
    (effect) => effect.metric === metric && effect.from.getTime() <= startMs && startMs < effect.to.getTime(),
  );
}
