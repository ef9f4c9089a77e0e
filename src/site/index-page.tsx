/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx';
import { loadStatuses, type MetricStatus } from '../pulse/index.ts';
import { renderDocument } from './layout.tsx';
import { hrefs, titleOfSlug } from './links.ts';
import { Counts, sortWorstFirst } from './marks.tsx';
import { MetricTable } from './metric-table.tsx';
import type { PageContext } from './page-context.ts';
import { searchSite, type SearchResult } from './search.ts';

/** Every metric by domain, red first; with `?q=` those that fit, beside the pages and cuts that do. */
export async function renderIndex(context: PageContext): Promise<string> {
  const { words, registry, deps, url, projectPages } = context;
  const query = (url.searchParams.get('q') ?? '').trim();
  const result = query === '' ? undefined : searchSite(query, registry, projectPages);
  const ids = result?.metrics.map(({ id }) => id) ?? null;
  const statuses = await loadStatuses(deps, ids);
  const body = (
    <>
      <h1>{registry.workspace.name}</h1>
      <p class="lead">{words.t('site-lead')}</p>
      <SearchForm query={query} context={context} />
      {result ? (
        <Found query={query} result={result} statuses={statuses} context={context} />
      ) : (
        <Overview statuses={statuses} context={context} />
      )}
    </>
  );
  return renderDocument(context, { title: words.t('site-metrics'), body });
}

const SearchForm: FC<{ query: string; context: PageContext }> = ({ query, context: { words } }) => (
  <form class="search" action={hrefs.index} method="get" role="search">
    <label class="hidden" for="q">
      {words.t('site-search')}
    </label>
    <input
      id="q"
      name="q"
      type="search"
      value={query}
      placeholder={words.t('site-search-hint')}
      maxlength={200}
    />
    <button type="submit">{words.t('site-search')}</button>
  </form>
);

const Overview: FC<{ statuses: readonly MetricStatus[]; context: PageContext }> = ({ statuses, context }) => {
  if (statuses.length === 0) return <p>{context.words.t('no-metrics-yet')}</p>;
  return (
    <>
      <Counts statuses={statuses} words={context.words} />
      <ByDomain statuses={statuses} context={context} />
    </>
  );
};

const ByDomain: FC<{ statuses: readonly MetricStatus[]; context: PageContext }> = ({ statuses, context }) => {
  const domains = Map.groupBy(statuses, ({ metric }) => metric.domain);
  return (
    <>
      {[...domains.keys()].sort().map((domain) => (
        <>
          <h2>
            <a href={hrefs.domain(domain)}>{titleOfSlug(domain)}</a>
          </h2>
          <MetricTable
            statuses={sortWorstFirst(domains.get(domain) ?? [], context.words)}
            context={context}
            caption={titleOfSlug(domain)}
          />
        </>
      ))}
    </>
  );
};

type FoundProps = {
  query: string;
  result: SearchResult;
  statuses: readonly MetricStatus[];
  context: PageContext;
};

const Found: FC<FoundProps> = ({ query, result, statuses, context }) => {
  const { words } = context;
  const count = result.metrics.length + result.cuts.length + result.pages.length;
  return (
    <>
      <p role="status">
        {words.t(count === 0 ? 'site-found-nothing' : 'site-found', { count, query })}{' '}
        <a href={hrefs.index}>{words.t('site-show-all')}</a>
      </p>
      {result.nearest.length > 0 && <LinkList title={words.t('site-nearest')} links={result.nearest} />}
      <ByDomain statuses={statuses} context={context} />
      <LinkList
        title={words.t('site-audit')}
        links={result.cuts.map((cut) => ({ href: hrefs.cut(cut), text: cut.title }))}
      />
      <LinkList
        title={words.t('site-pages')}
        links={result.pages.map(({ slug, title }) => ({ href: hrefs.page(slug), text: title }))}
      />
    </>
  );
};

/** Links under a heading; nothing when there are none. */
export const LinkList: FC<{ title: string; links: readonly { href: string; text: string }[] }> = ({
  title,
  links,
}) => {
  if (links.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul class="cards">
        {links.map(({ href, text }) => (
          <li>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
    </>
  );
};
