/**
 * Pages about the workspace, generated from the registry, the commands and the newest readings. In: an address and its reader.
 * Out: HTML that needs no script and nothing from elsewhere; which metrics a cockpit shows.
 */
export type * from './types.ts';
export { renderSite } from './render-site.ts';
export { type MailPage, renderMailPage } from './mail-page.tsx';
export { renderNotice } from './text-pages.tsx';
export { findProjectPicture } from './project-pictures.ts';
export { SITE_CSP } from './style.ts';
export { loadScope, type Scope, toScope } from './scope.ts';
