import {
  findStanding,
  lineText,
  listNearestMetrics,
  metricCardHead,
  statusLine,
  describeStanding,
  type Answer,
} from '../answers/index.ts';
import { loadCardSpec, nameOfPeople, rangeOf } from '../messages/index.ts';
import { contentHashOf } from '../pictures/index.ts';
import { loadStatuses, type MetricStatus } from '../pulse/index.ts';
import type { Metric } from '../registry/index.ts';
import { listStarred } from '../watchlists/index.ts';
import type { CommandContext } from './types.ts';

/** Cards offered at once: what a phone shows without much scrolling. */
const CARDS_MAX = 10;

/** A metric's card to be posted in any chat: nobody's buttons, and no names beyond who verified it. */
export type InlineCard = {
  metricId: string;
  /** `🔴 Checkout conversion 3.1 %` */
  title: string;
  description: string;
  answer: Answer;
  /** content hash of the card's picture, as `/metric` draws it */
  findPictureHash: () => Promise<string>;
};

/** What is offered to who types the bot's name in a chat; a stranger gets a way to `/start` alone. */
export type InlineOffer =
  | { kind: 'cards'; cards: readonly InlineCard[] }
  | { kind: 'stranger'; label: string };

type Door = Omit<CommandContext, 'commands'>;

/**
 * Gives the cards that words typed in any chat ask for, the nearest metrics first; without words what the caller starred, then
 * what is red, then the rest. Throws RefusedError `too_many_commands` beyond 60 queries a minute.
 */
export async function offerInline(context: Door, query: string): Promise<InlineOffer> {
  const { deps, caller, words } = context;
  deps.turns.takeInline(caller);
  if (caller.person === null) return { kind: 'stranger', label: words.t('inline-stranger') };
  const statuses =
    query.trim() === ''
      ? await loadFirst(context, caller.person.email)
      : await loadNamed(
          context,
          listNearestMetrics(query, deps.registry.current().metrics.values(), CARDS_MAX),
        );
  return { kind: 'cards', cards: statuses.map((status) => toCard(context, status)) };
}

async function loadFirst({ deps }: Door, email: string): Promise<MetricStatus[]> {
  const [statuses, starred] = await Promise.all([loadStatuses(deps), listStarred(deps, email)]);
  return sortUnasked(statuses, starred).slice(0, CARDS_MAX);
}

async function loadNamed({ deps }: Door, metrics: readonly Metric[]): Promise<MetricStatus[]> {
  const ids = metrics.map(({ id }) => id);
  const statuses = await loadStatuses(deps, ids);
  return statuses.toSorted((a, b) => ids.indexOf(a.metric.id) - ids.indexOf(b.metric.id));
}

/** Sorts metrics for who has not typed a name yet: starred as they were starred, then red, then the rest; built-in ones last. Pure. */
export function sortUnasked(statuses: readonly MetricStatus[], starred: readonly string[]): MetricStatus[] {
  const place = new Map(starred.map((id, index) => [id, index]));
  const rank = (status: MetricStatus): number => {
    const known = place.get(status.metric.id);
    if (known !== undefined) return known - starred.length;
    if (findStanding(status) === 'red') return 0;
    return status.metric.builtIn === true ? 2 : 1;
  };
  return statuses.toSorted((a, b) => rank(a) - rank(b) || a.metric.name.localeCompare(b.metric.name));
}

function toCard({ deps, words }: Door, status: MetricStatus): InlineCard {
  const now = deps.clock.now();
  const { metric } = status;
  return {
    metricId: metric.id,
    title: lineText(statusLine(status, words)),
    description: describeStanding(status, now, words),
    answer: { lines: metricCardHead({ status, nameOf: nameOfPeople(deps), now }, words) },
    findPictureHash: async () =>
      contentHashOf(await loadCardSpec(deps, status, { range: rangeOf(metric), words, theme: 'light' })),
  };
}
