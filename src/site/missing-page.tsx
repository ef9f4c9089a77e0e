/** @jsxImportSource hono/jsx */
import { LinkList } from './index-page.tsx';
import { renderDocument } from './layout.tsx';
import { findNearestPages } from './nearest-pages.ts';
import type { PageContext } from './page-context.ts';

const PATH_MAX = 200;

/** A page that does not exist, with the nearest that do. */
export function renderMissing(context: PageContext, path: string): string {
  const { words, registry, projectPages } = context;
  const shown = path.slice(0, PATH_MAX);
  const body = (
    <>
      <h1>{words.t('site-missing')}</h1>
      <p>{words.t('site-missing-text', { path: shown })}</p>
      <LinkList title={words.t('site-nearest')} links={findNearestPages(shown, registry, projectPages)} />
    </>
  );
  return renderDocument(context, { title: words.t('site-missing'), body });
}
