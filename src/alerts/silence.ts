import type { DeliveryDraft, Hold, Place } from '../delivery/index.ts';
import type { Metric, Person } from '../registry/index.ts';
import { quietUntil } from './quiet-hours.ts';

/** A maintenance window that is open: what it is of, everything where nothing is named. */
export type ActiveWindow = {
  name: string;
  until: Date;
  metrics: readonly string[];
  domains: readonly string[];
  sources: readonly string[];
};

type Maintained = Pick<Metric, 'id' | 'domain' | 'sources'>;

/** Gives the open window that a metric is in, the one that ends last; undefined when it is in none. */
export function findWindow(metric: Maintained, windows: readonly ActiveWindow[]): ActiveWindow | undefined {
  const [last] = windows
    .filter((window) => isOf(metric, window))
    .toSorted((a, b) => b.until.getTime() - a.until.getTime());
  return last;
}

/** Gives the windows that matter to several metrics at once: none unless each of them is in one. */
export function windowsOfAll(
  metrics: readonly Maintained[],
  windows: readonly ActiveWindow[],
): readonly ActiveWindow[] {
  return metrics.every((metric) => findWindow(metric, windows) !== undefined) ? windows : [];
}

function isOf(metric: Maintained, { metrics, domains, sources }: ActiveWindow): boolean {
  if (metrics.length + domains.length + sources.length === 0) return true;
  return (
    metrics.includes(metric.id) ||
    domains.includes(metric.domain) ||
    metric.sources.some((source) => sources.includes(source))
  );
}

/** What may keep a message back. */
export type SilenceFacts = {
  metric: Maintained;
  level: 'amber' | 'red';
  windows: readonly ActiveWindow[];
  people: readonly Person[];
  /** of people who did not say theirs */
  timezone: string;
  now: Date;
};

/** These end an alert: they are told quietly, not kept back by quiet hours. */
const ENDINGS: ReadonlySet<string> = new Set(['resolved', 'withdrawn', 'fresh']);

/**
 * Decides what silence does to a message: a maintenance window keeps posts and replies back until it ends, mail too; quiet hours
 * of a person keep back what is not red in their own chat, and make the end of an alert silent. Edits pass.
 */
export function holdBack(draft: DeliveryDraft, facts: SilenceFacts): DeliveryDraft {
  const hold = findHold(draft, facts);
  const isQuiet = hold !== null || findQuiet(draft.place, facts) !== undefined;
  return { ...draft, silent: draft.silent || (isQuiet && ENDINGS.has(draft.edge)), hold };
}

/** Tells until when and why silence keeps a message back; null where nothing does. Quiet hours let notices pass. */
export function findHold(
  { operation, edge, place }: Pick<DeliveryDraft, 'operation' | 'edge' | 'place'>,
  facts: SilenceFacts,
): Hold | null {
  if (operation === 'edit') return null;
  const hold = findWindowHold(facts.metric, facts.windows);
  if (hold) return hold;
  if (operation === 'notice' || ENDINGS.has(edge) || facts.level === 'red') return null;
  return findQuiet(place, facts) ?? null;
}

/** Tells until when a maintenance window keeps back what is new about a metric. */
export function findWindowHold(metric: Maintained, windows: readonly ActiveWindow[]): Hold | null {
  const window = findWindow(metric, windows);
  return window ? { until: window.until, reason: `maintenance: ${window.name}` } : null;
}

function findQuiet(place: Place, { people, timezone, now }: SilenceFacts): Hold | undefined {
  const person = people.find((one) => isOwnChat(place, one));
  if (!person?.quietHours) return undefined;
  const until = quietUntil(person.quietHours, now, person.timezone ?? timezone);
  return until ? { until, reason: `quiet hours of ${person.name}` } : undefined;
}

/** Tells whether a place is where this person alone reads, so that their quiet hours count there. */
export function isOwnChat(place: Place, { telegramId, slackId, phone }: Person): boolean {
  switch (place.channel) {
    case 'telegram':
      return place.chat === String(telegramId);
    case 'slack':
      return place.conversation === slackId;
    case 'sms':
      return place.number === phone;
    default:
      return false;
  }
}
