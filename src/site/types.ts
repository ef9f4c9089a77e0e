import type { Words } from '../answers/index.ts';
import type { Deps } from '../deps.ts';

/** What pages are made from. */
export type SiteDeps = Pick<Deps, 'db' | 'clock' | 'workspaceId' | 'registry'>;

/** Who reads which page. */
export type SiteRequest = {
  /** as it was asked for */
  url: URL;
  words: Words;
  /** gives an address of a picture that this reader's browser may load */
  pictureHref: (path: string) => string;
};

/** A whole HTML page, or where it is now. */
export type SitePage = { kind: 'page'; status: 200 | 404; html: string } | { kind: 'redirect'; to: string };
