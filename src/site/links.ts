import type { Cut, Metric } from '../registry/index.ts';

/** Root-relative addresses of the site's pages. */
export const hrefs = {
  index: '/docs',
  cockpit: '/cockpit',
  alerts: '/alerts',
  commands: '/docs/commands',
  domain: (domain: string): string => `/docs/metrics/${domain}`,
  metric: ({ domain, id }: Pick<Metric, 'domain' | 'id'>): string => `/docs/metrics/${domain}#${id}`,
  cut: ({ page, id }: Pick<Cut, 'page' | 'id'>): string => `/docs/cuts/${page}#${id}`,
  audit: (page: string): string => `/audit/${page}`,
  page: (slug: string): string => `/docs/${encodeURIComponent(slug)}`,
  picture: (name: string): string => `/docs/pictures/${name}`,
} as const;

/** A slug as a title: `conversion_by_device` is “Conversion by device”. */
export function titleOfSlug(slug: string): string {
  const words = slug.replaceAll(/[_-]+/g, ' ').trim();
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** Gives the domains that have metrics, by name. */
export function listDomains(metrics: Iterable<Metric>): string[] {
  return [...new Set([...metrics].map(({ domain }) => domain))].sort();
}

/** Gives the audit pages that have cuts, by name. */
export function listAuditPages(cuts: Iterable<Cut>): string[] {
  return [...new Set([...cuts].map(({ page }) => page))].sort();
}

/**
 * Gives an address that may stand in a page: on the web, a mailbox, on this site, or in this page; `name.md` is the page of
 * that file. Undefined for all else, such as scripts.
 */
export function safeHref(href: string): string | undefined {
  if (/^(https?:\/\/|mailto:)[^\s]+$/i.test(href)) return href;
  if (/^#[^\s]*$/.test(href) || /^\/(?![/\\])[^\s]*$/.test(href)) return href;
  const file = /^(?:\.\/)?(?:docs\/)?([\w-]+)\.md(#[^\s]*)?$/.exec(href);
  return file ? `/docs/${file[1]}${file[2] ?? ''}` : undefined;
}
