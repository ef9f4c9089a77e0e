/** @jsxImportSource hono/jsx */
import { distance } from 'fastest-levenshtein';
import type { Registry } from '../registry/index.ts';
import { LinkList } from './index-page.tsx';
import { renderDocument } from './layout.tsx';
import { hrefs, listAuditPages, listDomains, titleOfSlug } from './links.ts';
import type { PageContext } from './page-context.ts';
import { listPages, type ProjectPages } from './project-pages.ts';

const SUGGESTIONS = 3;

type Target = { href: string; text: string; names: readonly string[] };

/** A page that does not exist, with the nearest that do. */
export function renderMissing(context: PageContext, path: string): string {
  const { words, registry, projectPages } = context;
  const body = (
    <>
      <h1>{words.t('site-missing')}</h1>
      <p>{words.t('site-missing-text', { path })}</p>
      <LinkList title={words.t('site-nearest')} links={findNearestPages(path, registry, projectPages)} />
    </>
  );
  return renderDocument(context, { title: words.t('site-missing'), body });
}

/** Gives the pages whose address, or whose metric's name, is spelled most like a path. */
export function findNearestPages(
  path: string,
  registry: Registry,
  projectPages: ProjectPages,
): { href: string; text: string }[] {
  const wanted = [path, path.split('/').at(-1) ?? path].map((text) => text.toLowerCase());
  const scored = listTargets(registry, projectPages).map((target) => ({
    target,
    score: scoreOf(target, wanted),
  }));
  scored.sort((a, b) => a.score - b.score);
  return scored.slice(0, SUGGESTIONS).map(({ target: { href, text } }) => ({ href, text }));
}

/** 0 same to 1 nothing in common, over the whole path and over its last word. */
function scoreOf({ names }: Target, wanted: readonly string[]): number {
  const scores = names.flatMap((name) =>
    wanted.map((text) => distance(text, name) / Math.max(text.length, name.length, 1)),
  );
  return Math.min(...scores);
}

function listTargets(registry: Registry, projectPages: ProjectPages): Target[] {
  const { own, project } = listPages(registry, projectPages);
  const targets = [
    { href: hrefs.cockpit, text: titleOfSlug('cockpit'), word: 'cockpit' },
    { href: hrefs.commands, text: titleOfSlug('commands'), word: 'commands' },
    ...listDomains(registry.metrics.values()).map((domain) => ({
      href: hrefs.domain(domain),
      text: titleOfSlug(domain),
      word: domain,
    })),
    ...[...registry.metrics.values()].map((metric) => ({
      href: hrefs.metric(metric),
      text: metric.name,
      word: metric.id,
    })),
    ...listAuditPages(registry.cuts.values()).map((page) => ({
      href: hrefs.audit(page),
      text: titleOfSlug(page),
      word: page,
    })),
    ...[...registry.cuts.values()].map((cut) => ({ href: hrefs.cut(cut), text: cut.title, word: cut.id })),
    ...[...own, ...project].map(({ slug, title }) => ({ href: hrefs.page(slug), text: title, word: slug })),
  ];
  return targets.map(({ href, text, word }) => ({
    href,
    text,
    names: [href.toLowerCase(), word.toLowerCase()],
  }));
}
