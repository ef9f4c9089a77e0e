import { NotFoundError } from '../../src/errors.ts';
import { MINUTE, SECOND } from '../../src/lib/time.ts';
import { FALLABLE } from './generator-live.ts';
import type { DemoEffect, Fallable } from './generator-live.ts';

/** The fall that a first visitor sees: when it begins, and how long it lasts. */
const FIRST_METRIC: Fallable = 'checkout_success';
const FIRST_AFTER_MS = 6 * SECOND;
/** It begins with a period of the metric. */
const FIRST_ALIGN_MS = 10 * SECOND;
const FIRST_MS = 3.5 * MINUTE;
const FALL_MS = 4 * MINUTE;

/** The falls that are going on or planned. */
export type Falls = {
  list(): readonly DemoEffect[];
  /** Plans the fall that every start shows. */
  planFirst(now: Date): void;
  /** Lets a live metric fall for four minutes; throws `demo_not_fallable`. */
  add(metricId: string, from: Date): void;
  /** Takes a metric's falls back; throws `demo_not_fallable`. */
  remove(metricId: string): void;
  /** Forgets what ended by an instant. */
  forget(before: Date): void;
  listFalling(at: Date): Fallable[];
};

/** Gives an empty list of falls. */
export function createFalls(): Falls {
  let falls: DemoEffect[] = [];
  const add = (metric: Fallable, fromMs: number, lengthMs: number): void => {
    falls.push({ metric, from: new Date(fromMs), to: new Date(fromMs + lengthMs) });
  };
  return {
    list: () => falls,
    planFirst: (now) => {
      const fromMs = Math.ceil((now.getTime() + FIRST_AFTER_MS) / FIRST_ALIGN_MS) * FIRST_ALIGN_MS;
      add(FIRST_METRIC, fromMs, FIRST_MS);
    },
    add: (metricId, from) => add(getFallable(metricId), from.getTime(), FALL_MS),
    remove: (metricId) => {
      const metric = getFallable(metricId);
      falls = falls.filter((fall) => fall.metric !== metric);
    },
    forget: (before) => {
      falls = falls.filter((fall) => fall.to > before);
    },
    listFalling: (at) =>
      FALLABLE.filter((id) => falls.some(({ metric, from, to }) => metric === id && from <= at && at < to)),
  };
}

function getFallable(metricId: string): Fallable {
  const metric = FALLABLE.find((id) => id === metricId);
  if (metric) return metric;
  const known = FALLABLE.join(', ');
  throw new NotFoundError('demo_not_fallable', `${metricId} cannot be made to fall. These can: ${known}.`, {
    details: { metric: metricId, known },
  });
}
