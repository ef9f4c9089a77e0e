import { findNearPages } from './nearest-pages.ts';
import type { Cut, Metric, Registry } from '../registry/index.ts';
import { listPages, type PageLink, type ProjectPages } from './project-pages.ts';

/** What was found for some words; `nearest` is filled when nothing was. */
export type SearchResult = {
  metrics: readonly Metric[];
  cuts: readonly Cut[];
  pages: readonly PageLink[];
  nearest: readonly { href: string; text: string }[];
};

const QUERY_MAX = 200;

/** Finds the metrics, cuts and pages that hold every word, in any case and without diacritics. */
export function searchSite(query: string, registry: Registry, projectPages: ProjectPages): SearchResult {
  const wanted = fold(query.slice(0, QUERY_MAX)).split(' ').filter(Boolean);
  const fits = (texts: readonly (string | null)[]): boolean => {
    const text = fold(texts.join(' '));
    return wanted.every((word) => text.includes(word));
  };
  const metrics = [...registry.metrics.values()].filter((metric) => fits(textsOf(metric, registry)));
  const cuts = [...registry.cuts.values()].filter((cut) =>
    fits([cut.id, cut.title, cut.prose, cut.howToRead]),
  );
  const { own, project } = listPages(registry, projectPages);
  const pages = [...own, ...project].filter(({ slug, title }) => {
    const page = registry.pages.get(slug) ?? projectPages.get(slug);
    return fits([title, page?.markdown ?? '']);
  });
  const isEmpty = metrics.length + cuts.length + pages.length === 0;
  const nearest = isEmpty ? findNearPages(query.slice(0, QUERY_MAX), registry, projectPages) : [];
  return { metrics, cuts, pages, nearest };
}

function textsOf(metric: Metric, { people }: Registry): (string | null)[] {
  const owner = people.find(({ email }) => email === metric.owner);
  return [
    metric.id,
    metric.name,
    metric.domain,
    ...metric.synonyms,
    ...metric.tags,
    ...metric.teams,
    ...metric.sources,
    metric.howToRead,
    metric.methodology,
    metric.owner,
    owner?.name ?? null,
  ];
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
