/**
 * The file of truth: what really happened in the shop, so that anybody can check whether the metrics saw it. The same
 * incidents come back every year on their dates; windows are local wall time.
 */
import { HOUR } from '../../src/lib/time.ts';
import { localInstant, localTime } from './calendar.ts';

export type IncidentKind =
  | 'card_outage'
  | 'app_release'
  | 'bot_wave'
  | 'courier_strike'
  | 'stock_out'
  | 'support_backlog'
  | 'price_error'
  | 'scanner_failure'
  | 'product_recall';

/** A metric that shows an incident: in each of its periods inside the window it is worse than this line. */
export type Trace = { metric: string; line: 'norm' | 'alert' };

/** A kind of incident with the dates on which it begins each year. */
export type IncidentRule = {
  kind: IncidentKind;
  title: string;
  /** what changed in the data, against an ordinary day */
  effect: string;
  begins: readonly { month: number; date: number; hour: number }[];
  hours: number;
  traces: readonly Trace[];
};

/** One incident: its window is [from, to). */
export type Incident = {
  kind: IncidentKind;
  title: string;
  effect: string;
  from: Date;
  to: Date;
  traces: readonly Trace[];
};

export const INCIDENTS: readonly IncidentRule[] = [
  {
    kind: 'card_outage',
    title: 'The card provider is down',
    effect: '70 % of card payments that would have been approved are not; wallets and Bizum go on.',
    begins: [
      { month: 3, date: 12, hour: 18 },
      { month: 7, date: 9, hour: 12 },
      { month: 11, date: 12, hour: 18 },
    ],
    hours: 3,
    traces: [
      { metric: 'payment_success', line: 'alert' },
      { metric: 'checkout_conversion', line: 'alert' },
      { metric: 'basket_completion', line: 'alert' },
    ],
  },
  {
    kind: 'app_release',
    title: 'A release of the app breaks its checkout button',
    effect: 'Nineteen of twenty checkouts in the app do not begin; phone and desktop browsers are well.',
    begins: [
      { month: 5, date: 6, hour: 10 },
      { month: 10, date: 15, hour: 10 },
    ],
    hours: 7,
    traces: [
      { metric: 'checkout_conversion', line: 'alert' },
      { metric: 'basket_completion', line: 'norm' },
    ],
  },
  {
    kind: 'bot_wave',
    title: 'A price scraper reads the whole catalogue',
    effect: 'Visits by bots are eight times the usual; visits by people are untouched.',
    begins: [
      { month: 2, date: 3, hour: 2 },
      { month: 6, date: 24, hour: 3 },
      { month: 9, date: 28, hour: 1 },
    ],
    hours: 6,
    traces: [{ metric: 'bot_share', line: 'alert' }],
  },
  {
    kind: 'courier_strike',
    title: 'Couriers strike for two days',
    effect: 'A delivery takes 1.7 times as long, four in ten fewer arrive on time, four times as many fail.',
    begins: [
      { month: 4, date: 16, hour: 0 },
      { month: 10, date: 8, hour: 0 },
    ],
    hours: 48,
    traces: [
      { metric: 'on_time_delivery', line: 'alert' },
      { metric: 'delivery_time', line: 'alert' },
      { metric: 'failed_deliveries', line: 'alert' },
    ],
  },
  {
    kind: 'stock_out',
    title: 'The drinks supplier does not deliver',
    effect: 'All drinks are at zero and their sales fall by 80 %.',
    begins: [
      { month: 5, date: 20, hour: 0 },
      { month: 11, date: 3, hour: 0 },
    ],
    hours: 72,
    traces: [{ metric: 'stock_out_share', line: 'alert' }],
  },
  {
    kind: 'support_backlog',
    title: 'Half of the support team is away',
    effect: 'First replies take six times as long, solutions three times, and ratings lose 1.4 points.',
    begins: [
      { month: 1, date: 8, hour: 0 },
      { month: 8, date: 11, hour: 0 },
    ],
    hours: 96,
    traces: [{ metric: 'first_reply_time', line: 'alert' }],
  },
  {
    kind: 'price_error',
    title: 'A wrong price list for fresh food',
    effect: 'Fresh food is sold at 55 % of its price for a day, at full cost.',
    begins: [
      { month: 6, date: 3, hour: 0 },
      { month: 10, date: 27, hour: 0 },
    ],
    hours: 24,
    traces: [{ metric: 'gross_margin', line: 'alert' }],
  },
  {
    kind: 'scanner_failure',
    title: 'The couriers’ age scanners lose their records',
    effect: '12 % of deliveries with alcohol have no recorded age check.',
    begins: [
      { month: 2, date: 24, hour: 0 },
      { month: 9, date: 9, hour: 0 },
    ],
    hours: 48,
    traces: [{ metric: 'age_check_share', line: 'alert' }],
  },
  {
    kind: 'product_recall',
    title: 'A recall of yoghurt',
    effect: 'Four times as much money is refunded.',
    begins: [
      { month: 1, date: 27, hour: 0 },
      { month: 7, date: 21, hour: 0 },
    ],
    hours: 48,
    traces: [{ metric: 'refund_rate', line: 'alert' }],
  },
];

/** Lists the incidents whose windows touch [from, to), oldest first. */
export function listIncidents(from: Date, to: Date): Incident[] {
  const incidents: Incident[] = [];
  for (let year = localTime(from.getTime()).year - 1; year <= localTime(to.getTime()).year; year += 1) {
    for (const rule of INCIDENTS) incidents.push(...listOfYear(rule, year));
  }
  return incidents
    .filter((incident) => incident.from < to && incident.to > from)
    .sort((a, b) => a.from.getTime() - b.from.getTime());
}

const windows = new Map<string, Incident[]>();

/** Tells whether an incident of this kind is going on at an instant. */
export function isDuring(kind: IncidentKind, ms: number): boolean {
  const { year } = localTime(ms);
  const key = `${kind} ${year}`;
  let known = windows.get(key);
  if (!known) {
    known = INCIDENTS.filter((rule) => rule.kind === kind).flatMap((rule) => listOfYear(rule, year));
    windows.set(key, known);
  }
  return known.some((incident) => incident.from.getTime() <= ms && ms < incident.to.getTime());
}

function listOfYear(rule: IncidentRule, year: number): Incident[] {
  return rule.begins.map(({ month, date, hour }) => {
    const wallMs = Date.UTC(year, month - 1, date, hour);
    return {
      kind: rule.kind,
      title: rule.title,
      effect: rule.effect,
      from: new Date(localInstant(wallMs)),
      to: new Date(localInstant(wallMs + rule.hours * HOUR)),
      traces: rule.traces,
    };
  });
}
