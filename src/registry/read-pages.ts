import { inFile } from './finding.ts';
import type { Problem, Registry } from './types.ts';
import { listPages, readWorkspaceFile } from './workspace-folder.ts';

/** Reads the workspace's own pages, `docs/*.md`. A page's title is its first heading, else its file's name. */
export async function readPages(dir: string): Promise<{ pages: Registry['pages']; problems: Problem[] }> {
  const listing = await listPages(dir);
  const pages = new Map<string, { title: string; markdown: string }>();
  const problems = [...listing.problems];
  for (const { id, file } of listing.files) {
    const { text } = await readWorkspaceFile(dir, file);
    problems.push(...inFile(file, text.findings));
    if (text.value !== null) pages.set(id, { title: titleOf(text.value, id), markdown: text.value });
  }
  return { pages, problems };
}

function titleOf(markdown: string, slug: string): string {
  const heading = markdown
    .split('\n')
    .find((line) => /^#\s+\S/.test(line))
    ?.slice(1)
    .trim();
  if (heading) return heading;
  const words = slug.replaceAll(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
