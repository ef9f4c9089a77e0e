import { distance } from 'fastest-levenshtein';
import type { Registry } from '../registry/index.ts';
import { hrefs, listAuditPages, listDomains, titleOfSlug } from './links.ts';
import { listPages, type ProjectPages } from './project-pages.ts';

const SUGGESTIONS = 3;
/** Of two words, more than this share of letters in common is near. */
const NEAR = 0.5;

export type NearPage = { href: string; text: string };

type Target = NearPage & { names: readonly string[] };

/** Gives the pages whose address or name is spelled like a path or word: the best three, none that is far. */
export function findNearPages(wanted: string, registry: Registry, projectPages: ProjectPages): NearPage[] {
  return rank(wanted, registry, projectPages)
    .filter(({ score }) => score <= NEAR)
    .slice(0, SUGGESTIONS)
    .map(({ page }) => page);
}

/** Gives the same, and the nearest of all where none is near. */
export function findNearestPages(path: string, registry: Registry, projectPages: ProjectPages): NearPage[] {
  const near = findNearPages(path, registry, projectPages);
  if (near.length > 0) return near;
  return rank(path, registry, projectPages)
    .slice(0, 1)
    .map(({ page }) => page);
}

function rank(
  wanted: string,
  registry: Registry,
  projectPages: ProjectPages,
): { page: NearPage; score: number }[] {
  const spellings = [...new Set([wanted, wanted.split('/').at(-1) ?? wanted])].map((text) =>
    text.toLowerCase(),
  );
  const scored = listTargets(registry, projectPages).map(({ href, text, names }) => ({
    page: { href, text },
    score: Math.min(...names.flatMap((name) => spellings.map((spelling) => apart(spelling, name)))),
  }));
  return scored.sort((a, b) => a.score - b.score);
}

/** 0 same to 1 nothing in common. */
function apart(one: string, other: string): number {
  return distance(one, other) / Math.max(one.length, other.length, 1);
}

function listTargets(registry: Registry, projectPages: ProjectPages): Target[] {
  const { own, project } = listPages(registry, projectPages);
  const { metrics, cuts } = registry;
  const targets = [
    { href: hrefs.cockpit, text: titleOfSlug('cockpit'), word: 'cockpit' },
    { href: hrefs.alerts, text: titleOfSlug('alerts'), word: 'alerts' },
    { href: hrefs.commands, text: titleOfSlug('commands'), word: 'commands' },
    ...listDomains(metrics.values()).map((slug) => ({
      href: hrefs.domain(slug),
      text: titleOfSlug(slug),
      word: slug,
    })),
    ...[...metrics.values()].map((metric) => ({
      href: hrefs.metric(metric),
      text: metric.name,
      word: metric.id,
    })),
    ...listAuditPages(cuts.values()).map((slug) => ({
      href: hrefs.audit(slug),
      text: titleOfSlug(slug),
      word: slug,
    })),
    ...[...cuts.values()].map((cut) => ({ href: hrefs.cut(cut), text: cut.title, word: cut.id })),
    ...[...own, ...project].map(({ slug, title }) => ({ href: hrefs.page(slug), text: title, word: slug })),
  ];
  return targets.map(({ href, text, word }) => ({
    href,
    text,
    names: [href, word, text].map((name) => name.toLowerCase()),
  }));
}
