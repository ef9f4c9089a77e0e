/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx';
import { renderDocument } from './layout.tsx';
import { hrefs, listDomains, titleOfSlug } from './links.ts';
import { Counts, sortWorstFirst } from './marks.tsx';
import { MetricTable } from './metric-table.tsx';
import type { PageContext } from './page-context.ts';
import { loadScope, scopeQuery, toScope, type Scope } from './scope.ts';
import { ThemedPicture } from './themed-picture.tsx';

/** The cockpit as a page: its picture, and the same metrics as a table. Throws NotFoundError `scope_unknown`. */
export async function renderCockpit(context: PageContext): Promise<string> {
  const { deps, url, words } = context;
  const scope = toScope(url.searchParams);
  const { statuses, title, note } = await loadScope(deps, scope);
  const body = (
    <>
      <h1>{title}</h1>
      {note === null ? null : <p>{note}</p>}
      <Counts statuses={statuses} words={words} />
      <Scopes scope={scope} context={context} />
      <ThemedPicture
        path="/cockpit.png"
        query={scopeQuery(scope)}
        alt={words.t('site-cockpit-alt', { title })}
        wide
        context={context}
      />
      <MetricTable
        statuses={sortWorstFirst(statuses, words)}
        context={context}
        caption={words.t('site-cockpit')}
        withLines
      />
    </>
  );
  return renderDocument(context, { title: words.t('site-cockpit'), body });
}

/** The other cockpits one can look at. */
const Scopes: FC<{ scope: Scope; context: PageContext }> = ({ scope, context: { registry, words } }) => {
  const metrics = [...registry.metrics.values()];
  const teams = [...new Set(metrics.flatMap((metric) => metric.teams))].sort();
  const domains = listDomains(metrics);
  const isAll = scope.team === null && scope.domain === null && scope.watchlist === null;
  return (
    <ul class="counts small">
      <li>
        <a href={hrefs.cockpit} aria-current={isAll ? 'true' : undefined}>
          {words.t('site-everything')}
        </a>
      </li>
      {domains.map((domain) => (
        <li>
          <a
            href={`${hrefs.cockpit}?domain=${domain}`}
            aria-current={scope.domain === domain ? 'true' : undefined}
          >
            {titleOfSlug(domain)}
          </a>
        </li>
      ))}
      {teams.map((team) => (
        <li>
          <a
            href={`${hrefs.cockpit}?team=${encodeURIComponent(team)}`}
            aria-current={scope.team === team ? 'true' : undefined}
          >
            {words.t('site-team', { team })}
          </a>
        </li>
      ))}
    </ul>
  );
};
