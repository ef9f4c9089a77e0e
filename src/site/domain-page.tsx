/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx';
import { findStanding } from '../answers/index.ts';
import { loadStatuses, type MetricStatus } from '../pulse/index.ts';
import { renderDocument } from './layout.tsx';
import { titleOfSlug } from './links.ts';
import { Counts, Mark, sortWorstFirst } from './marks.tsx';
import { MetricSection } from './metric-section.tsx';
import { valueText } from './metric-words.ts';
import type { PageContext } from './page-context.ts';

/** One domain: each of its metrics in full, in the order of their names; undefined when no metric is in it. */
export async function renderDomain(context: PageContext, domain: string): Promise<string | undefined> {
  const { registry, deps, words } = context;
  const ids = [...registry.metrics.values()].filter((metric) => metric.domain === domain).map(({ id }) => id);
  if (ids.length === 0) return undefined;
  const statuses = await loadStatuses(deps, ids);
  const byName = new Intl.Collator(words.locale, { numeric: true });
  const sorted = statuses.toSorted((a, b) => byName.compare(a.metric.name, b.metric.name));
  const title = titleOfSlug(domain);
  const body = (
    <>
      <h1>{title}</h1>
      <Counts statuses={statuses} words={words} />
      <OnThisPage statuses={sortWorstFirst(statuses, words)} context={context} />
      {sorted.map((status) => (
        <MetricSection status={status} context={context} />
      ))}
    </>
  );
  return renderDocument(context, { title, body });
}

const OnThisPage: FC<{ statuses: readonly MetricStatus[]; context: PageContext }> = ({
  statuses,
  context,
}) => (
  <nav aria-label={context.words.t('site-on-this-page')}>
    <ul class="cards">
      {statuses.map((status) => (
        <li>
          <a href={`#${status.metric.id}`}>{status.metric.name}</a>{' '}
          <span class="small">
            <Mark standing={findStanding(status)} words={context.words} />{' '}
            {valueText(status.observation?.value ?? null, status.metric.unit, context.words)}
          </span>
        </li>
      ))}
    </ul>
  </nav>
);
