import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Registry } from '../registry/index.ts';

/** Pages about Heartbeat itself, by slug. */
export type ProjectPages = ReadonlyMap<string, { title: string; markdown: string }>;

export type PageLink = { slug: string; title: string };

const PAGE_FILE = /^([\w-]+)\.md$/;

/** Reads `docs/*.md` of the package that the program runs from; a page's title is its first heading. */
export function readProjectPages(dir = findDocs()): ProjectPages {
  if (!existsSync(dir)) return new Map();
  const slugs = readdirSync(dir).flatMap((file) => PAGE_FILE.exec(file)?.[1] ?? []);
  return new Map(
    slugs.sort().map((slug) => {
      const markdown = readFileSync(join(dir, `${slug}.md`), 'utf8');
      return [slug, { title: /^#\s+(.+)$/m.exec(markdown)?.[1]?.trim() ?? slug, markdown }];
    }),
  );
}

let shipped: ProjectPages | undefined;

/** Gives the pages that ship with the program; they are read once. */
export function getProjectPages(): ProjectPages {
  shipped ??= readProjectPages();
  return shipped;
}

/** Lists the workspace's own pages, and the project's that none of them replaces. */
export function listPages(
  { pages }: Pick<Registry, 'pages'>,
  projectPages: ProjectPages,
): { own: PageLink[]; project: PageLink[] } {
  const toLinks = (from: ProjectPages): PageLink[] => [...from].map(([slug, { title }]) => ({ slug, title }));
  return { own: toLinks(pages), project: toLinks(projectPages).filter(({ slug }) => !pages.has(slug)) };
}

/** Gives the folder of the pages that ship with the program. */
export function findDocs(): string {
  return join(findPackage(import.meta.dirname), 'docs');
}

/** Source and build lie at different depths below package.json. */
function findPackage(from: string): string {
  const parent = dirname(from);
  return parent === from || existsSync(join(from, 'package.json')) ? from : findPackage(parent);
}
