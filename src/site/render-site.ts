import { NotFoundError } from '../errors.ts';
import { renderAlerts } from './alerts-page.tsx';
import { renderCockpit } from './cockpit-page.tsx';
import { renderAudit, renderCutDocs } from './cuts-page.tsx';
import { renderDomain } from './domain-page.tsx';
import { renderIndex } from './index-page.tsx';
import { hrefs } from './links.ts';
import { renderMissing } from './missing-page.tsx';
import { createPageContext, type PageContext } from './page-context.ts';
import { renderCommands, renderMarkdownPage } from './text-pages.tsx';
import type { SiteDeps, SitePage, SiteRequest } from './types.ts';

type Rendered = string | undefined | Promise<string | undefined>;

/**
 * Gives the page of an address under `/docs`, `/cockpit`, `/alerts` or `/audit`; one that does not exist is a 404 that suggests the
 * nearest. Throws what reading the database throws.
 */
export async function renderSite(deps: SiteDeps, request: SiteRequest): Promise<SitePage> {
  const parts = splitPath(request.url.pathname);
  if (isFolder(parts)) return { kind: 'redirect', to: hrefs.index };
  const context = createPageContext(deps, request);
  const html = await render(context, parts);
  if (html !== undefined) return { kind: 'page', status: 200, html };
  return { kind: 'page', status: 404, html: renderMissing(context, `/${parts.join('/')}`) };
}

/** `/docs/metrics` and its like hold pages and are none. */
function isFolder(parts: readonly string[]): boolean {
  return ['audit', 'docs/metrics', 'docs/cuts'].includes(parts.join('/'));
}

function splitPath(pathname: string): string[] {
  return pathname.split('/').filter(Boolean).map(decode);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function render(context: PageContext, parts: readonly string[]): Promise<string | undefined> {
  const [root, second, third, ...more] = parts;
  if (more.length > 0) return undefined;
  if (root === 'cockpit' && second === undefined) return renderKnown(() => renderCockpit(context));
  if (root === 'alerts' && second === undefined) return renderKnown(() => renderAlerts(context));
  if (root === 'audit' && second !== undefined && third === undefined) return renderAudit(context, second);
  return root === 'docs' ? renderDocs(context, second, third) : undefined;
}

function renderDocs(context: PageContext, second: string | undefined, third: string | undefined): Rendered {
  if (second === undefined) return renderIndex(context);
  if (third !== undefined) {
    if (second === 'metrics') return renderDomain(context, third);
    return second === 'cuts' ? renderCutDocs(context, third) : undefined;
  }
  return renderMarkdownPage(context, second) ?? (second === 'commands' ? renderCommands(context) : undefined);
}

async function renderKnown(render: () => Promise<string>): Promise<string | undefined> {
  try {
    return await render();
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
