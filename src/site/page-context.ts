import { createNameOf, type NameOf } from '../answers/index.ts';
import type { Reader } from './layout.tsx';
import { getProjectPages } from './project-pages.ts';
import type { SiteDeps, SiteRequest } from './types.ts';

/** What a page's renderer is given: the reader, and the means to name people and show pictures. */
export type PageContext = Reader & {
  deps: SiteDeps;
  now: Date;
  nameOf: NameOf;
  pictureHref: SiteRequest['pictureHref'];
};

/** Gathers what pages are made with, once a request. */
export function createPageContext(deps: SiteDeps, { url, words, pictureHref }: SiteRequest): PageContext {
  const registry = deps.registry.current();
  return {
    deps,
    registry,
    words,
    url,
    pictureHref,
    now: deps.clock.now(),
    nameOf: createNameOf(registry.people),
    projectPages: getProjectPages(),
  };
}
