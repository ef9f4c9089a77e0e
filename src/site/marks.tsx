/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx';
import { findStanding, type Standing, type Words } from '../answers/index.ts';
import type { MetricStatus } from '../pulse/index.ts';

/** A level is never colour alone: a shape and a word stand with it. */
const GLYPH: Readonly<Record<Standing, string>> = {
  red: '▲',
  amber: '◆',
  green: '●',
  stale: '‖',
  silent: '–',
  unverified: '○',
};

/** How a cockpit is read: the worst first. */
export const STANDINGS: readonly Standing[] = ['red', 'amber', 'stale', 'silent', 'green', 'unverified'];

/** Where a metric stands, as shape and word. */
export const Mark: FC<{ standing: Standing; words: Words }> = ({ standing, words }) => (
  <span class={`mark ${standing}`}>
    <span aria-hidden="true">{GLYPH[standing]}</span>
    {words.t(`picture-mark-${standing}`)}
  </span>
);

/** How many metrics stand where. */
export const Counts: FC<{ statuses: readonly MetricStatus[]; words: Words }> = ({ statuses, words }) => {
  const groups = Map.groupBy(statuses, findStanding);
  return (
    <ul class="counts">
      {STANDINGS.filter((standing) => groups.has(standing)).map((standing) => (
        <li class={`mark ${standing}`}>
          <span aria-hidden="true">{GLYPH[standing]}</span>
          {words.t('count', { standing, count: groups.get(standing)?.length ?? 0 })}
        </li>
      ))}
    </ul>
  );
};

/** Sorts the worst first, then by name. */
export function sortWorstFirst(statuses: readonly MetricStatus[], words: Words): MetricStatus[] {
  const byName = new Intl.Collator(words.locale, { numeric: true });
  const rank = (status: MetricStatus): number => STANDINGS.indexOf(findStanding(status));
  return statuses.toSorted((a, b) => rank(a) - rank(b) || byName.compare(a.metric.name, b.metric.name));
}
