/** Support tickets: each is opened, replied to, closed and sometimes rated; a row shows what is known by an instant. */
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts';
import { dayDemand, hourShape, listSteps, localTime } from './calendar.ts';
import { createNoise, roundBy } from './noise.ts';
import type { Row } from './target.ts';
import { isDuring } from './truth.ts';

const TICKETS_A_DAY = 23.5;
const TOPICS = [
  { name: 'delivery', upTo: 0.38 },
  { name: 'product', upTo: 0.6 },
  { name: 'refund', upTo: 0.76 },
  { name: 'payment', upTo: 0.9 },
  { name: 'account', upTo: 0.975 },
  { name: 'privacy', upTo: 1 },
];
const STRIKE = 1.8;
const BACKLOG = { reply: 6, solution: 3 };
const NO_BACKLOG = { reply: 1, solution: 1 };
const MEDIAN_REPLY_MS = 16 * MINUTE;
const MEDIAN_SOLUTION_MS = 5.5 * HOUR;
/** Requests under privacy law take days: somebody has to look through every system by hand. */
const PRIVACY_SOLUTION_MS = 7 * DAY;
const LONGEST_LIFE_MS = 26 * DAY;
const RATED = 0.55;
/** Of the answer before it is cut to five stars; what is left is 4.4 on average. */
const MEAN_SCORE = 4.9;
const BACKLOG_SCORE = 1.4;
/** Ticket numbers count from here, so that they fit a 32-bit integer until 2050. */
const NUMBERED_FROM_MS = Date.UTC(2020, 0, 1);
const MOST_AN_HOUR = 100;

const noise = {
  count: createNoise('tickets'),
  topic: createNoise('ticket topic'),
  minute: createNoise('ticket minute'),
  reply: createNoise('ticket reply'),
  solution: createNoise('ticket solution'),
  score: createNoise('ticket score'),
};

type Ticket = {
  id: number;
  topic: string;
  openedMs: number;
  repliedMs: number;
  closedMs: number;
  score: number | null;
};

/** Rows of `marts.tickets` that changed after `fromMs` and not after `toMs`, as they stand at `seenMs`. */
export function listTicketRows(fromMs: number, toMs: number, seenMs: number): Row[] {
  return listSteps(HOUR, fromMs - LONGEST_LIFE_MS, toMs + HOUR)
    .flatMap(listOpenedIn)
    .filter(({ openedMs, repliedMs, closedMs }) =>
      [openedMs, repliedMs, closedMs].some((ms) => fromMs < ms && ms <= toMs),
    )
    .filter(({ openedMs }) => openedMs <= seenMs)
    .map((ticket) => asSeen(ticket, seenMs));
}

function listOpenedIn(hourMs: number): Ticket[] {
  const time = localTime(hourMs);
  const hour = Math.floor(hourMs / HOUR);
  const strike = isDuring('courier_strike', hourMs) ? STRIKE : 1;
  const expected = (TICKETS_A_DAY / 24) * dayDemand(time) * hourShape(time) * strike;
  const count = roundBy(expected * (1 + 0.1 * noise.count.bell(hour)), noise.count.spread(hour));
  const first = ((hourMs - NUMBERED_FROM_MS) / HOUR) * MOST_AN_HOUR;
  return Array.from({ length: Math.min(count, MOST_AN_HOUR) }, (_, i) => createTicket(first + i, hourMs));
}

function createTicket(id: number, hourMs: number): Ticket {
  const backlog = isDuring('support_backlog', hourMs);
  const slow = backlog ? BACKLOG : NO_BACKLOG;
  const openedMs = hourMs + Math.floor(noise.minute.even(id) * HOUR);
  const chance = noise.topic.even(id);
  const topic = TOPICS.find(({ upTo }) => chance < upTo)?.name ?? 'account';
  const solutionMs = topic === 'privacy' ? PRIVACY_SOLUTION_MS : MEDIAN_SOLUTION_MS;
  // Times of people at work are skewed: the exponential of a bell, with the median in front.
  const replyMs = MEDIAN_REPLY_MS * slow.reply * Math.exp(0.55 * noise.reply.bell(id));
  const workMs = solutionMs * slow.solution * Math.exp(0.4 * noise.solution.bell(id));
  const closedMs = Math.min(openedMs + LONGEST_LIFE_MS, openedMs + replyMs + workMs);
  return { id, topic, openedMs, repliedMs: openedMs + replyMs, closedMs, score: computeScore(id, backlog) };
}

function computeScore(id: number, backlog: boolean): number | null {
  if (noise.score.even(3 * id) > RATED) return null;
  const mean = MEAN_SCORE - (backlog ? BACKLOG_SCORE : 0);
  return Math.min(5, Math.max(1, Math.round(mean + 0.75 * noise.score.bell(id))));
}

function asSeen(ticket: Ticket, seenMs: number): Row {
  const instant = (ms: number): string | null => (ms <= seenMs ? new Date(ms).toISOString() : null);
  return [
    ticket.id,
    ticket.topic,
    instant(ticket.openedMs),
    instant(ticket.repliedMs),
    instant(ticket.closedMs),
    ticket.closedMs <= seenMs ? ticket.score : null,
  ];
}
